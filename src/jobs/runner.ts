import { setTimeout as wait } from "node:timers/promises";
import type { ClaimedWork, Lanes } from "../store/lanes.ts";
import { runWork, type WorkSettings } from "./run-work.ts";

export interface RunnerSettings extends WorkSettings {
  readonly lanes: Pick<Lanes, "claim" | "renew" | "finish" | "release" | "bury">;
  /** Jobs of this process at a time. */
  readonly places: number;
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
/** A store that does not answer is not waited for when the process ends: leases run out by themselves. */
const HAND_BACK_MS = 2000;

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
      const ended = runWork(settings, work).finally(() => {
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
      const drained = looping.then(() => Promise.all(running.keys()));
      await Promise.race([drained, wait(milliseconds, undefined, { ref: false })]);
      // What is not finished is taken up by another process at once; this one finds its lane lost.
      const handBack = [...running.values()].map((work) =>
        lanes.release(work, { seconds: 0, failures: work.failures, faults: work.faults }),
      );
      await Promise.race([Promise.allSettled(handBack), wait(HAND_BACK_MS, undefined, { ref: false })]);
    },
  };
}
