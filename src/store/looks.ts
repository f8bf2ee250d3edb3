import type { Database, Row } from "./database.ts";
import { knownRepositoryOf } from "./known-repository.ts";
import type { KnownRepository, RepositoryKey } from "./records.ts";

/** A repository that is to be looked at. */
export interface UnseenRepository extends KnownRepository {
  /** What happened before is none of this App's business. */
  readonly since: Date;
  /** The look before this one, as the store writes it; null where there was none, or something was missed. */
  readonly lookedAt: string | null;
}

/** A head that may lack a result, in the lane that would review it. */
export interface HeadOfLane {
  readonly repositoryId: number;
  readonly lane: string;
  readonly headSha: string;
}

/** A repository that something happened in without that anybody told. */
export interface MissedRepository extends RepositoryKey {
  /** When the first of it happened, or a little before; ISO time. */
  readonly since: string;
}

/** Seconds from one look to the next: where somebody works, and elsewhere. */
export interface LookPeriods {
  readonly active: number;
  readonly idle: number;
}

/** How long after a result an installation counts as one where somebody works. */
const ACTIVE = "interval '1 day'";
const PERIOD_OF = (installation: string, active: string, idle: string): string => `make_interval(secs => case
  when exists (select from pyready.check_runs result
    where result.installation_id = ${installation} and result.published_at > now() - ${ACTIVE})
  then ${active}::float8 else ${idle}::float8 end)`;

/** A head that still has no result is asked for again: after an hour, then rarer, at last once a day. */
const TRIED = `
  insert into pyready.recoveries as known (installation_id, repository_id, head_sha)
  select distinct $1::bigint, "repositoryId", "headSha" from missing
  on conflict (installation_id, repository_id, head_sha) do update set times = known.times + 1, tried_at = now()
  where known.tried_at < now() - least(interval '1 day', interval '1 hour' * power(2, least(known.times, 10) - 1))
  returning repository_id, head_sha`;

const IS_IDLE = (work: string, lane: string, repositoryId: string): string => `
  not exists (select from pyready.lanes busy where busy.installation_id = $1
    and busy.repository_id = ${work}.${repositoryId} and busy.lane = ${work}.${lane})`;

