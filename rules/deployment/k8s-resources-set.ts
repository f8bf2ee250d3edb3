import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** A LimitRange gives every container the same numbers, whatever it needs. */
const BY_LIMIT_RANGE = 0.5;

export default defineRule({
  title: "Every container states its resources",
  severity: "high",
  why: "A container without requests is placed blindly and evicted first; one without a memory limit can take the node down with it.",
  fix: "Set `resources.requests.cpu`, `resources.requests.memory` and `resources.limits.memory` on the container, from what it is measured to use.",
  byHand: "the numbers come from what the container is measured to use",
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"],
  peers: [
    "kube-linter unset-cpu-requirements",
    "kube-linter unset-memory-requirements",
    "kube-score container-resources",
    "polaris memoryLimitsMissing",
  ],
  appliesTo: ["web-service", "worker", "ml", "data-pipeline", "automation"],
  scope: "repository",
  needs: ["kubernetes"],
  check({ kubernetes: { workloads, charts, limitRange, unread } }) {
    const inPods = workloads.flatMap(({ path, containers, sidecars }) =>
      [...containers, ...sidecars].map(({ name, resources }) => ({ path, name, ...resources })),
    );
    const inCharts = charts.flatMap((chart) => chart.workloads.map(({ resources }) => resources));
    const places = [...inPods, ...inCharts.flatMap((one) => (one.state === "missing" ? [one] : []))]
      .filter(({ missing }) => missing.length > 0)
      .map(({ path, line, name, missing }) => ({ path, line, found: { name, missing } }));
    if (places.length > 0) return limitRange ? partial(BY_LIMIT_RANGE, places) : fail(places);
    if (inCharts.some(({ state }) => state === "unknown"))
      cannotJudge("other templates of the chart, or values from elsewhere, decide over the resources");
    if (inPods.length + inCharts.length > 0) return pass();
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return skip("no manifest or chart runs a container");
  },
  message({ found: { name, missing } }) {
    if (name.startsWith(".")) return `\`${name}\` states no ${missing.join(", no ")}.`;
    const container = name ? `The container \`${name}\`` : "The chart's container";
    return `${container} states no ${missing.join(", no ")}.`;
  },
  examples: {
    passes: {
      "k8s/api.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n          image: acme/shop:1.4.2\n          resources:\n            requests: {cpu: 100m, memory: 256Mi}\n            limits: {memory: 256Mi}\n",
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
    fails: {
      "k8s/api.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n          image: acme/shop:1.4.2\n",
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
  },
});
