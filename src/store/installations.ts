import type { Database } from "./database.ts";
import type { KnownRepository } from "./records.ts";

/** An installation as it is known here. */
export interface KnownInstallation {
  readonly installationId: number;
  readonly suspended: boolean;
}

/** Repositories that were not in a list that was begun after they came here are gone. */
const SETTLED = "interval '10 minutes'";

/** What becomes of installations and of their repositories. */
export function installationsIn(database: Database) {
  return {
    /** Knows an installation; its repositories are listed and looked at soon. */
    async noteInstallation(installationId: number): Promise<void> {
      await database.query(
        `insert into pyready.installations (installation_id) values ($1)
         on conflict (installation_id) do update set listed_at = null, looked_at = null`,
        [installationId],
      );
    },

    /**
     * Knows these repositories as they are now; one that takes writes again, or none any more, is looked at:
     * of two changes in a row the first may be heard of last.
     */
    async noteRepositories(repositories: readonly KnownRepository[]): Promise<void> {
      await database.query(
        `with given as (
           select * from jsonb_to_recordset($1::jsonb) as told("installationId" bigint, "repositoryId" bigint,
             owner text, name text, visibility text, "ownerType" text, "defaultBranch" text, archived boolean)
         ), tenants as (
           insert into pyready.installations (installation_id) select distinct "installationId" from given
           order by "installationId" on conflict do nothing
         )
         insert into pyready.repositories as known
           (installation_id, repository_id, owner, name, visibility, owner_type, default_branch, archived)
         select "installationId", "repositoryId", owner, name, visibility, "ownerType", "defaultBranch", archived
         from given order by "installationId", "repositoryId"
         on conflict (installation_id, repository_id) do update set
           owner = excluded.owner, name = excluded.name, visibility = excluded.visibility,
           owner_type = excluded.owner_type, archived = excluded.archived,
           default_branch = coalesce(excluded.default_branch, known.default_branch),
           looked_at = case when known.archived <> excluded.archived then null else known.looked_at end`,
        [JSON.stringify(repositories)],
      );
    },

    /** The ids of repositories that are known here and not in a whole list of the installation's. */
    async unlisted(installationId: number, listed: readonly number[]): Promise<readonly number[]> {
      const rows = await database.query(
        `select repository_id from pyready.repositories
         where installation_id = $1 and not repository_id = any($2::bigint[]) and since < now() - ${SETTLED}`,
        [installationId, [...listed]],
      );
      return rows.map(({ repository_id }) => Number(repository_id));
    },

    /**
     * Lets an installation's work wait, or go on; tokens of before are not used any more.
     * @param toldAt when GitHub changed it: what is older than what is known changes nothing
     */
    async suspend(installationId: number, suspended: boolean, toldAt: string | undefined): Promise<void> {
      await database.query(
        `with changed as (
           insert into pyready.installations as known (installation_id, suspended, tokens_from, told_at)
           values ($1, $2, now(), $3::timestamptz)
           on conflict (installation_id) do update set
             suspended = excluded.suspended, tokens_from = now(), looked_at = null,
             told_at = coalesce(excluded.told_at, known.told_at)
           where coalesce(excluded.told_at >= known.told_at, true)
           returning installation_id
         )
         update pyready.repositories set looked_at = null where installation_id in (select installation_id from changed)`,
        [installationId, suspended, toldAt ?? null],
      );
    },

    async isSuspended(installationId: number): Promise<boolean> {
      const rows = await database.query("select from pyready.installations where installation_id = $1 and suspended", [
        installationId,
      ]);
      return rows.length > 0;
    },

    /** What it may do has changed: no token of before is used, and the next event of any head is reviewed. */
    async renewTokens(installationId: number): Promise<void> {
      await database.query(
        `with again as (update pyready.check_runs set inputs = '' where installation_id = $1),
           anew as (update pyready.verdicts set inputs = '' where installation_id = $1)
         update pyready.installations set tokens_from = now() where installation_id = $1`,
        [installationId],
      );
    },

    /** From when on tokens of an installation may be used; 0 where any may. In milliseconds of the clock. */
    async tokensFrom(installationId: number): Promise<number> {
      const [row] = await database.query(
        "select extract(epoch from tokens_from) as seconds from pyready.installations where installation_id = $1",
        [installationId],
      );
      return Number(row?.seconds ?? 0) * 1000;
    },

    async installations(): Promise<readonly KnownInstallation[]> {
      const rows = await database.query(
        "select installation_id, suspended from pyready.installations where installation_id > 0",
      );
      return rows.map(({ installation_id, suspended }) => ({
        installationId: Number(installation_id),
        suspended: suspended === true,
      }));
    },
  };
}
