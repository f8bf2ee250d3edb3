import { cannotJudge, defineRule, offer, partial, pass, skip } from "../../src/rule.ts";

/** What each of the four restrictions is worth. */
const EACH = 0.25;

export default defineRule({
  title: "Containers run with the least privilege",
  severity: "high",
  why: "What an attacker can do from inside a container is what its security context allows: by default that is a great deal.",
  fix: "Give the container a `securityContext` with `runAsNonRoot: true`, `allowPrivilegeEscalation: false`, `capabilities: {drop: [ALL]}` and `readOnlyRootFilesystem: true`.",
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  peers: [
    "kube-linter privilege-escalation-container",
    "kube-linter privileged-container",
    "kube-linter no-read-only-root-fs",
    "kube-score container-security-context-readonlyrootfilesystem",
    "CIS Kubernetes 5.2",
  ],
  appliesTo: ["web-service", "worker", "ml", "data-pipeline", "automation"],
  scope: "repository",
  needs: ["containerRights"],
  check({ containerRights: { containers, unread } }) {
    const weak = containers
      .map(({ power, missing, ...place }) => ({
        ...place,
        found: { name: place.name, power, missing },
        value: power ? 0 : 1 - missing.length * EACH,
      }))
      .filter(({ value }) => value < 1)
      .sort((a, b) => a.value - b.value);
    const places = weak.map(({ path, line, found }) => ({ path, line, found }));
    if (weak[0]) return partial(weak[0].value, places);
    if (containers.length > 0) return pass();
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return skip("no manifest or chart runs a container");
  },
  message({ found: { name, power, missing } }) {
    const container = name ? `The container \`${name}\`` : "The chart's container";
    if (power) return `${container} has power over its node: \`${power}\`.`;
    return `${container} lacks ${missing.map((setting) => `\`${setting}\``).join(", ")}.`;
  },
  repairNeeds: ["securityContexts"],
  repair: ({ securityContexts }) =>
    offer(securityContexts, "as whom the image can run, and where it writes, is for people to say"),
  examples: {
    passes: {
      "k8s/api.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n          image: acme/shop:1.4.2\n          securityContext:\n            runAsNonRoot: true\n            allowPrivilegeEscalation: false\n            readOnlyRootFilesystem: true\n            capabilities: {drop: [ALL]}\n",
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
