import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** What each part is worth. */
const COST = { state: 0.4, locking: 0.2, version: 0.3, "lock file": 0.1 } as const;
const UNCHECKED = 0.2;
/** The value where only the deployment is in the repository. */
const UNDECLARED = 0.3;

export default defineRule({
  title: "Cloud resources are declared, reviewed and reproducible",
  severity: "medium",
  why: "State on one laptop, or providers that float, let the same files make another cloud tomorrow; what nobody declared, nobody can review.",
  fix: "Keep the state in a remote backend that locks, commit .terraform.lock.hcl with versions in required_providers, and run terraform plan or a scanner in CI.",
  byHand: "which backend keeps the state, and which versions it was applied with, is for people to say",
  references: [
    "https://developer.hashicorp.com/terraform/language/backend",
    "https://developer.hashicorp.com/terraform/language/files/dependency-lock",
  ],
  peers: ["checkov CKV_TF_3", "tflint terraform_required_providers", "trivy config"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml", "automation"],
  scope: "repository",
  needs: ["infrastructure"],
  check({ infrastructure: { declared, undeclared, modules, faults, states, check, unread } }) {
    if (states.length > 0)
      return fail(states.map((path) => ({ path, line: 1, found: "The state is tracked, with all values in it." })));
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (modules === 0) {
      if (declared.length > 0)
        return pass(declared.map(({ path, line, tool }) => ({ path, line, found: `${tool} declares it.` })));
      if (!undeclared) return skip("nothing here owns cloud resources");
      const { path, line, platform } = undeclared;
      return partial(UNDECLARED, [{ path, line, found: `It deploys to ${platform}, and nothing declares what to.` }]);
    }
    const cost = faults.reduce((sum, { kind, share }) => sum + COST[kind] * share, 0) / modules;
    const value = 1 - cost - (check ? 0 : UNCHECKED);
    const places = faults.map(({ path, line, says }) => ({ path, line, found: says }));
    if (check && value > 0.99) return pass([{ ...check, found: "CI checks it here." }]);
    const unchecked = check ? [] : [{ found: "CI neither plans, validates nor scans the infrastructure." }];
    const offenders = [...places, ...unchecked];
    return value < UNDECLARED ? fail(offenders) : partial(value, offenders);
  },
  message: ({ found }) => found,

  examples: {
    passes: {
      "infra/main.tf":
        'terraform {\n  backend "gcs" {\n    bucket = "shop-state"\n  }\n  required_providers {\n    google = { source = "hashicorp/google", version = "~> 7.0" }\n  }\n}\n',
      "infra/.terraform.lock.hcl": "",
      ".github/workflows/infra.yml":
        "on: pull_request\njobs:\n  plan:\n    steps:\n      - uses: actions/checkout@v6\n      - run: terraform plan\n",
      "shop/api.py": "",
    },
    fails: { "infra/main.tf": 'provider "aws" {\n  region = "eu-west-1"\n}\n', "shop/api.py": "" },
  },
});
