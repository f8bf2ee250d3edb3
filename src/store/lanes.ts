import type { Database, Row } from "./database.ts";

/** A lane: what one review, command or task of its kind may run in at a time. */
export interface LaneKey {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly lane: string;
}

/** How soon it is wanted: a person asked; something happened just now; nobody waits for it. */
export const PRIORITY = { asked: 0, live: 1, backlog: 2 } as const;
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];

/** Work for a lane. Of what waits in a lane only the newest stays. */
export interface NewWork extends LaneKey {
  /** What kind of job runs it: `review`, `command`. */
  readonly kind: string;
  /** Whatever the job needs; plain JSON. */
  readonly request: object;
  /** Names this piece of work in logs, and the check run that comes of it. */
  readonly reviewId: string;
  readonly priority: Priority;
  /** The delivery that asks for it: a second one with this id changes nothing. */
  readonly delivery?: string;
}

/** Work that this process has taken. */
export interface ClaimedWork extends LaneKey {
  readonly kind: string;
  readonly request: unknown;
  readonly reviewId: string;
  /** Greater than that of any work accepted before it. */
  readonly generation: number;
  /** Names this very claim: who holds an older one may write nothing any more. */
  readonly fence: number;
  readonly priority: Priority;
  /** Claims of this generation so far, this one included, but for those that ended in a passing fault. */
  readonly attempts: number;
  /** Passing faults of this generation so far. */
  readonly faults: number;
  /** Seconds since it was accepted, by the database's clock. */
  readonly waitedSeconds: number;
}

/** What stands in the lane beside the claim. */
export interface Standing {
  /** Newer work that waits in the lane; undefined when there is none. */
  readonly newer: { readonly request: unknown } | undefined;
}

export interface QueueDepth {
  readonly waiting: number;
  readonly running: number;
  /** Waiting for a time to come: after a fault, or until a limit of GitHub's passes. */
  readonly parked: number;
  readonly dead: number;
  /** Seconds that the oldest work that could run has waited. */
  readonly oldestSeconds: number;
}

/** A lane whose process sends no sign of life for so long is taken over. */
const LEASE_SECONDS = 20;

export type Lanes = ReturnType<typeof lanesIn>;

/**
 * The queue: one row a lane that has work. Every method is one statement, by the database's clock, so
 * that any number of processes may share it, and a process may die at any instruction.
 */
export function lanesIn(database: Database) {
  const ofClaim = ({ installationId, repositoryId, lane, fence }: LaneKey & { readonly fence: number }) => [
    installationId,
    repositoryId,
    lane,
    fence,
  ];
  return {
    /** Puts work into its lanes; when this resolves it is durable. */
    async add(works: readonly NewWork[]): Promise<void> {
      await database.query(ADD, [JSON.stringify(works.map((work, ordinal) => ({ ...work, ordinal })))]);
    },

    /**
     * Takes work that may run now, at most one piece of each installation: the most urgent first, then
     * by whose turn it is, then the oldest.
     * @param busy installations that hold as many places here as one may
     */
    async claim(places: number, busy: readonly number[]): Promise<readonly ClaimedWork[]> {
      return (await database.query(CLAIM, [places, [...busy]])).map(claimedOf);
    },

    /** Prolongs the claim. @returns undefined where somebody else has the lane by now. */
    async renew(claim: LaneKey & { readonly fence: number }): Promise<Standing | undefined> {
      const [row] = await database.query(RENEW, ofClaim(claim));
      return row && { newer: row.is_newest === true ? undefined : { request: row.request } };
    },

    /** Ends the claim: the lane is empty then, or its newer work waits. */
    async finish(claim: LaneKey & { readonly fence: number }): Promise<void> {
      await database.query(FINISH, ofClaim(claim));
    },

    /** Hands the work back, to be taken again after a time. Newer work of the lane does not wait for it. */
    async release(
      claim: ClaimedWork,
      { seconds, attempts, faults }: { readonly seconds: number; readonly attempts: number; readonly faults: number },
    ): Promise<void> {
      await database.query(RELEASE, [...ofClaim(claim), seconds, attempts, faults]);
    },

    /** Gives the work up for good; what it was is kept for the operator. */
    async bury(claim: ClaimedWork, reason: string): Promise<void> {
      await database.query(
        `insert into pyready.dead (installation_id, repository_id, lane, review_id, reason) values ($1, $2, $3, $4, $5)`,
        [claim.installationId, claim.repositoryId, claim.lane, claim.reviewId, reason],
      );
      await database.query(FINISH, ofClaim(claim));
    },

    /** Lets nothing of an installation be taken before a time, by any process. */
    async holdTenant(installationId: number, until: Date): Promise<void> {
      await database.query(
        `insert into pyready.installations as known (installation_id, not_before) values ($1, $2)
         on conflict (installation_id) do update set
           not_before = greatest(coalesce(known.not_before, excluded.not_before), excluded.not_before)`,
        [installationId, until.toISOString()],
      );
    },

    async depth(): Promise<QueueDepth> {
      const [row] = await database.query(DEPTH);
      return {
        waiting: Number(row?.waiting ?? 0),
        running: Number(row?.running ?? 0),
        parked: Number(row?.parked ?? 0),
        dead: Number(row?.dead ?? 0),
        oldestSeconds: Number(row?.oldest ?? 0),
      };
    },
  };
}

function claimedOf(row: Row): ClaimedWork {
  return {
    installationId: Number(row.installation_id),
    repositoryId: Number(row.repository_id),
    lane: String(row.lane),
    kind: String(row.kind),
    request: row.request,
    reviewId: String(row.review_id),
    generation: Number(row.generation),
    fence: Number(row.fence),
    priority: Number(row.priority) as Priority,
    attempts: Number(row.attempts),
    faults: Number(row.faults),
    waitedSeconds: Number(row.waited),
  };
}

