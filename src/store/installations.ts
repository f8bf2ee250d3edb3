import type { Database } from "./database.ts";
import type { KnownRepository } from "./records.ts";

/** What becomes of installations and of their repositories. */
export function installationsIn(database: Database) {
  return {
    /** Knows an installation, and these of its repositories. */
    async noteRepositories(repositories: readonly KnownRepository[]): Promise<void> {
      for (const one of repositories) {
        await database.query("insert into pyready.installations (installation_id) values ($1) on conflict do nothing", [
          one.installationId,
        ]);
        await database.query(
          `insert into pyready.repositories
             (installation_id, repository_id, owner, name, visibility, owner_type, default_branch, archived)
           values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (installation_id, repository_id) do update set
             owner = excluded.owner, name = excluded.name, visibility = excluded.visibility,
             owner_type = excluded.owner_type, archived = excluded.archived,
             default_branch = coalesce(excluded.default_branch, repositories.default_branch)`,
          [
            one.installationId,
            one.repositoryId,
            one.owner,
            one.name,
            one.visibility,
            one.ownerType,
            one.defaultBranch,
            one.archived,
          ],
        );
      }
    },

    /** Lets an installation's work wait, or go on; tokens of before are not used any more. */
    async suspend(installationId: number, suspended: boolean): Promise<void> {
      await database.query(
        `insert into pyready.installations (installation_id, suspended, tokens_from) values ($1, $2, now())
         on conflict (installation_id) do update set suspended = excluded.suspended, tokens_from = now()`,
        [installationId, suspended],
      );
    },

    /** Uses no token of before any more: what it may do has changed. */
    async renewTokens(installationId: number): Promise<void> {
      await database.query("update pyready.installations set tokens_from = now() where installation_id = $1", [
        installationId,
      ]);
    },

    /** From when on tokens of an installation may be used; 0 where any may. In milliseconds of the clock. */
    async tokensFrom(installationId: number): Promise<number> {
      const [row] = await database.query(
        "select extract(epoch from tokens_from) as seconds from pyready.installations where installation_id = $1",
        [installationId],
      );
      return Number(row?.seconds ?? 0) * 1000;
    },

    /** Installations that are known here, and whether they are suspended. */
    async installations(): Promise<ReadonlyMap<number, boolean>> {
      const rows = await database.query(
        "select installation_id, suspended from pyready.installations where installation_id > 0",
      );
      return new Map(rows.map(({ installation_id, suspended }) => [Number(installation_id), suspended === true]));
    },
  };
}
