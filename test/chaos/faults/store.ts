import { setTimeout as wait } from "node:timers/promises";
import { type Fault, nothing } from "./fault.ts";

/** From now on PostgreSQL answers every row that is to be written as it does when its disk is full. */
const FILL = `do $fill$ declare place text; begin
  create function pyready.disk_is_full() returns trigger language plpgsql as
    'begin raise exception ''could not extend file: No space left on device'' using errcode = ''53100''; end';
  for place in select tablename from pg_tables where schemaname = 'pyready' loop
    execute format('create trigger full_disk before insert or update on pyready.%I
      for each row execute function pyready.disk_is_full()', place);
  end loop;
end $fill$`;
const EMPTY = "drop function pyready.disk_is_full() cascade";

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
    name: "store-is-full",
    proves: [10],
    happensAtItsEnd: true,
    async begin({ sandbox, cluster, outages }, met) {
      await cluster.ask(FILL);
      const outage = { from: Date.now(), to: Number.POSITIVE_INFINITY };
      outages.push(outage);
      return async () => {
        outage.to = Date.now();
        await cluster.ask(EMPTY);
        const refused = sandbox.postman.attempts.filter(({ at, status }) => at > outage.from && status === 503);
        for (const _ of refused) met();
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
