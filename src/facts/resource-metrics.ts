import { dependencies, runtimeOf } from "./dependencies.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { type MonitoringSign, monitoring } from "./monitoring.ts";

/** A library by which the code measures itself. */
export interface MetricsLibrary {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** What it reports by itself; `process`: the resources of its own process alone. */
  readonly reports: "resources" | "queues" | "process" | "requests";
}

const RESOURCES =
  /^(ddtrace|datadog|newrelic|elastic-apm|scout-apm|opentelemetry-instrumentation-system-metrics|azure-monitor-opentelemetry|celery-exporter|appsignal|instana|dynatrace)$/;
const PROCESS =
  /^(prometheus-client|django-prometheus|prometheus-fastapi-instrumentator|prometheus-flask-exporter|starlette-exporter|starlette-prometheus|aioprometheus|opentelemetry-exporter-prometheus)$/;
const REQUESTS =
  /^(statsd|django-statsd|aws-embedded-metrics|opencensus-ext-azure|applicationinsights|pystatsd|markus|datadog-lambda)$/;

/** What needs the client of Prometheus for itself: a list of all that is installed then says nothing of the code. */
const BRINGS_CLIENT = /^(flower|notebook|jupyter-server|jupyterlab|jupyterhub|jupyter|ray|vllm|mlflow|locust)$/;

export interface ResourceMetrics {
  readonly libraries: readonly MetricsLibrary[];
  readonly signs: readonly MonitoringSign[];
  /** Why files that watch may have been missed. */
  readonly missed: string | undefined;
  /** Manifests that could not be read. */
  readonly unread: readonly UnreadFile[];
}

/** The libraries that measure, and what the infrastructure says it measures. */
export const resourceMetrics = defineFact({
  spans: "repository",
  uses: { dependencies, monitoring },
  combine: ({ uses }): ResourceMetrics => {
    const runtime = runtimeOf(uses.dependencies);
    const names = [...runtime.keys()].filter(
      (name, _index, all) => name !== "prometheus-client" || !all.some((other) => BRINGS_CLIENT.test(other)),
    );
    const measures = names.some((name) => PROCESS.test(name) || REQUESTS.test(name));
    const reportOf = (name: string): MetricsLibrary["reports"] | undefined => {
      if (RESOURCES.test(name) || (name === "psutil" && measures)) return "resources";
      if (name === "flower") return "queues";
      if (PROCESS.test(name)) return "process";
      return REQUESTS.test(name) ? "requests" : undefined;
    };
    return {
      libraries: names.flatMap((name): readonly MetricsLibrary[] => {
        const [reports, place] = [reportOf(name), runtime.get(name)];
        return reports && place ? [{ name, path: place.path, line: place.line, reports }] : [];
      }),
      signs: uses.monitoring.signs,
      missed: uses.monitoring.missed,
      unread: uses.dependencies.unread,
    };
  },
});
