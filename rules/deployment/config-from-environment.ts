import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "What differs between environments is read from the environment",
  severity: "high",
  why: "A host, password or bucket in the source needs another build for each environment, and a test run may reach what production uses.",
  fix: "Read it from an environment variable or a secret store (os.environ, django-environ, pydantic-settings), and name it in .env.example.",
  byHand: "under which name the value is given, and by whom, is for people to say",
  references: ["https://12factor.net/config", "https://docs.pydantic.dev/latest/concepts/pydantic_settings/"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  needs: ["hardcodedSettings", "sourceConfiguration"],
  check({ hardcodedSettings: { all, unread }, sourceConfiguration: { variables, computed } }) {
    if (all.length > 0)
      return fail(all.map(({ path, line, what }) => ({ path, line, found: `The source holds ${what}.` })));
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    const read = variables[0] ?? computed;
    if (!read) return skip("the code has no settings that differ between environments");
    return pass([{ path: read.path, line: read.line, found: "Settings are read from the environment here." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "flask\nsqlalchemy\ngunicorn\n",
      "wsgi.py":
        'import os\n\nfrom sqlalchemy import create_engine\n\nengine = create_engine(os.environ["DATABASE_URL"])\n',
    },
    fails: {
      "requirements.txt": "flask\nsqlalchemy\ngunicorn\n",
      "wsgi.py":
        'from sqlalchemy import create_engine\n\nengine = create_engine("postgresql://shop@db.shop.net/orders")\n',
    },
  },
});
