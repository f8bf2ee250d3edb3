import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { GithubAnswer } from "../github/observed-fetch.ts";
import type { Ending } from "../jobs/run-work.ts";
import type { QueueState } from "../store/queue-state.ts";
import { lowestBudgets } from "./lowest-budgets.ts";
import { addQueueMetrics } from "./queue-metrics.ts";

/** What the metrics ask when they are read. */
export interface MetricsSources {
  readonly role: string;
  readonly ruleSet: string;
  readonly version: string;
  /** The queue in the store. */
  queue(): Promise<QueueState>;
  droppedLogLines(): number;
  /** Milliseconds for which no work is taken, because GitHub answers nobody. */
  githubPauseMs(): number;
}

export type Metrics = ReturnType<typeof createMetrics>;

/** Names from outside become labels only where they are known: whoever sends may choose any. */
const EVENTS = new Set([
  "check_run",
  "check_suite",
  "installation",
  "installation_repositories",
  "issue_comment",
  "merge_group",
  "ping",
  "pull_request",
  "push",
  "repository",
]);
const QUICK = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const SLOW = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const WAITED = [0.5, 1, 5, 15, 60, 300, 900, 3600, 4 * 3600, 24 * 3600];

/**
 * What the server tells Prometheus. No label names an installation, a repository or anything else that
 * there may be many of.
 */
export function createMetrics(sources: MetricsSources) {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name: `pyready_${name}`, help, labelNames: [...labelNames], registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    buckets: readonly number[],
    labelNames: readonly Label[] = [],
  ) => new Histogram({ name: `pyready_${name}`, help, buckets: [...buckets], labelNames: [...labelNames], registers });
  const gauge = (name: string, help: string, labelNames: readonly string[], collect: (gauge: Gauge) => void) =>
    new Gauge({
      name: `pyready_${name}`,
      help,
      labelNames: [...labelNames],
      registers,
      collect() {
        collect(this);
      },
    });

  const deliveries = counter("deliveries_total", "Deliveries by event and answer", ["event", "status"]);
  const acknowledged = histogram("delivery_seconds", "Time to the answer of a delivery that was accepted", QUICK);
  const jobs = counter("jobs_total", "Claims of work by kind and outcome", ["kind", "outcome"]);
  const waits = histogram("job_wait_seconds", "Age of work when it was first taken", WAITED, ["kind"]);
  const stages = histogram("review_seconds", "Duration of reviews that ended well, by stage", SLOW, ["stage"]);
  const failures = counter("failures_total", "What kept work from being done, by kind", ["kind"]);
  const requests = counter("github_requests_total", "Requests to GitHub by kind and status", ["kind", "status"]);
  const answers = histogram("github_request_seconds", "Time to GitHub's answer", QUICK, ["kind"]);
  const publications = counter("publications_total", "Writes to GitHub by kind and result", ["kind", "result"]);
  const lostWorkers = counter("python_workers_lost_total", "Threads lost to source that took too much");
  const storeErrors = counter("store_errors_total", "Statements that the store did not answer");
  const statements = histogram("store_seconds", "Duration of statements of the store", QUICK);
  const budgets = lowestBudgets();

  gauge("build_info", "Version, rule set and role; always 1", ["version", "rule_set", "role"], (info) => {
    info.set({ version: sources.version, rule_set: sources.ruleSet, role: sources.role }, 1);
  });
  new Counter({
    name: "pyready_log_lines_dropped_total",
    help: "Lines of log that nobody took",
    registers,
    collect() {
      this.reset();
      this.inc(sources.droppedLogLines());
    },
  });
  gauge(
    "github_budget_remaining_ratio",
    "Least share of an hour's budget left to any installation",
    ["resource"],
    (ratio) => {
      ratio.reset();
      for (const [resource, share] of budgets.lowest()) ratio.set({ resource }, share);
    },
  );
  gauge("github_pause_seconds", "For so long no work is taken, because GitHub answers nobody", [], (pause) => {
    pause.set(sources.githubPauseMs() / 1000);
  });
  addQueueMetrics(register, sources.queue);

  function appAnswered({ kind, status, seconds }: GithubAnswer): void {
    requests.inc({ kind, status: status === null ? "none" : `${Math.floor(status / 100)}xx` });
    answers.observe({ kind }, seconds);
  }

  return {
    contentType: register.contentType,
    /** Everything in Prometheus' text format. */
    text: () => register.metrics(),
    /** What there is to read, by name, kind and labels. */
    described: () =>
      register.getMetricsAsArray().map((metric) => {
        const { labelNames = [] } = metric as { readonly labelNames?: readonly string[] };
        return { name: metric.name, type: String(metric.type), labels: labelNames };
      }),

    delivered(event: string | null, status: number, seconds: number): void {
      deliveries.inc({ event: event !== null && EVENTS.has(event) ? event : "other", status });
      if (status === 202) acknowledged.observe(seconds);
    },
    jobEnded({ kind, outcome, attempt, waitedSeconds }: Ending): void {
      jobs.inc({ kind, outcome });
      if (attempt === 1) waits.observe({ kind }, waitedSeconds);
    },
    reviewed(secondsByStage: Readonly<Record<string, number>>): void {
      for (const [stage, seconds] of Object.entries(secondsByStage)) stages.observe({ stage }, seconds);
    },
    failed(kind: string): void {
      failures.inc({ kind });
    },
    answered(installationId: number, answer: GithubAnswer): void {
      appAnswered(answer);
      if (answer.budget) budgets.learn(installationId, answer.budget);
    },
    /** The App's own budget is another one, and never short. */
    appAnswered,
    published(kind: string, result: string): void {
      publications.inc({ kind, result });
    },
    workerLost(): void {
      lostWorkers.inc();
    },
    storeAnswered(seconds: number, isError: boolean): void {
      statements.observe(seconds);
      if (isError) storeErrors.inc();
    },
  };
}
