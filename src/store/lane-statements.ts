/** A lane whose process sends no sign of life for so long is taken over. */
const LEASE_SECONDS = 20;

/** What a request tells of the head. */
const HEAD_OF = (request: string): string => {
  const told = ["headSha", "updatedAt", "beforeSha"].map((name) => `'${name}', ${request} -> '${name}'`);
  return `jsonb_strip_nulls(jsonb_build_object(${told.join(", ")}))`;
};

/**
 * Deliveries that were known before fall out, then all but the newest of each lane. In the order of
 * the lanes, so that two processes never wait for each other. That a person asked, and the head that
 * GitHub named last by its own clock, are not lost by newer work that says nothing of it.
 */
export const ADD = `
  with given as (
    select * from jsonb_to_recordset($1::jsonb) as work(
      ordinal integer, "installationId" bigint, "repositoryId" bigint, lane text, kind text,
      request jsonb, "reviewId" text, priority smallint, delivery text)
  ), fresh as (
    insert into pyready.deliveries (guid) select distinct delivery from given where delivery is not null
    order by delivery on conflict do nothing returning guid
  ), wanted as (
    select given.*, min(priority) over lane_of as urgent,
      bool_or(coalesce((request ->> 'asked')::boolean, false)) over lane_of as asked,
      first_value(${HEAD_OF("request")}) over (
        partition by "installationId", "repositoryId", lane
        order by request ->> 'updatedAt' desc nulls last, request ->> 'headSha' is null, ordinal desc
      ) as head
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
    request || head || case when asked then '{"asked": true}'::jsonb else '{}' end,
    "reviewId", nextval('pyready.generations'), urgent
  from newest order by "installationId", "repositoryId", lane
  on conflict (installation_id, repository_id, lane) do update set
    kind = excluded.kind,
    request = excluded.request
      || case when coalesce((known.request ->> 'asked')::boolean, false) then '{"asked": true}'::jsonb else '{}' end
      || case when excluded.request ->> 'headSha' is null
             or coalesce(known.request ->> 'updatedAt', '') > coalesce(excluded.request ->> 'updatedAt', '')
           then ${HEAD_OF("known.request")} else '{}' end,
    review_id = excluded.review_id,
    -- Taken anew: while it waited for the row, another process may have been given a later one.
    generation = nextval('pyready.generations'),
    priority = least(known.priority, excluded.priority),
    not_before = now(),
    attempts = 0,
    failures = 0,
    faults = 0`;

/** Work of a lane that has other work is let go: that is newer, or will be compared again. */
export const ADD_WHERE_IDLE = `
  insert into pyready.lanes (installation_id, repository_id, lane, kind, request, review_id, generation, priority)
  select "installationId", "repositoryId", lane, kind, request, "reviewId", nextval('pyready.generations'), priority
  from jsonb_to_recordset($1::jsonb) as work(
    "installationId" bigint, "repositoryId" bigint, lane text, kind text, request jsonb, "reviewId" text, priority smallint)
  order by "installationId", "repositoryId", lane on conflict do nothing`;

/** Each installation's most urgent piece of work, in the order of turns; what another process takes just now is passed over. */
export const CLAIM = `
  with turn as (
    select next.*, tenant.served_at
    from pyready.installations tenant cross join lateral (
      select waiting.installation_id, waiting.repository_id, waiting.lane, waiting.priority, waiting.queued_at
      from pyready.lanes waiting
      where waiting.installation_id = tenant.installation_id
        and waiting.not_before <= now() and (waiting.lease_until is null or waiting.lease_until < now())
      order by waiting.priority, waiting.queued_at limit 1
    ) next
    where not tenant.suspended and coalesce(tenant.not_before, now()) <= now()
      and not tenant.installation_id = any($2::bigint[])
  ), chosen as (
    select found.installation_id, found.repository_id, found.lane
    from turn join pyready.lanes found using (installation_id, repository_id, lane)
    where found.lease_until is null or found.lease_until < now()
    order by turn.priority, turn.served_at nulls first, turn.queued_at
    limit $1 for update of found skip locked
  ), taken as (
    update pyready.lanes mine set
      claimed = mine.generation, fence = nextval('pyready.fences'), attempts = mine.attempts + 1,
      lease_until = now() + interval '${LEASE_SECONDS} seconds'
    from chosen
    where mine.installation_id = chosen.installation_id and mine.repository_id = chosen.repository_id
      and mine.lane = chosen.lane
    returning mine.*
  ), at_turn as (
    select installation_id from pyready.installations
    where installation_id in (select installation_id from taken) for no key update skip locked
  ), served as (
    update pyready.installations set served_at = clock_timestamp()
    where installation_id in (select installation_id from at_turn)
  )
  select *, extract(epoch from now() - queued_at) as waited from taken`;

