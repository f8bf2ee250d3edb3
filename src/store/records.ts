import type { Database } from "./database.ts";

/** A repository of an installation: the key that every row carries. */
export interface RepositoryKey {
  readonly installationId: number;
  readonly repositoryId: number;
}

/** A check run that was published. */
export interface PublishedCheck {
  readonly headSha: string;
  readonly lane: string;
  readonly checkRunId: number;
  readonly reviewId: string;
  /** What the outcome depends on: unchanged inputs publish nothing new. */
  readonly inputs: string;
  readonly conclusion: string;
}

/** What is known of pyready's comment on a pull request. */
export interface CommentRecord {
  readonly commentId: number | null;
  readonly hash: string | null;
  /** A person deleted it: it is not written again until somebody asks. */
  readonly deleted: boolean;
}

/** Everything that is remembered between reviews. */
export type Records = ReturnType<typeof recordsIn>;

export function recordsIn(database: Database) {
  const key = ({ installationId, repositoryId }: RepositoryKey): readonly unknown[] => [installationId, repositoryId];
  return {
    /** True when a delivery with this id was accepted before. */
    async knowsDelivery(guid: string): Promise<boolean> {
      return (await database.query("select from pyready.deliveries where guid = $1", [guid])).length > 0;
    },

    async rememberDelivery(guid: string): Promise<void> {
      await database.query("insert into pyready.deliveries (guid) values ($1) on conflict do nothing", [guid]);
    },

    /** Forgets deliveries that GitHub can no longer send again. */
    async forgetOldDeliveries(): Promise<void> {
      await database.query("delete from pyready.deliveries where received_at < now() - interval '5 days'");
    },

    async publishedCheck(repository: RepositoryKey, headSha: string): Promise<PublishedCheck | undefined> {
      const [row] = await database.query(
        "select * from pyready.check_runs where installation_id = $1 and repository_id = $2 and head_sha = $3",
        [...key(repository), headSha],
      );
      if (!row) return undefined;
      return {
        headSha,
        lane: String(row.lane),
        checkRunId: Number(row.check_run_id),
        reviewId: String(row.review_id),
        inputs: String(row.inputs),
        conclusion: String(row.conclusion),
      };
    },

    async rememberCheck(repository: RepositoryKey, check: PublishedCheck): Promise<void> {
      await database.query(
        `insert into pyready.check_runs
           (installation_id, repository_id, head_sha, lane, check_run_id, review_id, inputs, conclusion)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (installation_id, repository_id, head_sha) do update set
           lane = excluded.lane, check_run_id = excluded.check_run_id, review_id = excluded.review_id,
           inputs = excluded.inputs, conclusion = excluded.conclusion, published_at = now()`,
        [
          ...key(repository),
          check.headSha,
          check.lane,
          check.checkRunId,
          check.reviewId,
          check.inputs,
          check.conclusion,
        ],
      );
    },

    /** Notes the newest head that GitHub told of; a review of an older one is overtaken. */
    async noteHead(repository: RepositoryKey, number: number, headSha: string): Promise<void> {
      await database.query(
        `insert into pyready.pull_requests (installation_id, repository_id, number, newest_head) values ($1, $2, $3, $4)
         on conflict (installation_id, repository_id, number) do update set newest_head = excluded.newest_head`,
        [...key(repository), number, headSha],
      );
    },

    async newestHead(repository: RepositoryKey, number: number): Promise<string | null> {
      const [row] = await database.query(
        "select newest_head from pyready.pull_requests where installation_id = $1 and repository_id = $2 and number = $3",
        [...key(repository), number],
      );
      return (row?.newest_head as string | null | undefined) ?? null;
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

    /** Notes a command that was given; false when it was noted before. */
    async noteCommand(
      repository: RepositoryKey,
      command: { number: number; commentId: number; login: string; state: string },
    ): Promise<boolean> {
      const rows = await database.query(
        `insert into pyready.commands (installation_id, repository_id, number, comment_id, login, state)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning comment_id`,
        [...key(repository), command.number, command.commentId, command.login, command.state],
      );
      return rows.length > 0;
    },

    /** How many commands this person gave on this pull request in the last hour, by state. */
    async recentCommands(repository: RepositoryKey, number: number, login: string, state: string): Promise<number> {
      const [row] = await database.query(
        `select count(*)::int as count from pyready.commands
         where installation_id = $1 and repository_id = $2 and number = $3 and login = $4 and state = $5
           and created_at > now() - interval '1 hour'`,
        [...key(repository), number, login, state],
      );
      return Number(row?.count ?? 0);
    },

    /** Comments whose command waits for the next publication on this pull request. */
    async waitingCommands(repository: RepositoryKey, number: number): Promise<readonly number[]> {
      const rows = await database.query(
        `select comment_id from pyready.commands
         where installation_id = $1 and repository_id = $2 and number = $3 and state = 'waiting' order by created_at`,
        [...key(repository), number],
      );
      return rows.map(({ comment_id }) => Number(comment_id));
    },

    async finishCommand(repository: RepositoryKey, commentId: number): Promise<void> {
      await database.query(
        "update pyready.commands set state = 'done' where installation_id = $1 and repository_id = $2 and comment_id = $3",
        [...key(repository), commentId],
      );
    },

    /** Deletes what is held of an installation, or of some of its repositories. */
    async purge(installationId: number, repositoryIds?: readonly number[]): Promise<void> {
      for (const table of ["check_runs", "pull_requests", "commands"]) {
        await database.query(
          `delete from pyready.${table} where installation_id = $1 and ($2::bigint[] is null or repository_id = any($2))`,
          [installationId, repositoryIds ?? null],
        );
      }
    },

    /** @throws when the database cannot be reached. */
    async ping(): Promise<void> {
      await database.query("select 1");
    },
  };
}
