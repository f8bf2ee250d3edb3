import type { Database } from "./database.ts";
import type { KnownRepository, RepositoryKey } from "./records.ts";

/** A lane whose review has shown a run that nobody ended. */
export interface LeftRun extends RepositoryKey {
  readonly lane: string;
  readonly headSha: string;
}

/** What reconciliation remembers and compares. */
export function sweepsIn(database: Database) {
  return {
    /**
     * Begins a sweep, unless one began less than so many seconds ago, here or in another process.
     * @returns where the last one got to; undefined when it is not due
     */
    async beginSweep(name: string, seconds: number): Promise<{ readonly cursor: number } | undefined> {
      const [row] = await database.query(
        `insert into pyready.sweeps as known (name, swept_at) values ($1, now())
         on conflict (name) do update set swept_at = now()
         where known.swept_at <= now() - make_interval(secs => $2::float8) returning cursor`,
        [name, seconds],
      );
      return row && { cursor: Number(row.cursor ?? 0) };
    },

    async endSweep(name: string, cursor: number): Promise<void> {
      await database.query("update pyready.sweeps set cursor = greatest(cursor, $2) where name = $1", [name, cursor]);
    },

    /** Makes the next sweep of this name due at once: the one that was begun did not end. */
    async repeatSweep(name: string): Promise<void> {
      await database.query("update pyready.sweeps set swept_at = '-infinity' where name = $1", [name]);
    },

    /** Of these deliveries, the ones that were accepted. */
    async knownDeliveries(guids: readonly string[]): Promise<ReadonlySet<string>> {
      const rows = await database.query("select guid from pyready.deliveries where guid = any($1)", [[...guids]]);
      return new Set(rows.map(({ guid }) => String(guid)));
    },

    /** Installations that work may be done for, and since when they are known. */
    async activeInstallations(): Promise<readonly { readonly installationId: number; readonly since: Date }[]> {
      const rows = await database.query(
        "select installation_id, since from pyready.installations where not suspended and installation_id > 0",
      );
      return rows.map(({ installation_id, since }) => ({
        installationId: Number(installation_id),
        since: new Date(since as string | Date),
      }));
    },

    async repositoriesOf(installationId: number): Promise<readonly KnownRepository[]> {
      const rows = await database.query(
        "select * from pyready.repositories where installation_id = $1 order by repository_id",
        [installationId],
      );
      return rows.map((row) => ({
        installationId,
        repositoryId: Number(row.repository_id),
        owner: String(row.owner),
        name: String(row.name),
        visibility: row.visibility as KnownRepository["visibility"],
        ownerType: row.owner_type as KnownRepository["ownerType"],
        defaultBranch: (row.default_branch as string | null) ?? null,
        archived: row.archived === true,
      }));
    },

    /** Of these heads, the ones that have a published check run. */
    async publishedHeads(repository: RepositoryKey, heads: readonly string[]): Promise<ReadonlySet<string>> {
      const rows = await database.query(
        `select head_sha from pyready.check_runs
         where installation_id = $1 and repository_id = $2 and head_sha = any($3)`,
        [repository.installationId, repository.repositoryId, [...heads]],
      );
      return new Set(rows.map(({ head_sha }) => String(head_sha)));
    },

    /** The lanes of a repository that have work. */
    async busyLanes(repository: RepositoryKey): Promise<ReadonlySet<string>> {
      const rows = await database.query(
        "select lane from pyready.lanes where installation_id = $1 and repository_id = $2",
        [repository.installationId, repository.repositoryId],
      );
      return new Set(rows.map(({ lane }) => String(lane)));
    },

    /** Runs that were begun a while ago in lanes that have no work any more. */
    async leftRuns(installationId: number): Promise<readonly LeftRun[]> {
      const rows = await database.query(
        `select distinct on (repository_id, lane) repository_id, lane, head_sha from pyready.open_runs open
         where installation_id = $1 and lane is not null and opened_at < now() - interval '1 minute'
           and not exists (select from pyready.lanes busy where busy.installation_id = open.installation_id
             and busy.repository_id = open.repository_id and busy.lane = open.lane)
         order by repository_id, lane, opened_at desc`,
        [installationId],
      );
      return rows.map(({ repository_id, lane, head_sha }) => ({
        installationId,
        repositoryId: Number(repository_id),
        lane: String(lane),
        headSha: String(head_sha),
      }));
    },
  };
}