/**
 * Deliveries that were known before fall out, then all but the newest of each lane. In the order of
 * the lanes, so that two processes never wait for each other. That a person asked, and the head that
 * was named last, are not lost by newer work that says nothing of it.
 */
const ADD = `
  with given as (
    select * from jsonb_to_recordset($1::jsonb) as work(
      ordinal integer, "installationId" bigint, "repositoryId" bigint, lane text, kind text,
      request jsonb, "reviewId" text, priority smallint, delivery text)
  ), fresh as (
    insert into pyready.deliveries (guid) select distinct delivery from given where delivery is not null
    order by delivery on conflict do nothing returning guid
  ), wanted as (
    select given.*, min(priority) over lane_of as urgent,
      bool_or(coalesce((request ->> 'asked')::boolean, false)) over lane_of as asked
    from given where delivery is null or delivery in (select guid from fresh)
    window lane_of as (partition by "installationId", "repositoryId", lane)
  ), newest as (
    select distinct on ("installationId", "repositoryId", lane) * from wanted
    order by "installationId", "repositoryId", lane, ordinal desc
  ), tenants as (
    insert into pyready.installations (installation_id) select distinct "installationId" from newest
    order by "installationId" on conflict do nothing
  ), named as (
    insert into pyready.repositories as known
      (installation_id, repository_id, owner, name, visibility, owner_type, default_branch)
    select distinct on ("installationId", "repositoryId") "installationId", "repositoryId",
      told ->> 'owner', told ->> 'name', told ->> 'visibility', told ->> 'ownerType', told ->> 'defaultBranch'
    from newest cross join lateral (select request -> 'repository' as told) repository
    where delivery is not null and told ->> 'name' is not null
    order by "installationId", "repositoryId", ordinal desc
    on conflict (installation_id, repository_id) do update set
      owner = excluded.owner, name = excluded.name, visibility = excluded.visibility,
      owner_type = excluded.owner_type, default_branch = excluded.default_branch
    where (known.owner, known.name, known.visibility, known.owner_type, known.default_branch)
      is distinct from
      (excluded.owner, excluded.name, excluded.visibility, excluded.owner_type, excluded.default_branch)
  )
  insert into pyready.lanes as known
    (installation_id, repository_id, lane, kind, request, review_id, generation, priority)
  select "installationId", "repositoryId", lane, kind,
    case when asked then request || '{"asked": true}' else request end,
    "reviewId", nextval('pyready.generations'), urgent
  from newest order by "installationId", "repositoryId", lane
  on conflict (installation_id, repository_id, lane) do update set
    kind = excluded.kind,
    request = excluded.request
      || case when coalesce((known.request ->> 'asked')::boolean, false) then '{"asked": true}'::jsonb else '{}' end
      || case when excluded.request ->> 'headSha' is null and known.request ->> 'headSha' is not null
           then jsonb_build_object('headSha', known.request -> 'headSha') else '{}' end,
    review_id = excluded.review_id,
    generation = excluded.generation,
    priority = least(known.priority, excluded.priority),
    not_before = now(),
    attempts = 0,
    faults = 0`;

const CLAIM = `
  with turn as (
    select next.installation_id, next.repository_id, next.lane
    from pyready.installations tenant cross join lateral (
      select * from pyready.lanes waiting
      where waiting.installation_id = tenant.installation_id
        and waiting.not_before <= now() and (waiting.lease_until is null or waiting.lease_until < now())
      order by waiting.priority, waiting.queued_at limit 1
    ) next
    where not tenant.suspended and coalesce(tenant.not_before, now()) <= now()
      and not tenant.installation_id = any($2::bigint[])
    order by next.priority, tenant.served_at nulls first, next.queued_at limit $1
  ), taken as (
    update pyready.lanes mine set
      claimed = mine.generation, fence = nextval('pyready.fences'), attempts = mine.attempts + 1,
      lease_until = now() + interval '${LEASE_SECONDS} seconds'
    from turn
    where mine.installation_id = turn.installation_id and mine.repository_id = turn.repository_id
      and mine.lane = turn.lane and (mine.lease_until is null or mine.lease_until < now())
    returning mine.*
  ), served as (
    update pyready.installations set served_at = clock_timestamp()
    where installation_id in (select installation_id from taken)
  )
  select *, extract(epoch from now() - queued_at) as waited from taken`;

const MINE = "installation_id = $1 and repository_id = $2 and lane = $3 and fence = $4";

const RENEW = `
  update pyready.lanes set lease_until = now() + interval '${LEASE_SECONDS} seconds'
  where ${MINE} and lease_until is not null returning generation = claimed as is_newest, request`;

const FINISH = `
  with done as (delete from pyready.lanes where ${MINE} and generation = claimed)
  update pyready.lanes set claimed = null, fence = null, lease_until = null, queued_at = now()
  where ${MINE} and generation <> claimed`;

const RELEASE = `
  update pyready.lanes set claimed = null, fence = null, lease_until = null,
    not_before = case when generation = claimed then now() + make_interval(secs => $5::float8) else not_before end,
    attempts = case when generation = claimed then $6::integer else 0 end,
    faults = case when generation = claimed then $7::integer else 0 end
  where ${MINE}`;

const DEPTH = `
  select count(*) filter (where lease_until is null and not_before <= now()) as waiting,
    count(*) filter (where lease_until is not null) as running,
    count(*) filter (where lease_until is null and not_before > now()) as parked,
    (select count(*) from pyready.dead) as dead,
    coalesce(extract(epoch from max(now() - queued_at) filter (where lease_until is null and not_before <= now())), 0)
      as oldest
  from pyready.lanes`;
