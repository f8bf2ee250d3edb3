import rule from "../../../rules/observability/alerts-as-code.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = (files: Record<string, string | { unreadable: string }>, more = "prometheus-client\n") => ({
  "shop/api.py": "",
  "requirements.txt": `fastapi\ngunicorn\n${more}`,
  ...files,
});

const LICENSE = "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\n";

describeRule(rule, [
  {
    name: "a product that others install and run",
    repo: service({ LICENSE, "CHANGELOG.md": "# Changelog\n\n## 2.1.0\n\n- Refunds.\n" }),
    expect: "skip",
    says: "others install",
  },
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
  { name: "a service without metrics", repo: service({}, ""), expect: "skip", says: "takes metrics" },
  {
    name: "a package of an index",
    repo: {
      "slug/__init__.py": "",
      "pyproject.toml":
        '[project]\nname = "slug"\nclassifiers = ["Framework :: FastAPI"]\ndependencies = ["fastapi", "prometheus-client"]\n\n[build-system]\nrequires = []\n',
    },
    expect: "skip",
  },
  { name: "metrics and no alert", repo: service({}), expect: "fail", evidence: [""], says: "prometheus-client" },
  {
    name: "rules of Prometheus",
    repo: service({ "prometheus/rules.yml": "groups:\n- name: a\n  rules:\n  - alert: Down\n    expr: up == 0\n" }),
    expect: "pass",
    evidence: ["prometheus/rules.yml:4"],
  },
  {
    name: "a PrometheusRule in a chart",
    repo: service({
      "charts/shop/Chart.yaml": "name: shop\n",
      "charts/shop/templates/rules.yaml":
        "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec: {{ toYaml .Values.rules }}\n",
    }),
    expect: "pass",
    evidence: ["charts/shop/templates/rules.yaml:2"],
  },
  {
    name: "an alarm in Terraform",
    repo: service({ "infra/main.tf": '# alarms\nresource "aws_cloudwatch_metric_alarm" "errors" {\n}\n' }),
    expect: "pass",
    evidence: ["infra/main.tf:2"],
  },
  {
    name: "an alarm in CloudFormation",
    repo: service({ "template.yaml": "Resources:\n  Errors:\n    Type: AWS::CloudWatch::Alarm\n" }),
    expect: "pass",
    evidence: ["template.yaml:3"],
  },
  {
    name: "Grafana's provisioning",
    repo: service({ "grafana/provisioning/alerting/shop.yml": "apiVersion: 1\n" }),
    expect: "pass",
    evidence: ["grafana/provisioning/alerting/shop.yml:1"],
  },
  {
    name: "objectives that a tool makes alerts of",
    repo: service({ "slo/shop.yml": "version: prometheus/v1\nservice: shop\nslos: []\n" }),
    expect: "pass",
    says: "Sloth",
  },
  {
    name: "a rule after a BOM and CRLF, in the second document",
    repo: service({
      "monitoring/rules.yml":
        "\uFEFF# a\r\n---\r\nkind: ConfigMap\r\n---\r\napiVersion: monitoring.coreos.com/v1\r\nkind: PrometheusRule\r\n",
    }),
    expect: "pass",
    evidence: ["monitoring/rules.yml:6"],
  },
  {
    name: "receivers and routes of Alertmanager",
    repo: service({ "alertmanager/config.yml": "route:\n  receiver: team\nreceivers:\n  - name: team\n" }),
    expect: "pass",
    evidence: ["alertmanager/config.yml:3"],
  },
  ...[
    "datadog_monitor",
    "newrelic_nrql_alert_condition",
    "google_monitoring_alert_policy",
    "azurerm_monitor_metric_alert",
  ].map((resource) => ({
    name: `a ${resource}`,
    repo: service({ "infra/alerts.tf": `resource "${resource}" "errors" {\n}\n` }),
    expect: "pass" as const,
    evidence: ["infra/alerts.tf:1"],
  })),
  {
    name: "a scrape alone",
    repo: service({ "deploy/monitor.yaml": "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\n" }, ""),
    expect: "fail",
  },
  {
    name: "a commented rule",
    repo: service({ "prometheus/rules.yml": "rules:\n#  - alert: Down\n#    expr: up == 0\n" }),
    expect: "fail",
  },
  {
    name: "an example of alerts, for those who run it",
    repo: service({ "examples/alerts.yml": "groups:\n- rules:\n  - alert: Down\n    expr: up == 0\n" }),
    expect: "partial",
    value: 0.5,
    evidence: ["examples/alerts.yml:3"],
  },
  {
    name: "a client of Prometheus that another package brings",
    repo: service({}, "flower==2.0\nprometheus-client==0.20\n"),
    expect: "skip",
  },
  {
    name: "functions, whose platform takes metrics",
    repo: {
      "orders/handler.py": "",
      "requirements.txt": "boto3\n",
      "serverless.yml":
        "service: orders\nprovider: {name: aws, runtime: python3.13}\nfunctions: {a: {handler: orders.handler.take}}\n",
    },
    expect: "fail",
    says: "platform",
  },
  {
    name: "a manifest that cannot be read, without other signs",
    repo: service({ "requirements.txt": "fastapi\ngunicorn\n", "setup.py": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
  {
    name: "infrastructure that is a program",
    repo: service({ "cdk.json": "{}" }),
    expect: "unknown",
    says: "cdk.json",
  },
  {
    name: "infrastructure that cannot be read",
    repo: service({ "infra/alarms.tf": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
]);
