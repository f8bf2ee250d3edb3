import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** What each part is worth. */
const STATE = 0.4;
const LOCKING = 0.2;
const VERSIONS = 0.3;
const LOCK_FILE = 0.1;
const CHECK = 0.2;
/** The value where only the deployment is in the repository. */
const UNDECLARED = 0.3;

export default defineRule({
  title: "Cloud resources are declared, reviewed and reproducible",
  severity: "medium",
  why: "State on one laptop, or providers that float, let the same files make another cloud tomorrow; what nobody declared, nobody can review.",
  fix: "Keep the state in a remote backend that locks, commit .terraform.lock.hcl with versions in required_providers, and run terraform plan or a scanner in CI.",
  references: [
    "https://developer.hashicorp.com/terraform/language/backend",
    "https://developer.hashicorp.com/terraform/language/files/dependency-lock",
  ],
  peers: ["checkov CKV_TF_3", "tflint terraform_required_providers", "trivy config"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml", "automation"],
  scope: "repository",
  needs: ["deployments", "infrastructure", "terraform"],
  check({ deployments, infrastructure: { declared, check }, terraform: { modules, states, unread } }) {
    if (states.length > 0)
      return fail(states.map((path) => ({ path, line: 1, found: "the state is tracked, with all values in it." })));
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (modules.length === 0) {
      const byHand = deployments.find(({ platform }) => /^(AWS|Azure|Google Cloud)$/.test(platform));
      if (declared.length > 0)
        return pass(declared.map(({ path, line, tool }) => ({ path, line, found: `${tool} declares it.` })));
      if (!byHand || deployments.some(({ makesResources }) => makesResources))
        return skip("nothing here owns cloud resources");
      const { path, line, platform } = byHand;
      return partial(UNDECLARED, [{ path, line, found: `it deploys to ${platform}, and nothing declares what to.` }]);
    }
    const roots = modules.filter(({ isRoot }) => isRoot);
    const faults = (roots.length > 0 ? roots : modules).flatMap(({ isRoot, backend, providers, hasLock, blocks }) => {
      const first = providers[0] ?? blocks[0];
      const at = { path: first?.path, line: first?.line };
      const loose = hasLock ? [] : providers.filter(({ hasVersion }) => !hasVersion);
      const kept = backend && backend.kind !== "local";
      return [
        ...(isRoot && !kept ? [{ ...(backend ?? at), cost: STATE, found: "no remote backend keeps the state." }] : []),
        ...(kept && !backend.locks ? [{ ...backend, cost: LOCKING, found: "the backend has no lock." }] : []),
        ...loose.map((one) => ({
          ...one,
          cost: VERSIONS / loose.length,
          found: `the provider ${one.name} has no version.`,
        })),
        ...(isRoot && !hasLock
          ? [{ ...at, cost: LOCK_FILE, found: "no .terraform.lock.hcl fixes the providers." }]
          : []),
      ];
    });
    const cost = faults.reduce((sum, fault) => sum + fault.cost, 0) / Math.max(1, roots.length || modules.length);
    const places = faults.map(({ path, line, found }) => ({ path, line, found }));
    const value = 1 - cost - (check ? 0 : CHECK);
    if (value > 0.99) return pass([{ ...check, found: "CI checks it here." }]);
    const found = check ? places : [...places, { found: "CI neither plans, validates nor scans the infrastructure." }];
    return value < UNDECLARED ? fail(found) : partial(value, found);
  },
  message: ({ found }) => found.charAt(0).toUpperCase() + found.slice(1),
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
