import rule from "../../../rules/deployment/autoscaling-configured.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "requirements.txt": "gunicorn\ndjango\n", "shop/wsgi.py": "" };
const workload = (name: string, container = "", kind = "Deployment") =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: api, image: 'acme/shop:1.4', ports: [{containerPort: 80}]${container}}\n`;
const scaler = (kind: string, reference: string) =>
  `apiVersion: x/v1\nkind: ${kind}\nmetadata: {name: shop}\nspec:\n  ${reference}: {kind: Deployment, name: shop}\n`;
const chart = {
  "chart/Chart.yaml": "name: shop\n",
  "chart/values.yaml": "autoscaling:\n  enabled: false\n",
  "chart/templates/deployment.yaml":
    "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: {{ .Chart.Name }}\n          ports: [{containerPort: 80}]\n",
  "chart/templates/hpa.yaml":
    "{{- if .Values.autoscaling.enabled }}\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n{{- end }}\n",
};

describeRule(rule, [
  { name: "nothing orchestrates it", repo: { ...app, Procfile: "web: gunicorn shop.wsgi\n" }, expect: "skip" },
  {
    name: "a deployment alone, at its kind",
    repo: { ...app, "k8s/api.yaml": workload("shop") },
    expect: "fail",
    evidence: ["k8s/api.yaml:2"],
    says: "`shop` has no autoscaler.",
  },
  {
    name: "KEDA",
    repo: { ...app, "k8s/api.yaml": workload("shop"), "k8s/keda.yaml": scaler("ScaledObject", "scaleTargetRef") },
    expect: "pass",
  },
  {
    name: "an autoscaler of sizes",
    repo: { ...app, "k8s/api.yaml": workload("shop"), "k8s/vpa.yaml": scaler("VerticalPodAutoscaler", "targetRef") },
    expect: "pass",
  },
  {
    name: "one of two",
    repo: {
      ...app,
      "k8s/api.yaml": workload("shop"),
      "k8s/hpa.yaml": scaler("HorizontalPodAutoscaler", "scaleTargetRef"),
      "k8s/web.yaml": workload("web"),
    },
    expect: "partial",
    value: 0.5,
    evidence: ["k8s/web.yaml:2"],
  },
  {
    name: "Knative scales by itself",
    repo: { ...app, "k8s/api.yaml": workload("shop", "", "Service").replace("apps/v1", "serving.knative.dev/v1") },
    expect: "pass",
  },
  {
    name: "jobs, schedulers and stores",
    repo: {
      ...app,
      "k8s/job.yaml": workload("train", "", "Job"),
      "k8s/beat.yaml": workload("celery-beat"),
      "k8s/db.yaml": workload("db", "", "StatefulSet").replace("acme/shop:1.4", "postgres:17"),
    },
    expect: "skip",
  },
  { name: "a chart whose defaults turn it off", repo: { ...app, ...chart }, expect: "unknown", says: "not here" },
  {
    name: "a chart that production turns on",
    repo: { ...app, ...chart, "chart/values-production.yaml": "autoscaling: {enabled: true, minReplicas: 2}\n" },
    expect: "pass",
  },
  {
    name: "a chart that no environment turns on",
    repo: { ...app, ...chart, "chart/values-production.yaml": "image: {tag: '1.4'}\n" },
    expect: "fail",
    evidence: ["chart/templates/deployment.yaml:2"],
  },
  {
    name: "Fly with a fixed number of machines",
    repo: { ...app, "fly.toml": "app = 'shop'\n\n[http_service]\ninternal_port = 8000\nauto_stop_machines = 'off'\n" },
    expect: "fail",
    evidence: ["fly.toml:3"],
  },
  {
    name: "Fly that stops machines",
    repo: { ...app, "fly.toml": "[http_service]\ninternal_port = 8000\nauto_stop_machines = 'suspend'\n" },
    expect: "pass",
  },
  {
    name: "Render with and without scaling, and what cannot scale",
    repo: {
      ...app,
      "render.yaml":
        "services:\n  - type: web\n    runtime: python\n    scaling: {minInstances: 1, maxInstances: 3}\n  - type: web\n    runtime: docker\n  - type: web\n    runtime: static\n  - type: web\n    runtime: python\n    plan: free\n",
    },
    expect: "partial",
    value: 0.5,
    evidence: ["render.yaml:5"],
  },
  { name: "App Engine", repo: { ...app, "app.yaml": "runtime: python313\n" }, expect: "pass" },
  {
    name: "App Engine with a fixed number",
    repo: { ...app, "app.yaml": "runtime: python313\nmanual_scaling:\n  instances: 3\n" },
    expect: "fail",
    evidence: ["app.yaml:2"],
  },
  {
    name: "ECS in Terraform without a target",
    repo: {
      ...app,
      "infra/main.tf": 'provider "aws" {}\n\nresource "aws_ecs_service" "web" {\n  desired_count = 2\n}\n',
    },
    expect: "fail",
    evidence: ["infra/main.tf:3"],
    says: "`web` has no scaling target.",
  },
  {
    name: "ECS with a target in another file",
    repo: {
      ...app,
      "infra/main.tf": 'resource "aws_ecs_service" "web" {\n}\n',
      "infra/scaling.tf": 'resource "aws_appautoscaling_target" "web" {\n}\n',
    },
    expect: "pass",
  },
  {
    name: "ECS in CloudFormation",
    repo: { ...app, "cloudformation/web.yaml": "Resources:\n  Web:\n    Type: AWS::ECS::Service\n" },
    expect: "fail",
    evidence: ["cloudformation/web.yaml:3"],
  },
  {
    name: "Cloud Run in Terraform, and Container Apps in Bicep",
    repo: {
      ...app,
      "infra/main.tf": 'resource "google_cloud_run_v2_service" "web" {\n}\n',
      "infra/main.bicep": "resource web 'Microsoft.App/containerApps@2024-03-01' = {\n}\n",
    },
    expect: "pass",
  },
  {
    name: "a workflow that deploys to Cloud Run",
    repo: {
      ...app,
      ".github/workflows/deploy.yml":
        "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: gcloud run deploy shop --source .\n",
    },
    expect: "pass",
    evidence: [".github/workflows/deploy.yml:6"],
  },
  {
    name: "a task of ECS, whose service is elsewhere",
    repo: { ...app, "deploy/task-definition.json": '{"containerDefinitions": []}' },
    expect: "unknown",
    says: "deploy/task-definition.json",
  },
  {
    name: "a manifest that cannot be read",
    repo: { ...app, "k8s/api.yaml": { unreadable: "it is binary" } },
    expect: "unknown",
  },
]);
