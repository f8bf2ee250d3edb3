import rule from "../../../rules/observability/resource-metrics-monitored.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = (files: Record<string, string | { unreadable: string }>, more = "") => ({
  Dockerfile: 'FROM python:3.14-slim\nCMD ["gunicorn", "shop.wsgi"]\n',
  "shop/wsgi.py": "",
  "requirements.txt": `django\ngunicorn\n${more}`,
  ...files,
});

const LICENSE = "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\n";

describeRule(rule, [
  {
    name: "a Dockerfile that cannot be read",
    repo: service({ Dockerfile: { unreadable: "it is not UTF-8" } }),
    expect: "unknown",
    says: "Dockerfile could not be read",
  },
  {
    name: "a product that others install and run",
    repo: service({ LICENSE, "CHANGELOG.md": "# Changelog\n\n## 2.1.0\n\n- Refunds.\n" }),
    expect: "skip",
    says: "others install",
  },
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
  {
    name: "a platform that watches its machines",
    repo: service({ Procfile: "web: gunicorn shop.wsgi\n" }),
    expect: "skip",
    says: "platform",
  },
  { name: "App Engine", repo: service({ "app.yaml": "runtime: python314\n" }), expect: "skip" },
  {
    name: "nothing that says how it runs",
    repo: { "shop/wsgi.py": "", "requirements.txt": "django\ngunicorn\n" },
    expect: "skip",
    says: "how it is run",
  },
  { name: "an image and nothing else", repo: service({}), expect: "fail", evidence: [""] },
  {
    name: "an exporter in compose",
    repo: service({
      "compose.yml": "services:\n  web: {build: .}\n  redis-metrics:\n    image: oliver006/redis_exporter:v1\n",
    }),
    expect: "pass",
    evidence: ["compose.yml:4"],
  },
  {
    name: "an exporter by an anchor, after CRLF",
    repo: service({
      "compose.yml":
        "x-a: &exporter\r\n  image: prometheuscommunity/postgres-exporter:v1\r\nservices:\r\n  web: {build: .}\r\n  metrics:\r\n    <<: *exporter\r\n",
    }),
    expect: "pass",
    evidence: ["compose.yml:2"],
  },
  {
    name: "functions, whose platform watches them",
    repo: {
      "orders/handler.py": "",
      "requirements.txt": "boto3\n",
      "serverless.yml":
        "service: orders\nprovider: {name: aws, runtime: python3.13}\nfunctions: {a: {handler: orders.handler.take}}\n",
    },
    expect: "skip",
  },
  {
    name: "an exporter that is commented out",
    repo: service({ "compose.yml": "services:\n  web: {build: .}\n#  metrics: {image: redis_exporter}\n" }),
    expect: "fail",
  },
  {
    name: "a chart that brings Prometheus",
    repo: service({ "helmfile.yaml": "releases:\n  - chart: prometheus/kube-prometheus-stack\n" }),
    expect: "pass",
    evidence: ["helmfile.yaml:2"],
  },
  {
    name: "Container Insights",
    repo: service({
      "infra/ecs.tf": 'resource "aws_ecs_cluster" "a" {\n  setting { name = "containerInsights" }\n}\n',
    }),
    expect: "pass",
    evidence: ["infra/ecs.tf:2"],
  },
  {
    name: "an agent in the process",
    repo: service({}, "ddtrace\n"),
    expect: "pass",
    evidence: ["requirements.txt:3"],
  },
  { name: "psutil beside a metrics library", repo: service({}, "psutil\nprometheus-client\n"), expect: "pass" },
  { name: "psutil for something else", repo: service({}, "psutil\n"), expect: "fail" },
  {
    name: "a client library alone",
    repo: service({}, "prometheus-client\n"),
    expect: "partial",
    value: 0.5,
    evidence: ["requirements.txt:3"],
  },
  {
    name: "infrastructure that cannot be read",
    repo: service({ "infra/monitoring.tf": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
]);
