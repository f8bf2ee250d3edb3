import type { Database, Row } from "./database.ts";
import type { RepositoryKey } from "./records.ts";

/** What a lane last said of its head: one head may belong to several lanes, each with a base of its own. */
export interface Verdict {
  readonly lane: string;
  readonly headSha: string;
  /** The commit that the head was compared with; null where there is none. */
  readonly baseSha: string | null;
  /** Where the branch stood that the base was told by; null where none was asked. */
  readonly baseTip: string | null;
  /** What the outcome depends on: unchanged inputs publish nothing new. */
  readonly inputs: string;
  readonly conclusion: string;
  /** That of the work it came of; what is older replaces nothing. */
  readonly generation: number;
}

/** What each lane last said, and the reviews of the commits that heads are compared with. */
export function verdictsIn(database: Database) {
  const key = ({ installationId, repositoryId }: RepositoryKey): readonly unknown[] => [installationId, repositoryId];
  return {
    async verdict(repository: RepositoryKey, lane: string): Promise<Verdict | undefined> {
      const [row] = await database.query(
        "select * from pyready.verdicts where installation_id = $1 and repository_id = $2 and lane = $3",
        [...key(repository), lane],
      );
      return row && verdictOf(row);
    },

    /** What other lanes say of this head. */
    async otherVerdicts(repository: RepositoryKey, lane: string, headSha: string): Promise<readonly Verdict[]> {
      const rows = await database.query(
        `select * from pyready.verdicts where installation_id = $1 and repository_id = $2
           and head_sha = $3 and lane <> $4 order by lane`,
        [...key(repository), headSha, lane],
      );
      return rows.map(verdictOf);
    },

    /** Remembers what a lane says; nothing newer is replaced. */
    async rememberVerdict(repository: RepositoryKey, verdict: Verdict): Promise<void> {
      const { lane, headSha, baseSha, baseTip, inputs, conclusion, generation } = verdict;
      await database.query(
        `insert into pyready.verdicts as known
           (installation_id, repository_id, lane, head_sha, base_sha, base_tip, inputs, conclusion, generation)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (installation_id, repository_id, lane) do update set
           head_sha = excluded.head_sha, base_sha = excluded.base_sha, base_tip = excluded.base_tip,
           inputs = excluded.inputs, conclusion = excluded.conclusion, generation = excluded.generation,
           published_at = now()
         where known.generation <= excluded.generation`,
        [...key(repository), lane, headSha, baseSha, baseTip, inputs, conclusion, generation],
      );
    },

    /** Forgets what a lane said: it is closed, or its head moved. */
    async forgetVerdict(repository: RepositoryKey, lane: string): Promise<void> {
      await database.query(
        "delete from pyready.verdicts where installation_id = $1 and repository_id = $2 and lane = $3",
        [...key(repository), lane],
      );
    },

    /** Lets the next review of a lane speak, whatever was said before. */
    async voidVerdict(repository: RepositoryKey, lane: string): Promise<void> {
      await database.query(
        "update pyready.verdicts set inputs = '' where installation_id = $1 and repository_id = $2 and lane = $3",
        [...key(repository), lane],
      );
    },

    /** The review of a commit by these inputs, as JSON; undefined where it was not judged by them. */
    async baseReview(repository: RepositoryKey, commit: string, inputs: string): Promise<string | undefined> {
      const [row] = await database.query(
        `select review from pyready.base_reviews
         where installation_id = $1 and repository_id = $2 and commit_sha = $3 and inputs = $4`,
        [...key(repository), commit, inputs],
      );
      return row && String(row.review);
    },

    async rememberBaseReview(repository: RepositoryKey, commit: string, inputs: string, review: string): Promise<void> {
      await database.query(
        `insert into pyready.base_reviews (installation_id, repository_id, commit_sha, inputs, review)
         values ($1, $2, $3, $4, $5) on conflict do nothing`,
        [...key(repository), commit, inputs, review],
      );
    },
  };
}

function verdictOf(row: Row): Verdict {
  return {
    lane: String(row.lane),
    headSha: String(row.head_sha),
    baseSha: row.base_sha == null ? null : String(row.base_sha),
    baseTip: row.base_tip == null ? null : String(row.base_tip),
    inputs: String(row.inputs),
    conclusion: String(row.conclusion),
    generation: Number(row.generation),
  };
}
