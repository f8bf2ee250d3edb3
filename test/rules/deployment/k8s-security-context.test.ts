import rule from "../../../rules/deployment/k8s-security-context.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "requirements.txt": "gunicorn\ndjango\n", "shop/wsgi.py": "" };
const all =
  "          securityContext: {runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}\n";
const pod = (container: string, spec = "", kind = "Deployment") => ({
  "k8s/api.yaml": `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n${spec}      containers:\n        - name: api\n          image: acme/shop:1.4\n${container}`,
});
const socket = "      volumes:\n        - name: socket\n          hostPath: {path: /var/run/docker.sock}\n";
const mount = "          volumeMounts: [{name: socket, mountPath: /s, readOnly: true}]\n";

describeRule(rule, [
  { name: "no manifest", repo: app, expect: "skip" },
  {
    name: "nothing, at the container",
    repo: { ...app, ...pod("") },
    expect: "fail",
    evidence: ["k8s/api.yaml:8"],
    says: "lacks `runAsNonRoot: true`, `allowPrivilegeEscalation: false`",
  },
  {
    name: "two of four, at the security context; the pod's counts for its containers",
    repo: {
      ...app,
      ...pod(
        "          securityContext: {allowPrivilegeEscalation: false}\n",
        "      securityContext: {runAsUser: 1000}\n",
      ),
    },
    expect: "partial",
    value: 0.5,
    evidence: ["k8s/api.yaml:11"],
  },
  {
    name: "a container that goes back to root",
    repo: {
      ...app,
      ...pod("          securityContext: {runAsUser: 0}\n", "      securityContext: {runAsNonRoot: true}\n"),
    },
    expect: "fail",
    evidence: ["k8s/api.yaml:11"],
  },
  {
    name: "a privileged container, at the key",
    repo: { ...app, ...pod("          securityContext:\n            privileged: true\n") },
    expect: "fail",
    evidence: ["k8s/api.yaml:11"],
    says: "has power over its node: `privileged: true`",
  },
  {
    name: "the host's network",
    repo: { ...app, ...pod(all, "      hostNetwork: true\n") },
    expect: "fail",
    evidence: ["k8s/api.yaml:7"],
  },
  {
    name: "the socket of Docker, though it is read-only",
    repo: { ...app, ...pod(all + mount, socket) },
    expect: "fail",
    evidence: ["k8s/api.yaml:9"],
    says: "the host's /var/run/docker.sock",
  },
  {
    name: "a folder of the host that is read",
    repo: { ...app, ...pod(all + mount, socket.replace("/var/run/docker.sock", "/etc/ssl/certs")) },
    expect: "pass",
  },
  {
    name: "a folder of the host that is written",
    repo: { ...app, ...pod(all + mount.replace(", readOnly: true", ""), socket.replace("docker.sock", "shop")) },
    expect: "fail",
    says: "the host's /var/run/shop",
  },
  {
    name: "an agent on every node",
    repo: { ...app, ...pod("", "      hostNetwork: true\n", "DaemonSet") },
    expect: "skip",
  },
  {
    name: "a namespace that enforces the restricted standard",
    repo: {
      ...app,
      ...pod(""),
      "k8s/namespace.yaml":
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels: {pod-security.kubernetes.io/enforce: restricted}\n",
    },
    expect: "partial",
    value: 0.75,
    says: "lacks `readOnlyRootFilesystem: true`.",
  },
  {
    name: "the weakest container decides",
    repo: { ...app, ...pod(`${all}        - name: proxy\n          image: acme/proxy:1.0\n`) },
    expect: "fail",
    evidence: ["k8s/api.yaml:11"],
  },
  {
    name: "a patch of an overlay",
    repo: {
      ...app,
      ...pod(""),
      "k8s/prod/patch.yaml": pod(all)["k8s/api.yaml"].replace("          image: acme/shop:1.4\n", ""),
    },
    expect: "pass",
  },
  {
    name: "a chart whose values restrict it in part",
    repo: {
      ...app,
      "chart/Chart.yaml": "name: shop\n",
      "chart/values.yaml":
        "podSecurityContext: {runAsNonRoot: true}\nsecurityContext:\n  readOnlyRootFilesystem: true\n  capabilities: {drop: [ALL]}\n",
      "chart/templates/deployment.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n          securityContext: {{- toYaml .Values.securityContext | nindent 12 }}\n",
    },
    expect: "partial",
    value: 0.75,
    evidence: ["chart/templates/deployment.yaml:2"],
  },
  {
    name: "a manifest that cannot be read",
    repo: { ...app, "k8s/api.yaml": { unreadable: "it is binary" } },
    expect: "unknown",
  },
  {
    name: "the second document after Windows line ends, a byte order mark and an anchor",
    repo: {
      ...app,
      "k8s/all.yaml":
        `\uFEFFapiVersion: v1\nkind: ConfigMap\nmetadata: &name {name: shop}\n---\n${pod("          securityContext: &locked\n            privileged: true\n")["k8s/api.yaml"]}`.replaceAll(
          "\n",
          "\r\n",
        ),
    },
    expect: "fail",
    evidence: ["k8s/all.yaml:15"],
  },
  {
    name: "an anchor for two containers, merged into a context",
    repo: {
      ...app,
      "k8s/api.yaml":
        "x-locked: &locked {runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n          image: acme/shop:1.4\n          securityContext: *locked\n        - name: log\n          image: acme/log:1.0\n          securityContext:\n            <<: *locked\n            readOnlyRootFilesystem: false\n",
    },
    expect: "partial",
    value: 0.75,
    evidence: ["k8s/api.yaml:14"],
  },
]);

const FOR_PEOPLE = "as whom the image can run, and where it writes, is for people to say";

describeRepair(rule, [
  {
    name: "forbids more rights than it starts with",
    repo: { ...app, ...pod("          # serves\n          args: [serve]\n") },
    after: pod(
      "          # serves\n          args: [serve]\n          securityContext:\n            allowPrivilegeEscalation: false\n",
    ),
    leaves: true,
  },
  {
    name: "takes capabilities from what does not run as root",
    repo: {
      ...app,
      ...pod(
        "          securityContext:\n            runAsUser: 1000 # app\n            capabilities: {drop: [NET_RAW]}\n",
      ),
    },
    after: pod(
      "          securityContext:\n            runAsUser: 1000 # app\n            capabilities: {drop: [ALL]}\n            allowPrivilegeEscalation: false\n",
    ),
    leaves: true,
  },
  {
    name: "mends what lacks nothing else",
    repo: {
      ...app,
      ...pod("          securityContext:\n            runAsNonRoot: true\n            readOnlyRootFilesystem: true\n"),
    },
    after: pod(
      "          securityContext:\n            runAsNonRoot: true\n            readOnlyRootFilesystem: true\n            allowPrivilegeEscalation: false\n            capabilities:\n              drop:\n                - ALL\n",
    ),
  },
  {
    name: "leaves what is privileged",
    repo: { ...app, ...pod("          securityContext: {privileged: true}\n") },
    refuses: FOR_PEOPLE,
  },
  {
    name: "leaves what administers the system",
    repo: { ...app, ...pod("          securityContext: {capabilities: {add: [SYS_ADMIN]}}\n") },
    refuses: FOR_PEOPLE,
  },
  {
    name: "leaves what a patch changes",
    repo: { ...app, ...pod(""), "k8s/kustomization.yaml": "resources: [api.yaml]\npatches: []\n" },
    refuses: FOR_PEOPLE,
  },
]);
