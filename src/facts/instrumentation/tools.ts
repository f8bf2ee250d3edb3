/** What a library watches by being used. */
export type Watches = "requests" | "errors" | "models" | "data";

/** A library that watches what runs. */
export interface Tool {
  readonly name: string;
  readonly watches: readonly Watches[];
  /** Modules by which the code uses it; what lies below them counts as well. */
  readonly modules: readonly string[];
  /** Distributions that nobody needs for anything else, nor gets along with others. */
  readonly distributions: RegExp;
}

const NEVER = /^$/;

/** Agents watch everything, and may be started by a wrapper without an import. */
const AGENTS: readonly Tool[] = (
  [
    ["Datadog", ["ddtrace", "datadog_lambda"], /^(ddtrace|datadog-lambda)$/],
    ["New Relic", ["newrelic"], /^newrelic$/],
    ["Elastic APM", ["elasticapm"], /^elastic-apm$/],
    [
      "Azure Monitor",
      ["azure.monitor.opentelemetry", "applicationinsights", "opencensus.ext.azure"],
      /^(azure-monitor-opentelemetry|opencensus-ext-azure|applicationinsights)$/,
    ],
    ["Scout", ["scout_apm"], /^scout-apm$/],
    ["AppSignal", ["appsignal"], /^appsignal$/],
    ["Instana", ["instana"], /^instana$/],
    ["Dynatrace", ["oneagent", "autodynatrace"], /^(oneagent-sdk|autodynatrace)$/],
    ["Logfire", ["logfire"], /^logfire$/],
    [
      "OpenTelemetry",
      ["opentelemetry.instrumentation", "opentelemetry.sdk", "opentelemetry.exporter", "opentelemetry.distro"],
      /^(opentelemetry-(distro|instrumentation-(django|flask|fastapi|starlette|asgi|wsgi|celery|grpc|aiohttp-server|tornado|falcon|pyramid)))$/,
    ],
    ["Powertools", ["aws_lambda_powertools"], /^aws-lambda-powertools$/],
  ] as const
).map(([name, modules, distributions]) => ({ name, watches: ["requests", "errors"], modules, distributions }));

const METRICS: readonly Tool[] = (
  [
    [
      "Prometheus",
      [
        "prometheus_client",
        "django_prometheus",
        "prometheus_fastapi_instrumentator",
        "prometheus_flask_exporter",
        "starlette_exporter",
        "starlette_prometheus",
        "aioprometheus",
        "prometheus_async",
        "py_grpc_prometheus",
        "sanic_prometheus",
        "gds_metrics",
        "celery_exporter",
        "rq_exporter",
      ],
      /^(django-prometheus|prometheus-fastapi-instrumentator|prometheus-flask-exporter|starlette-exporter|starlette-prometheus|celery-exporter|gds-metrics)$/,
    ],
    ["OpenTelemetry", ["opentelemetry.metrics", "opentelemetry.trace"], NEVER],
    [
      "StatsD",
      ["statsd", "django_statsd", "aiostatsd", "datadog", "pystatsd", "markus", "dogstatsd"],
      /^(django-statsd|datadog|markus)$/,
    ],
    ["CloudWatch", ["aws_embedded_metrics"], /^aws-embedded-metrics$/],
    ["X-Ray", ["aws_xray_sdk"], NEVER],
    ["OpenCensus", ["opencensus"], NEVER],
    ["InfluxDB", ["influxdb_client", "influxdb"], NEVER],
    ["Google Cloud's profiler", ["googlecloudprofiler"], NEVER],
  ] as const
).map(([name, modules, distributions]) => ({ name, watches: ["requests"], modules, distributions }));

const ERRORS: readonly Tool[] = (
  [
    ["Sentry", ["sentry_sdk", "raven"], /^(sentry-sdk|raven)$/],
    ["Rollbar", ["rollbar"], /^rollbar$/],
    ["Bugsnag", ["bugsnag"], /^bugsnag$/],
    ["Honeybadger", ["honeybadger"], /^honeybadger$/],
    ["Airbrake", ["pybrake", "airbrake"], /^(pybrake|airbrake)$/],
    ["Raygun", ["raygun4py"], /^raygun4py$/],
    ["Error Reporting", ["google.cloud.error_reporting"], /^google-cloud-error-reporting$/],
    ["GlitchTip", ["glitchtip"], NEVER],
  ] as const
).map(([name, modules, distributions]) => ({ name, watches: ["errors"], modules, distributions }));

