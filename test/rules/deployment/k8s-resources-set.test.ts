import rule from "../../../rules/deployment/k8s-resources-set.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "requirements.txt": "gunicorn\ndjango\n", "shop/wsgi.py": "" };
const complete = "          resources: {requests: {cpu: 100m, memory: 1Gi}, limits: {memory: 1Gi}}\n";
const deployment = (resources: string, more = "") =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n          image: acme/shop:1.4\n${resources}${more}`;
const chart = (line: string, values: string) => ({
  "chart/Chart.yaml": "name: shop\n",
  "chart/values.yaml": values,
  "chart/templates/deployment.yaml": `apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: {{ .Values.replicas }}\n  template:\n    spec:\n      containers:\n        - name: api\n          image: {{ .Values.image }}\n${line}`,
});
const byValues = "          resources: {{- toYaml .Values.resources | nindent 12 }}\n";
const patch = (resources: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n${resources}`;

describeRule(rule, [
  { name: "no manifest", repo: app, expect: "skip", says: "no manifest" },
  {
    name: "a library",
    repo: {
      "slug.py": "",
      "pyproject.toml": "[build-system]\nrequires=[]\n[project]\nname='slug'\nclassifiers=['Topic :: X']\n",
      "k8s/api.yaml": deployment(""),
    },
    expect: "skip",
  },
  {
    name: "no memory limit, at the resources",
    repo: { ...app, "k8s/api.yaml": deployment("          resources: {requests: {cpu: 100m, memory: 1Gi}}\n") },
    expect: "fail",
    evidence: ["k8s/api.yaml:10"],
    says: "The container `api` states no memory limit.",
  },
  {
    name: "no resources, at the container",
    repo: { ...app, "k8s/api.yaml": deployment("") },
    expect: "fail",
    evidence: ["k8s/api.yaml:8"],
    says: "states no CPU request, no memory request, no memory limit",
  },
  {
    name: "limits alone, which are requests as well",
    repo: { ...app, "k8s/api.yaml": deployment("          resources: {limits: {cpu: 1, memory: 1Gi}}\n") },
    expect: "pass",
  },
  { name: "no CPU limit, on purpose", repo: { ...app, "k8s/api.yaml": deployment(complete) }, expect: "pass" },
  {
    name: "a sidecar without numbers",
    repo: {
      ...app,
      "k8s/api.yaml": deployment(complete, "        - name: envoy\n          image: envoyproxy/envoy:v1.31\n"),
    },
    expect: "fail",
    evidence: ["k8s/api.yaml:11"],
  },
  {
    name: "a LimitRange counts half",
    repo: {
      ...app,
      "k8s/api.yaml": deployment(""),
      "k8s/limits.yaml": "apiVersion: v1\nkind: LimitRange\nmetadata: {name: defaults}\n",
    },
    expect: "partial",
    value: 0.5,
  },
  {
    name: "an overlay whose patch sets them",
    repo: {
      ...app,
      "k8s/base/api.yaml": deployment(""),
      "k8s/prod/kustomization.yaml": "resources: [../base]\npatches:\n  - path: resources.yaml\n",
      "k8s/prod/resources.yaml": patch(complete),
    },
    expect: "pass",
  },
  {
    name: "a patch that names the image too",
    repo: {
      ...app,
      "k8s/base/api.yaml": deployment(""),
      "k8s/prod/kustomization.yaml": "resources: [../base]\npatchesStrategicMerge: [api.yaml]\n",
      "k8s/prod/api.yaml": deployment(complete),
    },
    expect: "pass",
  },
  {
    name: "an inline patch",
    repo: {
      ...app,
      "k8s/base/api.yaml": deployment(""),
      "k8s/prod/kustomization.yaml": `resources: [../base]\npatches:\n  - patch: |-\n${patch(complete).replace(/^/gm, "      ")}\n`,
    },
    expect: "pass",
  },
  {
    name: "operations of a JSON patch",
    repo: {
      ...app,
      "k8s/base/api.yaml": deployment(""),
      "k8s/prod/kustomization.yaml":
        "resources: [../base]\npatches:\n  - target: {kind: Deployment, name: shop}\n    patch: |\n      - op: add\n        path: /spec/template/spec/containers/0/resources\n        value: {requests: {cpu: 100m}, limits: {memory: 1Gi}}\n",
    },
    expect: "pass",
  },
  {
    name: "a patch that sets a part, at the base's container",
    repo: {
      ...app,
      "k8s/base/api.yaml": deployment(""),
      "k8s/prod/kustomization.yaml": "resources: [../base]\npatches:\n  - path: patch.yaml\n",
      "k8s/prod/patch.yaml": patch("          resources: {limits: {memory: 1Gi}}\n"),
    },
    expect: "fail",
    evidence: ["k8s/base/api.yaml:8"],
    says: "states no CPU request.",
  },
  {
    name: "a patch of another workload",
    repo: {
      ...app,
      "k8s/base/api.yaml": deployment(""),
      "k8s/prod/patch.yaml": patch(complete).replace("name: shop", "name: other"),
    },
    expect: "fail",
    evidence: ["k8s/base/api.yaml:8"],
  },
  {
    name: "a chart whose default is empty",
    repo: { ...app, ...chart(byValues, "image: x\nresources: {}\n") },
    expect: "fail",
    evidence: ["chart/values.yaml:2"],
  },
  {
    name: "a chart whose values for production set them",
    repo: {
      ...app,
      ...chart(byValues, "resources: {}\n"),
      "deploy/values-prod.yaml": "resources:\n  requests: {cpu: 1, memory: 1Gi}\n  limits: {memory: 1Gi}\n",
    },
    expect: "pass",
  },
  {
    name: "a chart that writes none",
    repo: { ...app, ...chart("", "image: x\n") },
    expect: "fail",
    evidence: ["chart/templates/deployment.yaml:2"],
    says: "The chart's container",
  },
  {
    name: "a chart whose other templates decide",
    repo: { ...app, ...chart('          {{- include "shop.resources" . | nindent 10 }}\n', "image: x\n") },
    expect: "unknown",
    says: "decide over the resources",
  },
  {
    name: "a sample, and an object of an operator",
    repo: {
      ...app,
      "docs/k8s/api.yaml": deployment(""),
      "k8s/database.yaml":
        "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: shop}\nspec: {instances: 3}\n",
    },
    expect: "skip",
  },
  {
    name: "a manifest that cannot be read",
    repo: { ...app, "k8s/api.yaml": { unreadable: "it is binary" } },
    expect: "unknown",
  },
  {
    name: "a value of a chart that is used where another one is empty",
    repo: {
      ...app,
      "chart/Chart.yaml": "name: shop\n",
      "chart/values.yaml": "web:\n  resources: {}\nevents:\n  resources: {}\n",
      "chart/templates/events.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: events\n          resources:\n          {{- if not .Values.events.resources }}\n            {{- toYaml .Values.web.resources | nindent 12 }}\n          {{- else }}\n            {{- toYaml .Values.events.resources | nindent 12 }}\n          {{- end }}\n",
    },
    expect: "fail",
    evidence: ["chart/values.yaml:2"],
    says: "`.Values.web.resources` states no CPU request",
  },
]);
