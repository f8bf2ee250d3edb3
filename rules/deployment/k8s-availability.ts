import { cannotJudge, defineRule, shareOf, skip } from "../../src/rule.ts";

/** What each part is worth. */
const WORTH = { hasSeveral: 0.4, hasBudget: 0.3, isSpread: 0.3 } as const;
const LACKS = {
  hasSeveral: "one replica alone",
  hasBudget: "no PodDisruptionBudget",
  isSpread: "no rolling strategy, spread or anti-affinity of its own",
} as const;
const PARTS = ["hasSeveral", "hasBudget", "isSpread"] as const;
const REPLICATED = /^(Deployment|StatefulSet|ReplicaSet|ReplicationController|Rollout|DeploymentConfig)$/;

export default defineRule({
  title: "One node failure or rollout does not take the service down",
  severity: "medium",
  why: "A single pod is gone whenever its node is drained, fails or is upgraded, and several pods on one node go with it.",
  fix: "Run at least two replicas, add a PodDisruptionBudget for their labels, and state a RollingUpdate strategy or `topologySpreadConstraints`.",
  references: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/"],
  peers: [
    "kube-score deployment-has-poddisruptionbudget",
    "kube-score deployment-replicas",
    "kube-linter no-anti-affinity",
    "polaris deploymentMissingReplicas",
  ],
  appliesTo: ["web-service", "worker", "ml", "data-pipeline"],
  scope: "repository",
  needs: ["kubernetes"],
  check({ kubernetes: { workloads, charts, unread } }) {
    const pods = workloads
      .filter(({ kind, isExposed, isSingleton }) => REPLICATED.test(kind) && isExposed && !isSingleton)
      .map(({ path, name, availability: { line, ...parts } }) => ({ path, line, name, parts }));
    const inCharts = charts.flatMap(({ workloads: templates, availability }) =>
      templates
        .filter(({ isReplicated }) => isReplicated)
        .slice(0, 1)
        .map(({ path, line }) => ({ path, line, name: "", parts: availability })),
    );
    const [open, known] = [true, false].map((wanted) =>
      [...pods, ...inCharts].filter(({ parts }) => PARTS.some((part) => parts[part] === undefined) === wanted),
    ) as [typeof inCharts, typeof inCharts];
    const rated = known.map((unit) => ({ ...unit, lacks: PARTS.filter((part) => !unit.parts[part]) }));
    if (open[0] && rated.every(({ lacks }) => lacks.length === 0))
      cannotJudge(`the values that ${open[0].path} is deployed with are not here`);
    if (rated.length === 0) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      return skip("no manifest or chart runs a service that can have several pods");
    }
    const total = rated.reduce((sum, { lacks }) => sum + 1 - lacks.reduce((lost, part) => lost + WORTH[part], 0), 0);
    const weak = rated.filter(({ lacks }) => lacks.length > 0);
    // Hundredths, because sums of these parts are not exact.
    return shareOf(
      Math.round((total / rated.length) * 100),
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