const MODELS: readonly Tool[] = (
  [
    ["Evidently", ["evidently"], /^evidently$/],
    ["whylogs", ["whylogs", "langkit"], /^(whylogs|langkit)$/],
    ["NannyML", ["nannyml"], /^nannyml$/],
    ["Alibi Detect", ["alibi_detect"], /^alibi-detect$/],
    ["Arize", ["arize", "phoenix"], /^(arize|arize-phoenix)$/],
    ["Fiddler", ["fiddler"], /^fiddler-client$/],
    ["Deepchecks", ["deepchecks"], /^deepchecks$/],
    ["Model Monitor", ["sagemaker.model_monitor"], NEVER],
    ["Vertex AI's monitoring", ["google.cloud.aiplatform.model_monitoring"], NEVER],
    ["Langfuse", ["langfuse"], /^langfuse$/],
    ["LangSmith", ["langsmith"], NEVER],
    ["OpenLLMetry", ["traceloop"], /^traceloop-sdk$/],
    ["TruLens", ["trulens", "trulens_eval"], /^trulens/],
    ["Seldon's detectors", ["seldon_core.metrics", "seldon_core.user_model"], NEVER],
    ["Comet's Opik", ["opik"], /^opik$/],
  ] as const
).map(([name, modules, distributions]) => ({ name, watches: ["models"], modules, distributions }));

const DATA: readonly Tool[] = (
  [
    ["pandera", ["pandera"], /^pandera$/],
    ["Great Expectations", ["great_expectations"], /^great-expectations$|^airflow-provider-great-expectations$/],
    ["Soda", ["soda"], /^soda-(core|sql)/],
    ["Deequ", ["pydeequ"], /^pydeequ$/],
    ["Deepchecks", ["deepchecks"], /^deepchecks$/],
    ["Evidently", ["evidently"], /^evidently$/],
    ["Bigeye", ["bigeye_sdk", "bigeye_airflow"], /^bigeye-(sdk|airflow)$/],
    [
      "TensorFlow Data Validation",
      ["tensorflow_data_validation", "tensorflow_model_analysis"],
      /^tensorflow-(data-validation|model-analysis)$/,
    ],
    ["Pointblank", ["pointblank"], /^pointblank$/],
    ["cuallee", ["cuallee"], /^cuallee$/],
    ["Giskard", ["giskard"], /^giskard$/],
  ] as const
).map(([name, modules, distributions]) => ({ name, watches: ["data"], modules, distributions }));

/** Libraries that watch what runs, by what tells of their use. */
export const TOOLS: readonly Tool[] = [...AGENTS, ...METRICS, ...ERRORS, ...MODELS, ...DATA];

/** Words of a start command that put an agent around the program. */
export const WRAPPERS: readonly (readonly [name: string, words: RegExp])[] = [
  ["OpenTelemetry", /\bopentelemetry-instrument\b/],
  ["Datadog", /\bddtrace-run\b/],
  ["New Relic", /\bnewrelic-admin\b/],
  ["Elastic APM", /\belasticapm-run\b/],
  ["Scout", /\bscout-apm\b/],
];

/** Annotations and objects by which a cluster watches without the code. */
export const CLUSTER: readonly (readonly [name: string, text: RegExp])[] = [
  ["OpenTelemetry's operator", /instrumentation\.opentelemetry\.io\/inject-(python|sdk)/],
  ["Datadog's admission controller", /admission\.datadoghq\.com\/(enabled|python-lib)/],
  [
    "Istio",
    /istio-injection["']?:[ \t]*["']?enabled|sidecar\.istio\.io\/inject["']?:[ \t]*["']?true|apiVersion:[ \t]*["']?(networking|telemetry)\.istio\.io/,
  ],
  ["Linkerd", /linkerd\.io\/inject["']?:[ \t]*["']?enabled/],
];
