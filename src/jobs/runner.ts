import { setTimeout as wait } from "node:timers/promises";
import type { ClaimedWork, Lanes, Standing } from "../store/lanes.ts";
import { Gone, LaneLost, Parked, PassingFault } from "./outcomes.ts";

/** A piece of work as its handler gets it. */
export interface Job<Request = unknown> {
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

export interface RunnerSettings {
  readonly lanes: Pick<Lanes, "claim" | "renew" | "finish" | "release" | "bury">;
  readonly handlers: Readonly<Record<string, Handler<never>>>;
  /** Jobs of this process at a time. */
  readonly places: number;
  /** Seconds before the first repetition; it doubles with each, up to five minutes. */
  readonly retrySeconds: number;
  onEnd(ending: Ending): void;
  /** The store could not be asked. */
  onStoreError(error: unknown): void;
  /** Milliseconds for which nothing should be taken, because GitHub answers nobody; 0 where it does. */
  pauseMs?(): number;
}

export interface Runner {
  /** Looks for work at once: some was added. */
  wake(): void;
  /** Takes nothing more; running jobs have this long to finish, then they are handed back. */
  stop(milliseconds: number): Promise<void>;
}

const POLL_MS = 500;
const RENEW_MS = 5000;
const ATTEMPTS = 6;
/** Attempts to say that the work was given up. */
const LAST_WORDS = 6;
const MAX_PAUSE_SECONDS = 300;
/** So long a passing fault is waited for. */
const PATIENCE_SECONDS = 24 * 3600;

/** Takes work off the lanes and runs it, some pieces at a time, never two of one lane. */
export function startRunner(settings: RunnerSettings): Runner {
  const { lanes, places } = settings;
  const running = new Map<Promise<void>, ClaimedWork>();
  const perTenant = Math.max(1, Math.floor(places / 2));
  let isStopping = false;
  let ring = (): void => {};

  const busy = (): readonly number[] => {
    const counts = Map.groupBy(running.values(), ({ installationId }) => installationId);
    return [...counts].flatMap(([id, held]) => (held.length >= perTenant ? [id] : []));
  };

  /** Takes what there are places for. @returns whether there may be more. */
  async function take(): Promise<boolean> {
    const free = places - running.size;
    if (free === 0) return false;
    const taken = await lanes.claim(free, busy());
    for (const work of taken) {
      const ended = runOne(settings, work).finally(() => {
        running.delete(ended);
        ring();
      });
      running.set(ended, work);
    }
    return taken.length > 0;
  }

  async function loop(): Promise<void> {
    while (!isStopping) {
      const rung = new Promise<void>((resolve) => {
        ring = resolve;
      });
      const pause = settings.pauseMs?.() ?? 0;
      try {
        if (pause === 0 && (await take())) continue;
      } catch (error) {
        settings.onStoreError(error);
      }
      await Promise.race([rung, wait(Math.max(POLL_MS, pause), undefined, { ref: false })]);
    }
  }
  const looping = loop();

  return {
    wake: () => ring(),
    async stop(milliseconds) {
      isStopping = true;
      ring();
      await looping;
      await Promise.race([Promise.all(running.keys()), wait(milliseconds, undefined, { ref: false })]);
      // What is not finished is taken up by another process at once; this one finds its lane lost.
      const handBack = [...running.values()].map((work) =>
        lanes.release(work, { seconds: 0, attempts: work.attempts - 1, faults: work.faults }),
      );
      await Promise.allSettled(handBack);
    },
  };
}

/** Runs one piece of work to an ending; never rejects. */
async function runOne(settings: RunnerSettings, work: ClaimedWork): Promise<void> {
  const { lanes, handlers } = settings;
  const startedAt = performance.now();
  const isLastWord = work.attempts > ATTEMPTS || work.waitedSeconds > PATIENCE_SECONDS;
  const handler = handlers[work.kind] as Handler | undefined;
  let isLost = false;
  const job: Job = {
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
    const { kind, installationId, repositoryId, reviewId, attempts, waitedSeconds } = work;
    const milliseconds = performance.now() - startedAt;
    const about = { kind, installationId, repositoryId, reviewId, attempt: attempts, outcome, waitedSeconds };
    settings.onEnd({ ...about, milliseconds, ...(error === undefined ? {} : { error }) });
  };
  try {
    // A kind that this version does not know waits for one that does.
    if (!handler) throw new PassingFault(`nothing here runs jobs of the kind ${work.kind}`);
    await (isLastWord ? handler.giveUp(job) : handler.run(job));
    await lanes.finish(work);
    end(isLastWord ? "given up" : "done");
  } catch (error) {
    await settle(settings, work, error, end).catch((storeError: unknown) => {
      // The lease runs out, and somebody takes it up.
      settings.onStoreError(storeError);
      end("lost", error);
    });
  } finally {
    clearInterval(renewing);
  }
}

/** Puts the work back, or ends it, by what went wrong. */
async function settle(
  { lanes, retrySeconds }: RunnerSettings,
  work: ClaimedWork,
  error: unknown,
  end: (outcome: Ending["outcome"], error?: unknown) => void,
): Promise<void> {
  const { attempts, faults } = work;
  if (error instanceof LaneLost) return end("lost");
  if (error instanceof Gone) {
    await lanes.finish(work);
    return end("gone", error);
  }
  if (error instanceof Parked) {
    const seconds = Math.max(0.2, (error.until.getTime() - Date.now()) / 1000);
    await lanes.release(work, { seconds, attempts: attempts - 1, faults });
    return end("parked", error);
  }
  if (error instanceof PassingFault) {
    await lanes.release(work, { seconds: pauseOf(retrySeconds, faults), attempts: attempts - 1, faults: faults + 1 });
    return end("passing", error);
  }
  if (attempts >= ATTEMPTS + LAST_WORDS) {
    await lanes.bury(work, nameOf(error));
    return end("buried", error);
  }
  await lanes.release(work, { seconds: pauseOf(retrySeconds, attempts - 1), attempts, faults });
  end("failed", error);
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
