import { setTimeout as wait } from "node:timers/promises";
import type { ClaimedWork, Lanes, Standing } from "../store/lanes.ts";
import { Gone, Hopeless, LaneLost, Overdue, Parked, PassingFault } from "./outcomes.ts";

/** A piece of work as its handler gets it. */
export interface Job<Request = unknown> {
  /** 0 for work of the App itself. */
  readonly installationId: number;
  readonly request: Request;
  readonly reviewId: string;
  readonly generation: number;
  readonly fence: number;
  readonly priority: ClaimedWork["priority"];
  /**
   * Proves before a write that the lane is still this job's, and tells what waits in it.
   * @throws LaneLost where another process has it.
   */
  standing(): Promise<Standing>;
}

/** What runs the jobs of one kind. */
export interface Handler<Request = unknown> {
  run(job: Job<Request>): Promise<void>;
  /** Called when the last attempt failed: says so where people look. */
  giveUp(job: Job<Request>): Promise<void>;
}

/** What became of one claim; for logs and metrics. */
export interface Ending {
  readonly kind: string;
  readonly installationId: number;
  readonly repositoryId: number;
  readonly reviewId: string;
  readonly attempt: number;
  readonly outcome: "done" | "gone" | "parked" | "passing" | "failed" | "given up" | "buried" | "lost";
  readonly error?: unknown;
  readonly milliseconds: number;
  /** Seconds that it waited before it was taken. */
  readonly waitedSeconds: number;
}

/** What running one piece of work needs. */
export interface WorkSettings {
  readonly lanes: Pick<Lanes, "renew" | "finish" | "release" | "bury">;
  readonly handlers: Readonly<Record<string, Handler<never>>>;
  /** Seconds before the first repetition; it doubles with each, up to a minute. */
  readonly retrySeconds: number;
  /** A job that takes longer hangs: its place is needed, and its lane by somebody who goes on. */
  readonly longestMs?: number;
  onEnd(ending: Ending): void;
  /** The store could not be asked. */
  onStoreError(error: unknown): void;
}

const RENEW_MS = 5000;
const LONGEST_MS = 15 * 60_000;
/** Failures before the work is given up. */
const ATTEMPTS = 6;
/** Processes that may die with the work: not every one dies of it. */
const DEATHS = 12;
const MAX_PAUSE_SECONDS = 60;
/** Passing faults that are waited for before the work is given up: a day of them. */
const PATIENCE = 1440;

/** Runs one piece of work to an ending; never rejects. */
export async function runWork(settings: WorkSettings, work: ClaimedWork): Promise<void> {
  const { lanes, handlers, longestMs = LONGEST_MS } = settings;
  const startedAt = performance.now();
  const spent = exhaustion(work);
  const isLastWord = spent >= 1;
  const handler = handlers[work.kind] as Handler | undefined;
  let isLost = false;
  const job: Job = {
    installationId: work.installationId,
    request: work.request,
    reviewId: work.reviewId,
    generation: work.generation,
    fence: work.fence,
    priority: work.priority,
    async standing() {
      const standing = isLost ? undefined : await lanes.renew(work);
      isLost ||= standing === undefined;
      if (!standing) throw new LaneLost("another process has the lane");
      return standing;
    },
  };
  // A store that cannot be reached for a moment is not a lane lost: the next write asks again.
  const renewing = setInterval(() => void job.standing().catch(() => {}), RENEW_MS);
  const end = (outcome: Ending["outcome"], error?: unknown): void => {
    const { kind, installationId, repositoryId, reviewId, attempts, failures, waitedSeconds } = work;
    const milliseconds = performance.now() - startedAt;
    const about = {
      kind,
      installationId,
      repositoryId,
      reviewId,
      attempt: failures + attempts,
      outcome,
      waitedSeconds,
    };
    settings.onEnd({ ...about, milliseconds, ...(error === undefined ? {} : { error }) });
  };
  try {
    if (spent >= 2) throw new Error("processes die even of giving it up");
    // A kind that this version does not know waits for one that does.
    if (!handler) throw new PassingFault(`nothing here runs jobs of the kind ${work.kind}`);
    await within(longestMs, isLastWord ? handler.giveUp(job) : handler.run(job));
    await lanes.finish(work);
    end(isLastWord ? "given up" : "done");
  } catch (error) {
    // Whatever of it still goes on may write nothing more.
    isLost = true;
    await settle(settings, work, error, end).catch((storeError: unknown) => {
      // The lease runs out, and somebody takes it up.
      settings.onStoreError(storeError);
      end("lost", error);
    });
  } finally {
    clearInterval(renewing);
  }
}

/** @throws Overdue when the time is over first. */
async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const inTime = new AbortController();
  const overdue = wait(milliseconds, undefined, { ref: false, signal: inTime.signal }).then(() => {
    throw new Overdue("the job took too long");
  });
  await Promise.race([work, overdue]).finally(() => {
    overdue.catch(() => {});
    inTime.abort();
  });
}

/** How far what work is allowed is used up: 1 when it is given up, 2 when even saying so was tried as often. */
function exhaustion({ attempts, failures, faults }: ClaimedWork): number {
  return Math.floor(Math.max(failures / ATTEMPTS, (attempts - 1) / DEATHS, faults / PATIENCE));
}

/** Puts the work back, or ends it, by what went wrong. */
async function settle(
  { lanes, retrySeconds }: WorkSettings,
  work: ClaimedWork,
  error: unknown,
  end: (outcome: Ending["outcome"], error?: unknown) => void,
): Promise<void> {
  const { failures, faults } = work;
  if (error instanceof LaneLost) return end("lost");
  if (error instanceof Gone) {
    await lanes.finish(work);
    return end("gone", error);
  }
  if (error instanceof Parked) {
    const seconds = Math.max(0.2, (error.until.getTime() - Date.now()) / 1000);
    await lanes.release(work, { seconds, failures, faults });
    return end("parked", error);
  }
  const isPassing = error instanceof PassingFault;
  const cost = error instanceof Hopeless ? ATTEMPTS / 2 : 1;
  const next = isPassing ? { failures, faults: faults + 1 } : { failures: failures + cost, faults };
  if (exhaustion({ ...work, ...next }) >= 2) {
    await lanes.bury(work, nameOf(error));
    return end("buried", error);
  }
  await lanes.release(work, { ...next, seconds: pauseOf(retrySeconds, isPassing ? faults : failures) });
  end(isPassing ? "passing" : "failed", error);
}

/** Doubles with each time, with a tenth of chance in it, so that what failed together does not come back together. */
function pauseOf(first: number, before: number): number {
  return Math.min(MAX_PAUSE_SECONDS, first * 2 ** before) * (0.9 + 0.2 * Math.random());
}

/** The kind of an error: its message may hold what GitHub sent. */
function nameOf(error: unknown): string {
  const { name, status } = error as { name?: string; status?: number };
  return `${name ?? "error"} ${status ?? ""}`.trim();
}
