import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "Deployment is a pipeline",
  severity: "medium",
  why: "What one person deploys from a laptop nobody else can repeat, roll back or trace to a commit.",
  fix: "Add a job that deploys (`helm upgrade`, `terraform apply`, `gcloud run deploy` and the like), a platform's file such as `render.yaml`, or the manifests that Argo CD or Flux watch.",
  byHand: "where it is deployed, and who may do it, is for people to say",
  references: [
    "https://docs.github.com/actions/get-started/continuous-deployment",
    "https://12factor.net/build-release-run",
  ],
  peers: ["OpenSSF SSDF PO.3"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline"],
  scope: "repository",
  attestedBy: "deploy",
  needs: ["deployments", "profile", "ci"],
  check({ deployments: { automated, open }, profile: { isInstalled }, ci: { unread } }) {
    const [first] = automated;
    if (first) return pass([{ path: first.path, line: first.line, found: `${first.what}.` }]);
    if (isInstalled) return skip("it reaches its users as a package, and they run it");
    if (open) cannotJudge(`nothing here deploys it, and ${open.what} (${open.path}:${open.line})`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return fail([{ found: "No job of CI, platform file or GitOps object deploys it." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "requirements.txt": "django\ngunicorn\n",
      "manage.py": "",
      ".github/workflows/deploy.yml":
        "on: { push: { tags: ['v*'] } }\njobs:\n  deploy:\n    steps:\n      - run: helm upgrade --install shop ./chart\n",
    },
    fails: {
      "requirements.txt": "django\ngunicorn\n",
      "manage.py": "",
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: pytest\n",
    },
  },
});
