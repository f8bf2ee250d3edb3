import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "The repository says how it is packaged and started",
  severity: "medium",
  why: "What only somebody's memory or a server's history knows cannot be deployed again, moved or handed over.",
  fix: "Add what your platform reads: a Dockerfile with its start command, a `Procfile`, `app.yaml`, `fly.toml`, a chart or a systemd unit.",
  byHand: "which platform it runs on is for people to say",
  references: ["https://12factor.net/build-release-run"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  scope: "repository",
  attestedBy: "deploy",
  needs: ["deploymentArtifacts"],
  check({ deploymentArtifacts: { paths, exempt, unread } }) {
    const [path] = paths;
    if (path !== undefined) return pass([{ path, found: path }]);
    if (exempt) return skip(exempt);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return fail([{ found: undefined }]);
  },
  message: ({ found }) =>
    found === undefined ? "Nothing here says how the service is packaged and started." : `\`${found}\` says it.`,
  examples: {
    passes: { Procfile: "web: gunicorn shop.wsgi\n", "requirements.txt": "gunicorn\ndjango\n", "shop/wsgi.py": "" },
    fails: { "requirements.txt": "gunicorn\ndjango\n", "shop/wsgi.py": "", "manage.py": "" },
  },
});
