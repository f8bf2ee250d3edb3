import type { Database } from "./database.ts";

/** A delivery that failed: an event, by the attempt that failed last. */
export interface FailedAttempt {
  readonly guid: string;
  readonly id: number;
}

/** What is remembered of reading the App's log of deliveries. */
export function sweepsIn(database: Database) {
  return {
    /**
     * Begins a sweep, unless one began less than so many seconds ago, here or in another process.
     * @returns up to when the last one read; undefined when it is not due
     */
    async beginSweep(name: string, seconds: number): Promise<{ readonly readTo: Date | undefined } | undefined> {
      const [row] = await database.query(
        `insert into pyready.sweeps as known (name, swept_at) values ($1, now())
         on conflict (name) do update set swept_at = now()
         where known.swept_at <= now() - make_interval(secs => $2::float8) returning read_to`,
        [name, seconds],
      );
      return row && { readTo: row.read_to == null ? undefined : new Date(row.read_to as string | Date) };
    },

    /** @param readTo when the newest that was read was delivered, as GitHub tells */
    async endSweep(name: string, readTo: string): Promise<void> {
      await database.query("update pyready.sweeps set read_to = greatest(read_to, $2::timestamptz) where name = $1", [
        name,
        readTo,
      ]);
    },

    /** Makes the next sweep of this name due at once: the one that was begun did not end. */
    async repeatSweep(name: string): Promise<void> {
      await database.query("update pyready.sweeps set swept_at = '-infinity' where name = $1", [name]);
    },

    /** Of these events, those that neither arrived nor were noted with this attempt. */
    async unheard(failed: readonly FailedAttempt[]): Promise<ReadonlySet<string>> {
      const rows = await database.query(
        `select guid from jsonb_to_recordset($1::jsonb) as failed(guid text, id bigint)
         where not exists (select from pyready.deliveries arrived where arrived.guid = failed.guid)
           and not exists (select from pyready.failed_deliveries noted
             where noted.guid = failed.guid and noted.delivery_id >= failed.id)`,
        [JSON.stringify(failed)],
      );
      return new Set(rows.map(({ guid }) => String(guid)));
    },

    /** Notes events that failed, and whether GitHub is to send them again. */
    async noteFailed(failed: readonly (FailedAttempt & { readonly isToBeSent: boolean })[]): Promise<void> {
      await database.query(
        `insert into pyready.failed_deliveries as noted (guid, delivery_id, is_to_be_sent)
         select distinct on (guid) guid, id, "isToBeSent"
         from jsonb_to_recordset($1::jsonb) as failed(guid text, id bigint, "isToBeSent" boolean)
         order by guid, id desc
         on conflict (guid) do update set delivery_id = greatest(noted.delivery_id, excluded.delivery_id)`,
        [JSON.stringify(failed)],
      );
    },

    /** Events to be sent again, oldest first: soon after the first attempt that failed, rarer the more did. */
    async toBeSent(limit: number): Promise<readonly FailedAttempt[]> {
      const rows = await database.query(
        `select guid, delivery_id from pyready.failed_deliveries noted
         where is_to_be_sent and asked_id is distinct from delivery_id
           and (asked_at is null
             or asked_at < now() - least(interval '30 minutes', interval '15 seconds' * power(2, least(times, 10) - 1)))
           and not exists (select from pyready.deliveries arrived where arrived.guid = noted.guid)
         order by delivery_id limit $1`,
        [limit],
      );
      return rows.map(({ guid, delivery_id }) => ({ guid: String(guid), id: Number(delivery_id) }));
    },

    async noteSent({ guid, id }: FailedAttempt): Promise<void> {
      await database.query(
        "update pyready.failed_deliveries set asked_id = $2, asked_at = now(), times = times + 1 where guid = $1",
        [guid, id],
      );
    },
  };
}
