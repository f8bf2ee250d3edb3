import type { Replica } from "../replica.ts";
import { type Chaos, type Fault, nothing } from "./fault.ts";

/** A lease that nobody renews runs out after this. */
const LEASE_MS = 20_000;

/** What happens to the processes. */
export const processFaults: readonly Fault[] = [
  killedAt("after-claim", "before", "GET", /\/pulls\/\d+$/),
  killedAt("after-fetch", "after commit", "POST", /\/graphql$/),
  killedAt("before-run-is-made", "before", "POST", /\/check-runs$/),
  killedAt("after-run-is-made", "after commit", "POST", /\/check-runs$/),
  killedAt("after-run-is-updated", "after commit", "PATCH", /\/check-runs\/\d+$/),
  killedAt("after-comment-is-made", "after commit", "POST", /\/issues\/\d+\/comments$/),
  killedAt("after-comment-is-updated", "after commit", "PATCH", /\/issues\/comments\/\d+$/),
  killedAt("after-reaction", "after commit", "POST", /\/reactions$/),
  {
    name: "kill-anybody",
    proves: [11],
    begin({ cluster, random }, met) {
      for (const replica of random.sample(cluster.replicas, random.between(1, cluster.replicas.length))) {
        replica.kill();
        met();
      }
      return nothing;
    },
  },
  {
    name: "freeze-workers",
    proves: [13],
    begin({ cluster, wakings }, met) {
      const frozen = cluster.workers.slice(0, 1);
      for (const worker of frozen) worker.freeze();
      met();
      return () => {
        wakings.push(Date.now());
        for (const worker of frozen) worker.thaw();
      };
    },
  },
  {
    name: "freeze-longer-than-a-lease",
    proves: [13, 14],
    isAlone: true,
    begin: (chaos, met) =>
      frozenAt(chaos, "POST", /\/check-runs$/, (sleeper) => {
        met();
        setTimeout(() => {
          chaos.wakings.push(Date.now());
          sleeper.thaw();
        }, LEASE_MS + 4000);
      }),
  },
  {
    name: "rolling-upgrade",
    proves: [12],
    async begin({ cluster }, met) {
      for (const replica of cluster.replicas) {
        const { code, milliseconds } = await replica.replace();
        met();
        if (code !== 0 || milliseconds > 25_000)
          throw new Error(`SIGTERM: a ${replica.role} ended with ${code} after ${Math.round(milliseconds)} ms`);
        await replica.started;
      }
      return nothing;
    },
  },
  {
    name: "the-release-before-works-beside",
    proves: [12, 34, 54],
    needsBefore: true,
    async begin({ cluster, before }, met) {
      const added = [await cluster.add("worker", before), await cluster.add("web", before)];
      const leaving = cluster.replicas.filter((one) => !added.includes(one)).slice(0, 1);
      for (const replica of leaving) await cluster.remove(replica);
      met();
      return async () => {
        await Promise.all(leaving.map(({ role }) => cluster.add(role)));
        for (const replica of added) await cluster.remove(replica);
      };
    },
  },
  {
    name: "more-and-fewer-replicas",
    proves: [50],
    async begin({ cluster }, met) {
      const added = [await cluster.add("worker"), await cluster.add("worker"), await cluster.add("web")];
      met();
      return async () => {
        for (const replica of added) await cluster.remove(replica);
      };
    },
  },
  {
    name: "nobody-reads-the-log",
    proves: [55],
    begin({ cluster }, met) {
      for (const replica of cluster.replicas) replica.deafen();
      met();
      return nothing;
    },
  },
];

/** Kills whoever makes such a request, at that very point: before it takes effect, or before it is answered. */
function killedAt(step: string, phase: "before" | "after commit", method: string, path: RegExp): Fault {
  return {
    name: `kill-${step}`,
    proves: [11],
    begin: ({ sandbox, cluster, random }, met) =>
      sandbox.on({ method, path, after: random.between(0, 1), times: random.between(1, 2) }, phase, (request) => {
        const victim = cluster.ownerOf(request.peerPort);
        victim?.kill();
        if (victim) met();
      }),
  };
}

function frozenAt({ sandbox, cluster }: Chaos, method: string, path: RegExp, then: (sleeper: Replica) => void) {
  return sandbox.on({ method, path, times: 1 }, "before", (request) => {
    const sleeper = cluster.ownerOf(request.peerPort);
    sleeper?.freeze();
    if (sleeper) then(sleeper);
  });
}
