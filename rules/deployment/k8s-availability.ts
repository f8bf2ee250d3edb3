import { cannotJudge, defineRule, shareOf, skip } from "../../src/rule.ts";

/** What each part is worth. */
const WORTH = { hasSeveral: 0.4, hasBudget: 0.3, isSpread: 0.3 } as const;
const LACKS = {
  hasSeveral: "one replica alone",
  hasBudget: "no PodDisruptionBudget",
  isSpread: "no rolling strategy, spread or anti-affinity of its own",
} as const;

export default defineRule({
  title: "One node failure or rollout does not take the service down",
  severity: "medium",
  why: "A single pod is gone whenever its node is drained, fails or is upgraded, and several pods on one node go with it.",
  fix: "Run at least two replicas, add a PodDisruptionBudget for their labels, and state a RollingUpdate strategy or `topologySpreadConstraints`.",
  byHand: "how many copies run, and how many of them may be missing, is for people to say",
  references: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/"],
  peers: [
    "kube-score deployment-has-poddisruptionbudget",
    "kube-score deployment-replicas",
    "kube-linter no-anti-affinity",
    "polaris deploymentMissingReplicas",
  ],
  appliesTo: ["web-service", "worker", "ml", "data-pipeline"],
  scope: "repository",
  needs: ["availability"],
  check({ availability: { units, open, unread } }) {
    const weak = units.filter(({ lacks }) => lacks.length > 0);
    if (open && weak.length === 0) cannotJudge(`the values that ${open} is deployed with are not here`);
    if (units.length === 0) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      return skip("no manifest or chart runs a service that can have several pods");
    }
    const lost = weak.flatMap(({ lacks }) => lacks).reduce((sum, part) => sum + WORTH[part], 0);
    // Hundredths, because sums of these parts are not exact.
    return shareOf(
      Math.round((1 - lost / units.length) * 100),
      100,
      weak.map(({ path, line, name, lacks }) => ({ path, line, found: { name, lacks } })),
    );
  },
  message: ({ found: { name, lacks } }) =>
    `${name ? `\`${name}\`` : "The chart"} has ${lacks.map((part) => LACKS[part]).join(", ")}.`,
  examples: {
    passes: {
      "k8s/api.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  replicas: 3\n  strategy: {type: RollingUpdate}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n      containers:\n        - {name: api, image: 'acme/shop:1.4.2', ports: [{containerPort: 8000}]}\n---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: shop}\nspec:\n  minAvailable: 1\n  selector: {matchLabels: {app: shop}}\n",
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
    fails: {
      "k8s/api.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  replicas: 1\n  strategy: {type: Recreate}\n  template:\n    metadata: {labels: {app: shop}}\n    spec:\n      containers:\n        - {name: api, image: 'acme/shop:1.4.2', ports: [{containerPort: 8000}]}\n",
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
  },
});
