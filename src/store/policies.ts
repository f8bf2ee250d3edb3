import type { Database } from "./database.ts";
import type { RepositoryKey } from "./records.ts";

/** The files of a policy, as JSON, at the commit that they were read at. */
export interface StoredPolicy {
  readonly commit: string;
  readonly files: string;
}

/** What is known of the policy of an organisation. */
export interface StoredOrganisation {
  /** The newest commit whose policy could be used; null where none was ever seen. */
  readonly commit: string | null;
  /** Its files, as JSON. */
  readonly files: string;
  /** The newest commit that was looked at. */
  readonly seen: string | null;
  /** Seconds since it was looked at. */
  readonly age: number;
  /** Why what is held may not be what holds now, in one sentence; null where it is. */
  readonly stale: string | null;
}

/** The policies that could be used last: of every branch, and of the organisation. */
export function policiesIn(database: Database) {
  return {
    async lastPolicy(
      { installationId, repositoryId }: RepositoryKey,
      branch: string,
    ): Promise<StoredPolicy | undefined> {
      const [row] = await database.query(
        "select commit, files from pyready.policies where installation_id = $1 and repository_id = $2 and branch = $3",
        [installationId, repositoryId, branch],
      );
      return row && { commit: String(row.commit), files: String(row.files) };
    },

    async rememberPolicy(
      { installationId, repositoryId }: RepositoryKey,
      branch: string,
      { commit, files }: StoredPolicy,
    ): Promise<void> {
      await database.query(
        `insert into pyready.policies (installation_id, repository_id, branch, commit, files) values ($1, $2, $3, $4, $5)
         on conflict (installation_id, repository_id, branch) do update set
           commit = excluded.commit, files = excluded.files, used_at = now()`,
        [installationId, repositoryId, branch, commit, files],
      );
    },

    async organisationPolicy(installationId: number, owner: string): Promise<StoredOrganisation | undefined> {
      const [row] = await database.query(
        `select commit, files, seen, stale, extract(epoch from now() - looked_at)::float as age
         from pyready.organisation_policies where installation_id = $1 and owner = $2`,
        [installationId, owner],
      );
      return (
        row && {
          commit: (row.commit as string | null) ?? null,
          files: String(row.files),
          seen: (row.seen as string | null) ?? null,
          stale: (row.stale as string | null) ?? null,
          age: Number(row.age),
        }
      );
    },

    async rememberOrganisationPolicy(
      installationId: number,
      owner: string,
      { commit, files, seen, stale }: Omit<StoredOrganisation, "age">,
    ): Promise<void> {
      await database.query(
        `insert into pyready.organisation_policies (installation_id, owner, commit, files, seen, stale)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (installation_id, owner) do update set commit = excluded.commit, files = excluded.files,
           seen = excluded.seen, stale = excluded.stale, looked_at = now()`,
        [installationId, owner, commit, files, seen, stale],
      );
    },
  };
}
