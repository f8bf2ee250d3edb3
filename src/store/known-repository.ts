import type { Row } from "./database.ts";
import type { KnownRepository } from "./records.ts";

/** A row of the table of repositories. */
export function knownRepositoryOf(installationId: number, row: Row): KnownRepository {
  return {
    installationId,
    repositoryId: Number(row.repository_id),
    owner: String(row.owner),
    name: String(row.name),
    visibility: row.visibility as KnownRepository["visibility"],
    ownerType: row.owner_type as KnownRepository["ownerType"],
    defaultBranch: (row.default_branch as string | null) ?? null,
    archived: row.archived === true,
  };
}
