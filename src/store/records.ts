import { advisoriesIn } from "./advisories.ts";
import { commandsIn } from "./commands.ts";
import type { Database } from "./database.ts";
import { evidenceIn } from "./evidence.ts";
import { installationsIn } from "./installations.ts";
import { knownRepositoryOf } from "./known-repository.ts";
import { looksIn } from "./looks.ts";
import { pacesIn } from "./paces.ts";
import { policiesIn } from "./policies.ts";
import { publicationsIn } from "./publications.ts";
import { regimeRunsIn } from "./regime-runs.ts";
import { forgetOld } from "./retention.ts";
import { settingsIn } from "./settings.ts";
import { sweepsIn } from "./sweeps.ts";
import { tenantDataIn } from "./tenant-data.ts";
import { verdictsIn } from "./verdicts.ts";

/** A repository of an installation: the key that every row carries. */
export interface RepositoryKey {
  readonly installationId: number;
  readonly repositoryId: number;
}

/** What is known of pyready's comment on a pull request. */
export interface CommentRecord {
  readonly commentId: number | null;
  readonly hash: string | null;
  /** A person deleted it: it is not written again until somebody asks. */
  readonly deleted: boolean;
}

/** A repository as GitHub last told of it. */
export interface KnownRepository extends RepositoryKey {
  readonly owner: string;
  readonly name: string;
  readonly visibility: "public" | "private" | "internal" | "unknown";
  readonly ownerType: "organization" | "user" | "unknown";
  readonly defaultBranch: string | null;
  readonly archived: boolean;
}

/** Everything that is remembered between reviews. */
export type Records = ReturnType<typeof recordsIn>;

export function recordsIn(database: Database) {
  const key = ({ installationId, repositoryId }: RepositoryKey): readonly unknown[] => [installationId, repositoryId];
  return {
    ...publicationsIn(database),
    ...commandsIn(database),
    ...pacesIn(database),
    ...policiesIn(database),
    ...regimeRunsIn(database),
    ...evidenceIn(database),
    ...installationsIn(database),
    ...looksIn(database),
    ...settingsIn(database),
    ...advisoriesIn(database),
    ...sweepsIn(database),
    ...tenantDataIn(database),
    ...verdictsIn(database),

    /** Forgets what is of no use any more, and what is older than the days of retention; evidence has days of its own. */
    forgetOld: (retentionDays: number, evidenceDays?: number) => forgetOld(database, retentionDays, evidenceDays),

    /** The repository as the last delivery told of it: names change, ids do not. */
    async repository(repository: RepositoryKey): Promise<KnownRepository | undefined> {
      const [row] = await database.query(
        "select * from pyready.repositories where installation_id = $1 and repository_id = $2",
        [...key(repository)],
      );
      // One that only a delivery's log told of has no name yet.
      if (!row || row.name === "") return undefined;
      return knownRepositoryOf(repository.installationId, row);
    },

    async comment(repository: RepositoryKey, number: number): Promise<CommentRecord> {
      const [row] = await database.query(
        `select comment_id, comment_hash, comment_deleted from pyready.pull_requests
         where installation_id = $1 and repository_id = $2 and number = $3`,
        [...key(repository), number],
      );
      return {
        commentId: row?.comment_id == null ? null : Number(row.comment_id),
        hash: (row?.comment_hash as string | null | undefined) ?? null,
        deleted: row?.comment_deleted === true,
      };
    },

    async rememberComment(repository: RepositoryKey, number: number, comment: CommentRecord): Promise<void> {
      await database.query(
        `insert into pyready.pull_requests
           (installation_id, repository_id, number, comment_id, comment_hash, comment_deleted)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (installation_id, repository_id, number) do update set
           comment_id = excluded.comment_id, comment_hash = excluded.comment_hash, comment_deleted = excluded.comment_deleted`,
        [...key(repository), number, comment.commentId, comment.hash, comment.deleted],
      );
    },

    /** @throws when the database cannot be reached. */
    async ping(): Promise<void> {
      await database.query("select 1");
    },
  };
}
