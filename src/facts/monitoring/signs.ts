import { isAuxiliary } from "../tree.ts";

/** A place that watches, or lets watch, the thing that runs. */
export interface MonitoringSign {
  readonly path: string;
  readonly line: number;
  readonly kind: "alerts" | "objectives" | "resources" | "metrics" | "runbooks" | "owner";
  readonly name: string;
  /** It is an example for those who run the product. */
  readonly isExample: boolean;
}

/** Characters of a file that are looked at. */
const MOST = 500_000;

/** What stands on one line of a file; the second pattern must stand somewhere in it as well. */
const SIGNS: readonly (readonly [kind: MonitoringSign["kind"], name: string, line: RegExp, beside?: RegExp])[] = [
  ["alerts", "Prometheus' rules", /^[ \t-]*["']?alert["']?:[ \t]*\S/m, /\bexpr\b/],
  ["alerts", "Alertmanager", /^receivers:/m, /^route:/m],
  [
    "alerts",
    "a custom resource",
    /^[ \t]*kind:[ \t]*["']?(PrometheusRule|AlertmanagerConfig|GrafanaAlertRuleGroup|DatadogMonitor|VMRule|MonitoringAlertPolicy)\b/m,
  ],
  [
    "alerts",
    "Terraform",
    /^resource[ \t]+"(aws_cloudwatch_(metric|composite)_alarm|datadog_(synthetics_test|monitor)|newrelic_(nrql_)?alert_\w+|newrelic_nrql_alert_condition|google_monitoring_alert_policy|azurerm_monitor_\w*alert\w*|grafana_rule_group|signalfx_detector|honeycombio_trigger|sentry_(issue_alert|metric_alert)|pagerduty_service_integration|opsgenie_api_integration|betteruptime_monitor|checkly_check|uptimerobot_monitor)"/m,
  ],
  ["alerts", "CloudWatch", /^[ \t]*["']?Type["']?:[ \t]*["']?AWS::CloudWatch::(Composite)?Alarm\b/m],
  ["alerts", "the plugin for alerts", /^[ \t]*- ["']?serverless-plugin-aws-alerts/m],
  ["alerts", "Azure Monitor", /Microsoft\.Insights\/(metricAlerts|scheduledQueryRules|activityLogAlerts)/i],
  ["alerts", "Cloud Monitoring", /^[ \t]*["']?(conditionThreshold|alertPolicies)["']?:/m],
  ["objectives", "OpenSLO", /^apiVersion:[ \t]*["']?openslo/m],
  ["objectives", "Sloth", /^version:[ \t]*["']?prometheus\/v1/m, /^slos:/m],
  [
    "objectives",
    "a custom resource",
    /^[ \t]*kind:[ \t]*["']?(PrometheusServiceLevel|ServiceLevelObjective|DatadogSLO|ServiceLevelIndicator)\b/m,
  ],
  [
    "objectives",
    "Terraform",
    /^resource[ \t]+"(datadog_service_level_objective|nobl9_slo|google_monitoring_slo|newrelic_service_level|grafana_slo|aws_applicationsignals_service_level_objective|dynatrace_slo\w*|honeycombio_slo|elasticstack_kibana_slo)"/m,
  ],
  [
    "resources",
    "autoscaling by metrics",
    /^[ \t]*kind:[ \t]*["']?(HorizontalPodAutoscaler|ScaledObject|ScaledJob|VerticalPodAutoscaler)\b/m,
  ],
  [
    "resources",
    "an exporter or agent",
    /^(?![ \t]*#).{0,200}\b(kube-prometheus(-stack)?|metrics-server|kube-state-metrics|cadvisor|node[-_]exporter|(postgres|redis|celery|mysqld?|rabbitmq|pgbouncer|memcached|elasticsearch|mongodb|process|windows|dcgm)[-_]exporter|amazon-cloudwatch-agent|cloudwatch-agent|google-cloud-ops-agent|datadog\/agent|datadog-agent|newrelic\/infrastructure|netdata|telegraf|metricbeat|hostmetrics|kubeletstats)\b/m,
  ],
  ["resources", "Container Insights", /\bcontainerInsights\b|\bContainer ?Insights\b/],
  [
    "resources",
    "a measure of resources",
    /\b(CPUUtilization|MemoryUtilization|FreeStorageSpace|FreeableMemory|DatabaseConnections|ApproximateNumberOfMessagesVisible|ApproximateAgeOfOldestMessage|container_(cpu|memory)_\w+|node_(cpu|memory|filesystem)_\w+|process_(cpu|resident)_\w+|pg_stat_\w+|redis_memory_\w+|celery_queue_length)\b/,
  ],
  ["resources", "Flower", /\bmher\/flower\b|\bcelery\b.{0,80}\bflower\b/],
  ["metrics", "a scrape", /^[ \t]*kind:[ \t]*["']?(ServiceMonitor|PodMonitor|VMServiceScrape|PodMonitoring)\b/m],
  ["metrics", "a scrape", /^[ \t-]*scrape_configs:|^[ \t]*["']?prometheus\.io\/scrape["']?:/m],
  ["runbooks", "a runbook", /\brunbook(_?url)?["']?[ \t]*[:=][ \t]*["']?(https?:|\S+\/)/i],
  [
    "owner",
    "a label",
    /^[ \t]+["']?((app\.kubernetes\.io|tags\.datadoghq\.com|[\w.-]{1,80})\/)?(owner|owned-by|owning-team|team)["']?:[ \t]*["']?[\w@.-]/m,
    /^[ \t]*(labels|annotations):/m,
  ],
];

/** The signs of one file, one of each sort. */
export function signsIn(path: string, whole: string): readonly MonitoringSign[] {
  const text = whole.slice(0, MOST);
  return SIGNS.flatMap(([kind, name, pattern, beside]) => {
    const found = pattern.exec(text);
    if (!found || (beside && !beside.test(text))) return [];
    const line = text.slice(0, found.index + found[0].length).split("\n").length;
    return [{ path, line, kind, name, isExample: isAuxiliary(path) }];
  });
}