const MINE = "installation_id = $1 and repository_id = $2 and lane = $3 and fence = $4";

export const RENEW = `
  update pyready.lanes set lease_until = now() + interval '${LEASE_SECONDS} seconds'
  where ${MINE} and lease_until is not null returning generation = claimed as is_newest, request`;

/** The row is locked before it is looked at: newer work that comes at this moment is seen. */
const ENDED = `
  with mine as (select * from pyready.lanes where ${MINE} for update),
  done as (
    delete from pyready.lanes ended using mine
    where (ended.installation_id, ended.repository_id, ended.lane) = (mine.installation_id, mine.repository_id, mine.lane)
      and mine.generation = mine.claimed
  )`;

const WAIT_AGAIN = `
  update pyready.lanes waits set claimed = null, fence = null, lease_until = null, queued_at = now() from mine
  where (waits.installation_id, waits.repository_id, waits.lane) = (mine.installation_id, mine.repository_id, mine.lane)
    and mine.generation <> mine.claimed`;

export const FINISH = ENDED + WAIT_AGAIN;

export const BURY = `${ENDED}, buried as (
    insert into pyready.dead (installation_id, repository_id, lane, review_id, reason)
    select installation_id, repository_id, lane, $5::text, $6::text from mine
  ) ${WAIT_AGAIN}`;

export const RELEASE = `
  update pyready.lanes set claimed = null, fence = null, lease_until = null,
    not_before = case when generation = claimed then now() + make_interval(secs => $5::float8) else not_before end,
    attempts = case when generation = claimed then attempts - 1 else 0 end,
    failures = case when generation = claimed then $6::integer else 0 end,
    faults = case when generation = claimed then $7::integer else 0 end
  where ${MINE}`;

/** What is claimed, and what is published on, where no other process can be: its process has died. */
export const RECLAIM = `
  with free as (delete from pyready.heads)
  update pyready.lanes set claimed = null, fence = null, lease_until = null,
    attempts = case when generation = claimed then attempts else 0 end
  where lease_until is not null`;

/** What runs for an installation loses its lane, and waits there. */
export const TAKE_BACK = `
  update pyready.lanes set claimed = null, fence = null, lease_until = null,
    attempts = case when generation = claimed then attempts - 1 else 0 end
  where installation_id = $1 and lease_until is not null`;

/** What waits or runs for a repository is over, and no head counts as tried: it may come back. */
export const DROP = `
  with again as (delete from pyready.recoveries where installation_id = $1 and repository_id = $2)
  delete from pyready.lanes where installation_id = $1 and repository_id = $2`;

export const HOLD_TENANT = `
  insert into pyready.installations as known (installation_id, not_before)
  values ($1, now() + make_interval(secs => $2::float8))
  on conflict (installation_id) do update set
    not_before = greatest(coalesce(known.not_before, excluded.not_before), excluded.not_before)`;

export const DEPTH = `
  select count(*) filter (where lease_until is null and not_before <= now()) as waiting,
    count(*) filter (where lease_until is not null) as running,
    count(*) filter (where lease_until is null and not_before > now()) as parked,
    (select count(*) from pyready.dead) as dead,
    coalesce(extract(epoch from max(now() - queued_at) filter (where lease_until is null and not_before <= now())), 0)
      as oldest
  from pyready.lanes`;
