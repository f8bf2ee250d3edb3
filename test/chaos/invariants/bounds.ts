import type { Invariant } from "./evidence.ts";

/** What the product may hold at most; the figure is for repositories of all sizes. */
const MAX_MB = 512;

/** Work ends, and costs no more and more. */
export const bounds: Invariant = {
  id: "I9",
  claim: "the queue is empty in the end, nothing is buried silently, and no process holds over 512 MB",
  async problems({ cluster, sandbox }) {
    // What came since all was quiet, of a look that nobody waited for, is none of it.
    const left = await cluster.ask(
      `select lane, kind from pyready.lanes
       where kind in ('review', 'command') and queued_at < now() - interval '30 seconds'`,
    );
    const dead = await cluster.ask("select lane, reason from pyready.dead");
    return [
      ...left.map(({ kind, lane }) => `the ${kind} of ${lane} is still queued`),
      ...dead.map(({ lane, reason }) => `the work of ${lane} is buried: ${reason}`),
      ...cluster.everyone
        .filter((replica) => replica.measure() > MAX_MB)
        .map(({ role, peakMb }) => `a ${role} held ${Math.round(peakMb)} MB`),
      ...cluster.everyone.flatMap(({ collapses }) => collapses),
      ...new Set(sandbox.violations.map((violation) => `against GitHub's description: ${violation}`)),
    ];
  },
};