/** What is looked at on GitHub, when, and what is missing here. */
export function looksIn(database: Database) {
  return {
    /** Wants a look at these repositories; their names may be unknown. */
    async missSomethingIn(missed: readonly MissedRepository[]): Promise<void> {
      await database.query(
        `with given as (
           select * from jsonb_to_recordset($1::jsonb) as missed("installationId" bigint, "repositoryId" bigint, since timestamptz)
         ), tenants as (
           insert into pyready.installations (installation_id) select distinct "installationId" from given
           order by "installationId" on conflict (installation_id) do update set looked_at = null
         )
         insert into pyready.repositories as known
           (installation_id, repository_id, owner, name, visibility, owner_type, since)
         select "installationId", "repositoryId", '', '', 'unknown', 'unknown', since from given
         order by "installationId", "repositoryId"
         on conflict (installation_id, repository_id) do update set
           looked_at = null, since = least(known.since, excluded.since)`,
        [JSON.stringify(missed)],
      );
    },

    /** Installations whose repositories are to be looked at. */
    async unseenInstallations({ active, idle }: LookPeriods): Promise<readonly number[]> {
      const rows = await database.query(
        `select installation_id from pyready.installations one
         where not suspended and installation_id > 0
           and (looked_at is null or looked_at <= now() - ${PERIOD_OF("one.installation_id", "$1", "$2")})`,
        [active, idle],
      );
      return rows.map(({ installation_id }) => Number(installation_id));
    },

    /** True where the names of the installation's repositories are to be asked for: once a day, or one is unknown. */
    async isUnlisted(installationId: number): Promise<boolean> {
      const [row] = await database.query(
        `select coalesce(listed_at < now() - interval '1 day', true)
           or exists (select from pyready.repositories where installation_id = $1 and name = '') as is_unlisted
         from pyready.installations where installation_id = $1`,
        [installationId],
      );
      return row?.is_unlisted === true;
    },

    async noteListed(installationId: number): Promise<void> {
      await database.query("update pyready.installations set listed_at = now() where installation_id = $1", [
        installationId,
      ]);
    },

    /** Repositories of an installation to be looked at: where something was missed first, then the longest unseen. */
    async unseenRepositories(
      installationId: number,
      { active, idle }: LookPeriods,
      limit: number,
    ): Promise<readonly UnseenRepository[]> {
      const rows = await database.query(
        `select *, looked_at::text as looked from pyready.repositories
         where installation_id = $1 and (not archived or looked_at is null) and name <> ''
           and (looked_at is null or looked_at <= now() - ${PERIOD_OF("$1", "$2", "$3")})
         order by looked_at nulls first, repository_id limit $4`,
        [installationId, active, idle, limit],
      );
      return rows.map((row) => unseenOf(installationId, row));
    },

    /** These were looked at; one that something was missed in meanwhile is looked at again. */
    async noteLooks(seen: readonly UnseenRepository[]): Promise<void> {
      await database.query(
        `update pyready.repositories known set looked_at = now()
         from jsonb_to_recordset($1::jsonb)
           as seen("installationId" bigint, "repositoryId" bigint, "lookedAt" timestamptz)
         where known.installation_id = seen."installationId" and known.repository_id = seen."repositoryId"
           and known.looked_at is not distinct from seen."lookedAt"`,
        [JSON.stringify(seen)],
      );
    },

    async noteLook(installationId: number): Promise<void> {
      await database.query("update pyready.installations set looked_at = now() where installation_id = $1", [
        installationId,
      ]);
    },

    /**
     * Of these heads, the ones that have no result and that nothing is under way for. Each is told of
     * once, and again after a growing time: one that cannot have a result is no reason to try all day.
     */
    async withoutResult(installationId: number, heads: readonly HeadOfLane[]): Promise<readonly HeadOfLane[]> {
      const rows = await database.query(
        `with missing as (
           select * from jsonb_to_recordset($2::jsonb) as head("repositoryId" bigint, lane text, "headSha" text)
           where not exists (select from pyready.check_runs result where result.installation_id = $1
               and result.repository_id = head."repositoryId" and result.head_sha = head."headSha"
               and result.lane = head.lane)
             and not exists (select from pyready.verdicts verdict where verdict.installation_id = $1
               and verdict.repository_id = head."repositoryId" and verdict.head_sha = head."headSha"
               and verdict.lane = head.lane)
             and ${IS_IDLE("head", "lane", '"repositoryId"')}
         ), tried as (${TRIED})
         select missing.* from missing join tried
           on tried.repository_id = missing."repositoryId" and tried.head_sha = missing."headSha"`,
        [installationId, JSON.stringify(heads)],
      );
      return rows.map(headOf);
    },

    /** Runs that were begun a while ago in lanes that have no work any more, told of as rarely. */
    async leftRuns(installationId: number): Promise<readonly HeadOfLane[]> {
      const rows = await database.query(
        `with missing as (
           select distinct on (repository_id, lane) repository_id as "repositoryId", lane, head_sha as "headSha"
           from pyready.open_runs begun
           where installation_id = $1 and lane is not null and opened_at < now() - interval '1 minute'
             and ${IS_IDLE("begun", "lane", "repository_id")}
           order by repository_id, lane, opened_at desc
         ), tried as (${TRIED})
         select missing.* from missing join tried
           on tried.repository_id = missing."repositoryId" and tried.head_sha = missing."headSha"`,
        [installationId],
      );
      return rows.map(headOf);
    },
  };
}

function unseenOf(installationId: number, row: Row): UnseenRepository {
  return {
    ...knownRepositoryOf(installationId, row),
    since: new Date(row.since as string | Date),
    lookedAt: (row.looked as string | null) ?? null,
  };
}

function headOf({ repositoryId, lane, headSha }: Row): HeadOfLane {
  return { repositoryId: Number(repositoryId), lane: String(lane), headSha: String(headSha) };
}
