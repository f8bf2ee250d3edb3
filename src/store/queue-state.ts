import type { Database } from "./database.ts";

/** How much of one urgency there is in the queue. */
export interface QueueDepth {
  readonly priority: number;
  readonly waiting: number;
  readonly running: number;
  /** Waiting for a time to come: after a fault, or while its installation is limited or suspended. */
  readonly parked: number;
  /** Seconds that the oldest work that could run has waited. */
  readonly oldestSeconds: number;
}

/** The whole queue; an urgency of which there is nothing is not listed. */
export interface QueueState {
  readonly depths: readonly QueueDepth[];
  /** Pieces of work that were given up without that anybody could be told. */
  readonly dead: number;
}

const DEPTHS = `
  with seen as (
    select priority, extract(epoch from now() - greatest(work.queued_at, work.not_before)) as age,
      case when lease_until is not null then 'running'
        when work.not_before > now() or tenant.not_before > now() or tenant.suspended then 'parked'
        else 'waiting' end as state
    from pyready.lanes work left join pyready.installations tenant using (installation_id)
  )
  select priority, count(*) filter (where state = 'running') as running,
    count(*) filter (where state = 'parked') as parked, count(*) filter (where state = 'waiting') as waiting,
    coalesce(max(age) filter (where state = 'waiting'), 0) as oldest
  from seen group by priority`;

/** The queue as it is now, over all installations. */
export async function queueState(database: Database): Promise<QueueState> {
  const depths = await database.query(DEPTHS);
  const [dead] = await database.query("select count(*) as count from pyready.dead");
  return {
    depths: depths.map((row) => ({
      priority: Number(row.priority),
      waiting: Number(row.waiting),
      running: Number(row.running),
      parked: Number(row.parked),
      oldestSeconds: Number(row.oldest),
    })),
    dead: Number(dead?.count ?? 0),
  };
}
