import type { Logger } from "pino";
import type { GithubAnswer } from "../github/observed-fetch.ts";
import type { Ending } from "../jobs/run-work.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { failureKindOf, nameOf } from "./failures.ts";
import type { Metrics } from "./metrics.ts";
import { Stopwatch } from "./stopwatch.ts";

/** What each write to GitHub is counted as. */
const WRITES: ReadonlyMap<PropertyKey, readonly [kind: string, result: string]> = new Map([
  ["createCheckRun", ["check_run", "created"]],
  ["updateCheckRun", ["check_run", "updated"]],
  ["createComment", ["comment", "created"]],
  ["updateComment", ["comment", "updated"]],
  ["deleteComment", ["comment", "deleted"]],
  ["react", ["reaction", "created"]],
  ["makeBranch", ["branch", "created"]],
  ["openPullRequest", ["pull_request", "created"]],
  ["closePullRequest", ["pull_request", "closed"]],
  ["review", ["suggestions", "created"]],
]);

export type ReviewWatch = ReturnType<typeof watchReviews>;

/** Tells log and metrics what becomes of reviews and commands: ids, kinds, times; never what they are about. */
export function watchReviews(log: Logger, metrics: Metrics) {
  const running = new Map<
    string,
    { readonly fetch: Stopwatch; readonly judge: Stopwatch; readonly publish: Stopwatch }
  >();

  return {
    /** The parts of one review, timed and counted. */
    of(installationId: number, reviewId: string) {
      const stages = { fetch: new Stopwatch(), judge: new Stopwatch(), publish: new Stopwatch() };
      running.set(reviewId, stages);
      return {
        answered(answer: GithubAnswer): void {
          const { kind, status, seconds } = answer;
          metrics.answered(installationId, answer);
          log.debug(
            { installation: installationId, review: reviewId, kind, status, milliseconds: inMs(seconds) },
            "github",
          );
        },
        judging: <Result>(work: () => Promise<Result>): Promise<Result> => stages.judge.time(work),
        fetching: <Result>(work: () => Promise<Result>): Promise<Result> => stages.fetch.time(work),
        fetchedBy: (snapshot: Snapshot): Snapshot => ({
          ...snapshot,
          read: (entries, scan) => stages.fetch.time(() => snapshot.read(entries, scan)),
        }),
        publishing: <Writer extends object>(writer: Writer): Writer => counted(writer, stages.publish, metrics),
      };
    },

    /** A delivery was refused, because what it asks for could not be stored. */
    notStored(delivery: string, error: unknown): void {
      // Probot gathers what went wrong in its handlers.
      const cause = error instanceof AggregateError ? error.errors[0] : error;
      metrics.failed(failureKindOf(cause) ?? "defect");
      log.error({ delivery, ...nameOf(cause) }, "a delivery could not be stored");
    },

    storeFailed(error: unknown): void {
      log.warn(nameOf(error), "the store could not be asked for work");
    },

    failed(error: unknown): void {
      const kind = failureKindOf(error);
      if (kind) metrics.failed(kind);
    },

    ended(ending: Ending): void {
      const { installationId, repositoryId, reviewId, error, milliseconds, waitedSeconds, ...rest } = ending;
      const stages = running.get(reviewId);
      running.delete(reviewId);
      const seconds = stages && stages.judge.seconds > 0 ? secondsOf(stages) : undefined;
      metrics.jobEnded(ending);
      if (seconds && ending.outcome === "done") metrics.reviewed({ ...seconds, total: milliseconds / 1000 });
      const ids = { installation: installationId, repository: repositoryId, review: reviewId };
      const times = {
        milliseconds: Math.round(milliseconds),
        ...(seconds && Object.fromEntries(Object.entries(seconds).map(([stage, taken]) => [stage, inMs(taken)]))),
        waited: Math.round(waitedSeconds),
      };
      const isBad = ending.outcome === "failed" || ending.outcome === "given up" || ending.outcome === "buried";
      const cause = error === undefined ? {} : nameOf(error);
      log[isBad ? "warn" : "info"]({ ...ids, ...rest, ...times, ...cause }, "job");
    },
  };
}

/** Files are fetched while they are judged: what one waited for the other is the other's. */
function secondsOf({
  fetch,
  judge,
  publish,
}: {
  readonly fetch: Stopwatch;
  readonly judge: Stopwatch;
  readonly publish: Stopwatch;
}) {
  return { fetch: fetch.seconds, judge: Math.max(0, judge.seconds - fetch.seconds), publish: publish.seconds };
}

function inMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

function counted<Writer extends object>(writer: Writer, stage: Stopwatch, metrics: Metrics): Writer {
  return new Proxy(writer, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== "function") return method;
      return (...parameters: readonly unknown[]) =>
        stage.time(async () => {
          const write = WRITES.get(name);
          try {
            const answer: unknown = await method.apply(target, parameters);
            if (write) metrics.published(...write);
            return answer;
          } catch (error) {
            if (write) metrics.published(write[0], "failed");
            throw error;
          }
        });
    },
  });
}
