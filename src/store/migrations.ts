import type { Database } from "./database.ts";

/**
 * The schema, a statement each; a list that only grows. Every row carries installation and repository.
 * A statement only adds: the release before works beside this one while processes are replaced.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `create table pyready.deliveries (
       guid text primary key,
       received_at timestamptz not null default now()
     )`,
    `create table pyready.check_runs (
       installation_id bigint not null,
       repository_id bigint not null,
       head_sha text not null,
       lane text not null,
       check_run_id bigint not null,
       review_id text not null,
       inputs text not null,
       conclusion text not null,
       published_at timestamptz not null default now(),
       primary key (installation_id, repository_id, head_sha)
     )`,
    `create table pyready.pull_requests (
       installation_id bigint not null,
       repository_id bigint not null,
       number integer not null,
       newest_head text,
       comment_id bigint,
       comment_hash text,
       comment_deleted boolean not null default false,
       primary key (installation_id, repository_id, number)
     )`,
    `create table pyready.commands (
       installation_id bigint not null,
       repository_id bigint not null,
       number integer not null,
       comment_id bigint not null,
       login text not null,
       state text not null,
       created_at timestamptz not null default now(),
       primary key (installation_id, repository_id, comment_id)
     )`,
  ],
  [
    "create sequence pyready.generations",
    "create sequence pyready.fences",
    `create table pyready.installations (
       installation_id bigint primary key,
       since timestamptz not null default now(),
       suspended boolean not null default false,
       not_before timestamptz,
       tokens_from timestamptz,
       served_at timestamptz
     )`,
    `create table pyready.repositories (
       installation_id bigint not null,
       repository_id bigint not null,
       owner text not null,
       name text not null,
       visibility text not null,
       owner_type text not null,
       default_branch text,
       archived boolean not null default false,
       primary key (installation_id, repository_id)
     )`,
    `create table pyready.lanes (
       installation_id bigint not null,
       repository_id bigint not null,
       lane text not null,
       kind text not null,
       request jsonb not null,
       review_id text not null,
       generation bigint not null,
       priority smallint not null,
       queued_at timestamptz not null default now(),
       not_before timestamptz not null default now(),
       attempts integer not null default 0,
       faults integer not null default 0,
       claimed bigint,
       fence bigint,
       lease_until timestamptz,
       primary key (installation_id, repository_id, lane)
     )`,
    "create index lanes_by_turn on pyready.lanes (installation_id, priority, queued_at)",
    `create table pyready.dead (
       installation_id bigint not null,
       repository_id bigint not null,
       lane text not null,
       review_id text not null,
       reason text not null,
       died_at timestamptz not null default now()
     )`,
    `create table pyready.open_runs (
       installation_id bigint not null,
       repository_id bigint not null,
       external_id text not null,
       head_sha text not null,
       check_run_id bigint,
       opened_at timestamptz not null default now(),
       primary key (installation_id, repository_id, external_id)
     )`,
    `create table pyready.heads (
       installation_id bigint not null,
       repository_id bigint not null,
       head_sha text not null,
       holder bigint not null,
       held_until timestamptz not null,
       primary key (installation_id, repository_id, head_sha)
     )`,
    "alter table pyready.check_runs add column generation bigint",
  ],
  [
    "alter table pyready.lanes add column failures integer not null default 0",
    "alter table pyready.open_runs add column lane text",
    `create table pyready.paces (
       installation_id bigint not null,
       repository_id bigint not null,
       lane text not null,
       generation bigint not null,
       spent_until timestamptz not null,
       primary key (installation_id, repository_id, lane)
     )`,
  ],
  [
    `create table pyready.sweeps (
       name text primary key,
       swept_at timestamptz not null,
       cursor bigint not null default 0
     )`,
  ],
  [
    "alter table pyready.installations add column told_at timestamptz",
    "alter table pyready.installations add column listed_at timestamptz",
    "alter table pyready.installations add column looked_at timestamptz",
    "alter table pyready.repositories add column since timestamptz not null default now()",
    "alter table pyready.repositories add column looked_at timestamptz",
    "alter table pyready.sweeps add column read_to timestamptz",
    `create table pyready.failed_deliveries (
       guid text primary key,
       delivery_id bigint not null,
       is_to_be_sent boolean not null,
       asked_id bigint,
       asked_at timestamptz,
       times integer not null default 0,
       noted_at timestamptz not null default now()
     )`,
    `create table pyready.recoveries (
       installation_id bigint not null,
       repository_id bigint not null,
       head_sha text not null,
       times integer not null default 1,
       tried_at timestamptz not null default now(),
       primary key (installation_id, repository_id, head_sha)
     )`,
  ],
  [
    `create table pyready.budgets (
       installation_id bigint primary key,
       points_until timestamptz not null default now(),
       writes_until timestamptz not null default now(),
       hour_until timestamptz not null default now(),
       core_left integer,
       core_resets timestamptz,
       graphql_left integer,
       graphql_resets timestamptz,
       limits integer not null default 0,
       limited_at timestamptz
     ) with (fillfactor = 50)`,
  ],
  [
    `create table pyready.verdicts (
       installation_id bigint not null,
       repository_id bigint not null,
       lane text not null,
       head_sha text not null,
       base_sha text,
       base_tip text,
       inputs text not null,
       conclusion text not null,
       generation bigint not null,
       published_at timestamptz not null default now(),
       primary key (installation_id, repository_id, lane)
     )`,
    "create index verdicts_by_head on pyready.verdicts (installation_id, repository_id, head_sha)",
    `create table pyready.base_reviews (
       installation_id bigint not null,
       repository_id bigint not null,
       commit_sha text not null,
       inputs text not null,
       review text not null,
       judged_at timestamptz not null default now(),
       primary key (installation_id, repository_id, commit_sha, inputs)
     )`,
  ],
  ["alter table pyready.pull_requests add column paused boolean not null default false"],
  [
    "alter table pyready.check_runs add column annotations text not null default ''",
    "alter table pyready.open_runs add column annotations text not null default ''",
  ],
  [
    `create table pyready.policies (
       installation_id bigint not null,
       repository_id bigint not null,
       branch text not null,
       commit text not null,
       files text not null,
       used_at timestamptz not null default now(),
       primary key (installation_id, repository_id, branch)
     )`,
    `create table pyready.organisation_policies (
       installation_id bigint not null,
       owner text not null,
       commit text,
       files text not null,
       seen text,
       stale text,
       looked_at timestamptz not null default now(),
       primary key (installation_id, owner)
     )`,
  ],
  [
    `create table pyready.settings (
       installation_id bigint not null,
       repository_id bigint not null,
       read_at timestamptz not null default now(),
       document jsonb not null,
       tags jsonb not null,
       primary key (installation_id, repository_id)
     )`,
    `create table pyready.advisories (
       installation_id bigint not null,
       name text not null,
       version text not null,
       wanted_at timestamptz not null default now(),
       read_at timestamptz,
       changed_at timestamptz,
       found jsonb,
       primary key (installation_id, name, version)
     )`,
    `create table pyready.advisory_waits (
       installation_id bigint not null,
       repository_id bigint not null,
       lane text not null,
       request jsonb not null,
       is_waiting boolean not null default true,
       answers integer not null default 0,
       noted_at timestamptz not null default now(),
       primary key (installation_id, repository_id, lane)
     )`,
  ],
  ["alter table pyready.advisory_waits add column versions jsonb"],
  [
    `create table pyready.regime_runs (
       installation_id bigint not null,
       repository_id bigint not null,
       head_sha text not null,
       regime text not null,
       lane text not null,
       check_run_id bigint,
       conclusion text not null,
       blocks boolean not null,
       written_at timestamptz not null default now(),
       primary key (installation_id, repository_id, head_sha, regime)
     )`,
  ],
  [
    `create table pyready.evidence_wanted (
       installation_id bigint not null,
       repository_id bigint not null,
       regime text not null,
       every text not null,
       primary key (installation_id, repository_id, regime)
     )`,
    `create table pyready.evidence_packs (
       installation_id bigint not null,
       repository_id bigint not null,
       regime text not null,
       sequence integer not null,
       period text not null,
       commit text not null,
       manifest text not null,
       files text not null,
       made_at timestamptz not null default now(),
       primary key (installation_id, repository_id, regime, sequence),
       unique (installation_id, repository_id, regime, period)
     )`,
  ],
];

/** Brings the schema up to date; several processes may do it at once. */
export async function migrate(database: Database): Promise<void> {
  await database.query(
    asOneStep(`
      create schema if not exists pyready;
      create table if not exists pyready.migrations (version integer primary key);`),
  );
  const done = new Set(
    (await database.query("select version from pyready.migrations")).map(({ version }) => Number(version)),
  );
  for (const [index, statements] of MIGRATIONS.entries()) {
    const version = index + 1;
    if (done.has(version)) continue;
    await database.query(
      asOneStep(`
        if not exists (select from pyready.migrations where version = ${version}) then
          ${statements.join(";\n")};
          insert into pyready.migrations (version) values (${version});
        end if;`),
    );
  }
}

/** One statement, and so one transaction; a second process waits, and then finds it done. */
function asOneStep(steps: string): string {
  return `do $migration$ begin
    perform pg_advisory_xact_lock(7239001);
    ${steps}
  end $migration$`;
}
