import { cannotJudge, cannotRepair, defineRule, fail, partial, pass } from "../../src/rule.ts";

/** A tracked file of settings, or a pattern that is missing: no secret is out, and the next may be. */
const LOW = 0.8;
const MEDIUM = 0.5;

export default defineRule({
  title: "Environment files stay out of git",
  severity: "high",
  why: "A .env with real values is in every clone and fork for ever, also after it is deleted.",
  fix: "Revoke what was committed, `git rm --cached` the file, add `.env` to `.gitignore`, and keep an `.env.example` with empty values.",
  references: [
    "https://12factor.net/config",
    "https://docs.github.com/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository",
  ],
  peers: ["OpenSSF Best Practices no_leaked_credentials"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml", "automation"],
  scope: "repository",
  needs: ["environmentFiles"],
  check({ environmentFiles: { tracked, ignored, reader, unread } }) {
    const bad = tracked.filter(({ holds }) => holds !== "settings");
    const says = ({ name, holds }: (typeof bad)[number]) =>
      holds === "key" ? "The file is itself a credential." : `${name} is given a real value.`;
    if (bad.length > 0) return fail(bad.map((one) => ({ path: one.path, line: one.line, found: says(one) })));
    const open = unread.filter(({ path }) => !path.endsWith(".gitignore"));
    if (open[0]) cannotJudge(`${open[0].path} is tracked and could not be read: ${open[0].reason}`);
    if (tracked.length > 0) {
      return partial(
        LOW,
        tracked.map(({ path }) => ({
          path,
          line: 1,
          found: "It is tracked and holds settings or placeholders; the next value may be real.",
        })),
      );
    }
    if (ignored) return pass([{ ...ignored, found: ".env is ignored." }]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return reader
      ? partial(MEDIUM, [{ found: `${reader} tells that .env files are used, and .gitignore does not keep them out.` }])
      : pass();
  },
  message: ({ found }) => found,
  repair({ environmentFiles: { tracked } }) {
    if (tracked.length > 0) cannotRepair("what is tracked has to be taken out of git, and its secrets revoked");
    return [{ kind: "append", path: ".gitignore", lines: ".env" }];
  },
  examples: {
    passes: {
      ".gitignore": ".env\n",
      ".env.example": "SECRET_KEY=\n",
      "manage.py": "",
      "requirements.txt": "django\n",
    },
    fails: { ".env": "SECRET_KEY=h0rse-b4ttery-staple\n", "manage.py": "", "requirements.txt": "django\n" },
  },
});
