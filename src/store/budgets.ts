import type { Database, Row } from "./database.ts";

/** What is left of an hour's budget, as an answer of GitHub told. */
export interface HourlyBudget {
  readonly remaining: number;
  /** Seconds until it is full again. */
  readonly resetSeconds: number;
}

/** A request that is to be sent. */
export interface Spending {
  /** 0 where it was counted before, and waited. */
  readonly points: number;
  readonly isWrite: boolean;
  readonly resource: "core" | "graphql";
  /** Seconds that the request would wait. */
  readonly patience: number;
  /** Requests of the hour's budget that are left to others. */
  readonly reserve: number;
  /** What answers told since the last request. */
  readonly told: { readonly [resource in "core" | "graphql"]?: HourlyBudget };
}

/**
 * When the request may be sent; or that it may not, for so long: because the installation is held,
 * because too much was asked in its name, or because the rest of the hour's budget is not for it.
 */
export type Turn =
  | { readonly waitSeconds: number }
  | { readonly refusedSeconds: number; readonly because: "held" | "spent" | "reserved" };

/** A secondary limit that comes so soon after another holds twice as long. */
const AGAIN_SECONDS = 900;
const LONGEST_SECONDS = 3600;

/**
 * One statement, and by the database's clock, so that it holds for all processes together. Of each
 * budget one instant is kept, until when what was spent would have taken; `b` at once and then one in
 * `e` seconds is never more than `b + t / e` in any time `t`. GitHub's limits are 900 points and 80
 * writes in any minute, and 500 writes in any hour: what is left of them here is for requests that
 * arrive later than they were sent. Of an hour's budget the newest answer tells, and within the hour
 * it only falls; of two ends of the hour the sooner holds. Where writes have to wait, what comes next
 * waits until there is room for some.
 */
const SPEND = `
  with known as (
    select *, clock_timestamp() as at from pyready.budgets where installation_id = $1 for update
  ), next as (
    select installation_id, at,
      greatest(points_until, at) + make_interval(secs => 0.1 * $2::float8) as points,
      greatest(writes_until, at) + make_interval(secs => 1 * $3::float8) as writes,
      greatest(hour_until, at) + make_interval(secs => 8.1 * $3::float8) as hour,
      coalesce(core_resets < at, true) or coalesce(abs(extract(epoch from core_resets - at) - $8::float8) > 60, false)
        as is_new_core,
      coalesce(graphql_resets < at, true)
        or coalesce(abs(extract(epoch from graphql_resets - at) - $10::float8) > 60, false) as is_new_graphql
    from known
  ), told as (
    select next.*,
      case when is_new_core then $7::integer else least(core_left, $7) end as core,
      case when is_new_core then at + make_interval(secs => $8::float8)
        else least(core_resets, at + make_interval(secs => $8::float8)) end as core_at,
      case when is_new_graphql then $9::integer else least(graphql_left, $9) end as graphql,
      case when is_new_graphql then at + make_interval(secs => $10::float8)
        else least(graphql_resets, at + make_interval(secs => $10::float8)) end
        as graphql_at
    from next join known using (installation_id, at)
  ), asked as (
    select told.*,
      case when $2 > 0 then extract(epoch from points - at) - 24 end as points_wait,
      case when $3 > 0 then extract(epoch from writes - at) - 15 end as writes_wait,
      case when $3 > 0 then extract(epoch from hour - at) - 50 * 8.1 end as hour_wait,
      extract(epoch from case when $4 and graphql <= $6 then graphql_at when not $4 and core <= $6 then core_at end - at)
        as reserved,
      (select extract(epoch from not_before - at) from pyready.installations where installation_id = $1) as held
    from told
  ), turn as (
    select asked.*, greatest(0, points_wait, writes_wait, hour_wait) as wait,
      greatest(points_wait + 10, writes_wait + 10, hour_wait + 40) as room
    from asked
  ), decided as (
    select *, wait <= $5::float8 and coalesce(reserved, 0) <= 0 and coalesce(held, 0) <= 0 as may from turn
  ), noted as (
    update pyready.budgets mine set
      points_until = case when may then points else points_until end,
      writes_until = case when may then writes else writes_until end,
      hour_until = case when may then hour else hour_until end,
      core_left = core - (may and $2 > 0 and not $4)::integer, core_resets = core_at,
      graphql_left = graphql - (may and $2 > 0 and $4)::integer, graphql_resets = graphql_at
    from decided where mine.installation_id = decided.installation_id
  )
  select may, wait, reserved, held, room from decided`;

/** Longer with each limit that comes soon after another, where GitHub does not say for how long. */
const NOTE_LIMIT = `
  insert into pyready.budgets as known (installation_id, limits, limited_at) values ($1, 1, clock_timestamp())
  on conflict (installation_id) do update set limited_at = clock_timestamp(),
    limits = case
      when known.limited_at > clock_timestamp() - interval '10 seconds' then known.limits
      when known.limited_at > clock_timestamp() - make_interval(secs => ${AGAIN_SECONDS} + $2 * 2 ^ known.limits)
        then known.limits + 1
      else 1 end
  returning least(${LONGEST_SECONDS}, $2::float8 * 2 ^ (limits - 1)) as seconds`;

/** What is spent of what GitHub allows an installation, by all processes together. */
export function budgetsIn(database: Database) {
  const begin = (installationId: number) =>
    database.query("insert into pyready.budgets (installation_id) values ($1) on conflict do nothing", [
      installationId,
    ]);
  return {
    /** Counts a request, unless it may not be sent in time. */
    async spend(installationId: number, spending: Spending): Promise<Turn> {
      const parameters = parametersOf(installationId, spending);
      for (;;) {
        const [row] = await database.query(SPEND, parameters);
        if (row) return turnOf(row);
        await begin(installationId);
      }
    },

    /** How long a limit holds of which GitHub says nothing but that it is there. @param seconds the least */
    async guess(installationId: number, seconds: number): Promise<number> {
      const [row] = await database.query(NOTE_LIMIT, [installationId, seconds]);
      return Number(row?.seconds ?? seconds);
    },
  };
}

function parametersOf(
  installationId: number,
  { points, isWrite, resource, patience, reserve, told: { core, graphql } }: Spending,
): readonly unknown[] {
  return [
    ...[installationId, points, isWrite ? 1 : 0, resource === "graphql", patience, reserve],
    ...[core?.remaining ?? null, core?.resetSeconds ?? null],
    ...[graphql?.remaining ?? null, graphql?.resetSeconds ?? null],
  ];
}

function turnOf({ may, wait, held, reserved, room }: Row): Turn {
  if (may === true) return { waitSeconds: Number(wait) };
  if (Number(held ?? 0) > 0) return { refusedSeconds: Number(held), because: "held" };
  if (Number(reserved ?? 0) > 0) return { refusedSeconds: Number(reserved), because: "reserved" };
  return { refusedSeconds: Number(room), because: "spent" };
}
