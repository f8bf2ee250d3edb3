import { cannotJudge, defineRule, fail, type Place, partial, pass, skip } from "../../src/rule.ts";

/** What each of the four restrictions is worth. */
const EACH = 0.25;

interface Found {
  /** Of the container; empty in a chart. */
  readonly name: string;
  /** What gives it power over its node. */
  readonly power: string | undefined;
  readonly missing: readonly string[];
}

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
  needs: ["kubernetes"],
  check({ kubernetes: { workloads, charts, unread } }) {
    const inPods = workloads.flatMap(({ path, kind, containers, sidecars, restrictions }) =>
      [...containers, ...sidecars]
        // Agents of a node need what is the node's.
        .filter(({ security }) => !(kind === "DaemonSet" && security.power))
        .map(({ name, security: { line, missing, power } }) => ({
          path,
          line: power?.line ?? line,
          found: { name, power: power?.what, missing: missing.filter((setting) => !restrictions.includes(setting)) },
        })),
    );
    const inCharts = charts.flatMap(({ workloads: [first], security: { missing } }) =>
      first ? [{ path: first.path, line: first.line, found: { name: "", power: undefined, missing } }] : [],
    );
    const all: readonly Place<Found>[] = [...inPods, ...inCharts];
    const weak = all
      .filter(({ found }) => found.power !== undefined || found.missing.length > 0)
      .sort((a, b) => worthOf(a.found) - worthOf(b.found));
    const lowest = Math.min(1, ...weak.map(({ found }) => worthOf(found)));
    if (weak.length > 0) return lowest === 0 ? fail(weak) : partial(lowest, weak);
    if (all.length > 0) return pass();
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return skip("no manifest or chart runs a container");
  },
  message({ found: { name, power, missing } }) {
    const container = name ? `The container \`${name}\`` : "The chart's container";
    if (power) return `${container} has power over its node: \`${power}\`.`;
    return `${container} lacks ${missing.map((setting) => `\`${setting}\``).join(", ")}.`;
  },
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

function worthOf({ power, missing }: Found): number {
  return power === undefined ? Math.max(0, 1 - missing.length * EACH) : 0;
}
