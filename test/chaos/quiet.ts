import { setTimeout as wait } from "node:timers/promises";
import { acknowledgement } from "./invariants/acknowledgement.ts";
import { convergence, noOrphan } from "./invariants/convergence.ts";
import type { Evidence } from "./invariants/evidence.ts";

const LOOK_AGAIN_MS = 250;
const MINUTE_MS = 60_000;

/**
 * Waits until nothing is queued and every head has what it deserves.
 * @returns what is not as it should be when the time is over
 */
export async function whenQuiet(evidence: Evidence, withinMs: number): Promise<readonly string[]> {
  const startedAt = Date.now();
  for (;;) {
    const left = await unrest(evidence);
    if (left.length === 0) return [];
    if (Date.now() > Math.max(startedAt, lastLimit(evidence)) + withinMs)
      return [...(await wrongIn(evidence)), ...left, ...(await queueOf(evidence))].map(
        (what) => `after ${withinMs / 1000} s: ${what}`,
      );
    await wait(LOOK_AGAIN_MS);
  }
}

/** Heads are looked at only where nothing is queued: there may be thousands of them. */
async function unrest(evidence: Evidence): Promise<readonly string[]> {
  const queued = await evidence.cluster
    .ask("select lane from pyready.lanes where kind in ('review', 'command') limit 9")
    .catch(() => [{ lane: "the store cannot be asked" }]);
  return queued.length > 0 ? queued.map(({ lane }) => `${lane} is queued`) : wrongIn(evidence);
}

async function wrongIn(evidence: Evidence): Promise<readonly string[]> {
  const wrong = await Promise.all([convergence, noOrphan, acknowledgement].map(({ problems }) => problems(evidence)));
  return [...new Set(wrong.flat())];
}

/** When the last limit ended that GitHub told of; one that was not told counts a minute. */
function lastLimit({ sandbox }: Evidence): number {
  const until = Math.max(0, ...sandbox.requests.map(({ limited }) => limited?.until ?? 0));
  return Math.min(until, Date.now() + MINUTE_MS);
}

/** What waits, and for what. */
async function queueOf({ cluster }: Evidence): Promise<readonly string[]> {
  const rows = await cluster
    .ask(
      `select repository_id, lane, kind, attempts, failures, faults, priority,
         round(extract(epoch from now() - queued_at)) as age,
         round(extract(epoch from not_before - now())) as wait,
         round(extract(epoch from lease_until - now())) as lease,
         request ->> 'headSha' as head
       from pyready.lanes limit 20`,
    )
    .catch(() => []);
  return rows.map((row) => `queued: ${JSON.stringify(row)}`);
}
