import rule from "../../../rules/deployment/k8s-availability.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "requirements.txt": "gunicorn\ndjango\n", "shop/wsgi.py": "" };
const workload = (spec: string, { kind = "Deployment", name = "shop", container = "", pod = "" } = {}) =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n${spec}  template:\n    metadata: {labels: {app: shop}}\n    spec:\n${pod}      containers:\n        - {name: api, image: 'acme/shop:1.4', ports: [{containerPort: 80}]${container}}\n`;
const budget = (labels: string) =>
  `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: shop}\nspec:\n  minAvailable: 1\n  selector: ${labels}\n`;
const hpa =
  "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: shop}\nspec:\n  scaleTargetRef: {kind: Deployment, name: shop}\n  minReplicas: 2\n  maxReplicas: 5\n";
const rolling = "  strategy: {rollingUpdate: {maxUnavailable: 0}}\n";

describeRule(rule, [
  { name: "no manifest", repo: app, expect: "skip" },
  {
    name: "nothing stated, at the kind",
    repo: { ...app, "k8s/api.yaml": workload("") },
    expect: "fail",
    evidence: ["k8s/api.yaml:2"],
    says: "`shop` has one replica alone, no PodDisruptionBudget, no rolling strategy",
  },
  {
    name: "several replicas alone, at their number",
    repo: { ...app, "k8s/api.yaml": workload("  replicas: 2\n") },
    expect: "partial",
    value: 0.4,
    evidence: ["k8s/api.yaml:5"],
  },
  {
    name: "an autoscaler in the place of a number, a budget, and pods that keep apart",
    repo: {
      ...app,
      "k8s/api.yaml": workload("", { pod: "      topologySpreadConstraints: [{maxSkew: 1}]\n" }),
      "k8s/hpa.yaml": hpa,
      "k8s/pdb.yaml": budget("{matchLabels: {app: shop}}"),
    },
    expect: "pass",
  },
  {
    name: "a budget of other pods",
    repo: {
      ...app,
      "k8s/api.yaml": workload(`  replicas: 2\n${rolling}`),
      "k8s/pdb.yaml": budget("{matchLabels: {app: other}}"),
    },
    expect: "partial",
    value: 0.7,
    says: "has no PodDisruptionBudget.",
  },
  {
    name: "the replicas of an overlay",
    repo: {
      ...app,
      "k8s/base/api.yaml": workload("  replicas: 1\n"),
      "k8s/prod/kustomization.yaml": "resources: [../base]\nreplicas:\n  - {name: shop, count: 3}\n",
    },
    expect: "partial",
    value: 0.4,
  },
  {
    name: "production has the last word over development",
    repo: {
      ...app,
      "k8s/base/api.yaml": workload("  replicas: 1\n"),
      "k8s/prod/kustomization.yaml": "resources: [../base]\npatches: [{path: replicas.yaml}]\n",
      "k8s/prod/replicas.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {replicas: 3}\n",
      "k8s/staging/kustomization.yaml": "resources: [../base]\npatches: [{path: replicas.yaml}]\n",
      "k8s/staging/replicas.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {replicas: 1}\n",
    },
    expect: "partial",
    value: 0.4,
  },
  {
    name: "a scheduler, which runs once",
    repo: {
      ...app,
      "k8s/beat.yaml": workload("  replicas: 1\n", { container: ", command: [celery, -A, shop, beat]" }),
    },
    expect: "skip",
  },
  {
    name: "a store of data",
    repo: { ...app, "k8s/redis.yaml": workload("").replace("acme/shop:1.4", "redis:7.4") },
    expect: "skip",
  },
  {
    name: "an agent on every node, and what nobody asks",
    repo: {
      ...app,
      "k8s/agent.yaml": workload("", { kind: "DaemonSet" }),
      "k8s/consumer.yaml": workload("").replace(", ports: [{containerPort: 80}]", ""),
    },
    expect: "skip",
  },
  {
    name: "a chart whose default is one replica",
    repo: {
      ...app,
      "chart/Chart.yaml": "name: shop\n",
      "chart/values.yaml": "replicaCount: 1\n",
      "chart/templates/deployment.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: {{ .Values.replicaCount }}\n  template:\n    spec:\n      containers:\n        - name: api\n          ports: [{containerPort: 80}]\n",
    },
    expect: "unknown",
    says: "chart/templates/deployment.yaml",
  },
  {
    name: "a chart with values for production",
    repo: {
      ...app,
      "chart/Chart.yaml": "name: shop\n",
      "chart/values.yaml": "replicaCount: 1\npdb: {enabled: false}\n",
      "chart/values-prod.yaml": "replicaCount: 3\npdb: {enabled: true}\n",
      "chart/templates/deployment.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: {{ .Values.replicaCount }}\n  template:\n    spec:\n      containers:\n        - name: api\n          ports: [{containerPort: 80}]\n",
      "chart/templates/pdb.yaml":
        "{{- if .Values.pdb.enabled }}\napiVersion: policy/v1\nkind: PodDisruptionBudget\n{{- end }}\n",
    },
    expect: "partial",
    value: 0.7,
    evidence: ["chart/templates/deployment.yaml:2"],
    says: "The chart has no rolling strategy",
  },
  {
    name: "a manifest that cannot be read",
    repo: { ...app, "k8s/api.yaml": { unreadable: "it is binary" } },
    expect: "unknown",
  },
  {
    name: "a store of data, called after what it is for",
    repo: { ...app, "k8s/db.yaml": workload("", { name: "orders-db" }) },
    expect: "skip",
  },
  {
    name: "beat by its command, whatever it is called",
    repo: {
      ...app,
      "k8s/clock.yaml": workload("", { name: "clock", container: ", command: [celery, -A, shop, beat]" }),
    },
    expect: "skip",
  },
  {
    name: "a rolling strategy by its name, and Recreate",
    repo: {
      ...app,
      "k8s/api.yaml": workload("  replicas: 2\n  strategy: {type: Recreate}\n"),
      "k8s/b.yaml": budget("{matchLabels: {app: shop}}"),
    },
    expect: "partial",
    value: 0.7,
    says: "no rolling strategy",
  },
]);
