import { setTimeout as wait } from "node:timers/promises";
import { type Fault, nothing } from "./fault.ts";

/** What happens to the store. */
export const storeFaults: readonly Fault[] = [
  {
    name: "store-restarts",
    proves: [9],
    begin({ postgres }, met) {
      postgres.stop();
      postgres.start();
      met();
      return nothing;
    },
  },
  {
    name: "store-is-down",
    proves: [8, 9],
    begin({ postgres, outages }, met) {
      postgres.stop();
      const outage = { from: Date.now(), to: Number.POSITIVE_INFINITY };
      outages.push(outage);
      met();
      return () => {
        outage.to = Date.now();
        postgres.start();
      };
    },
  },
  {
    name: "store-hangs",
    proves: [10],
    isAlone: true,
    async begin({ cluster, outages }, met) {
      for (const replica of cluster.replicas) replica.weather = "silent";
      const outage = { from: Date.now(), to: Number.POSITIVE_INFINITY };
      outages.push(outage);
      met();
      return async () => {
        await wait(30_000);
        outage.to = Date.now();
        for (const replica of cluster.replicas) replica.weather = "fine";
      };
    },
  },
  {
    name: "worker-is-cut-off-the-store",
    proves: [50],
    begin({ cluster }, met) {
      const lost = cluster.workers.slice(0, 1);
      for (const worker of lost) worker.weather = "cut";
      met();
      return () => {
        for (const worker of lost) worker.weather = "fine";
      };
    },
  },
  {
    name: "worker-hears-nothing-of-the-store",
    proves: [50, 13],
    begin({ cluster }, met) {
      const lost = cluster.workers.slice(0, 1);
      for (const worker of lost) worker.weather = "silent";
      met();
      return () => {
        for (const worker of lost) worker.weather = "fine";
      };
    },
  },
];
