import type { Database, Row } from "./database.ts";
import type { RepositoryKey } from "./records.ts";

/** A check run that was published. */
export interface PublishedCheck {
  readonly headSha: string;
  readonly lane: string;
  readonly checkRunId: number;
  readonly reviewId: string;
  /** What the outcome depends on: unchanged inputs publish nothing new. */
  readonly inputs: string;
  readonly conclusion: string;
  /** The digest of the annotations that the run has; empty for none. */
  readonly annotations: string;
  /** That of the work it came of; what is older replaces nothing. */
  readonly generation: number;
}

/** A run that was begun, and is not known to be completed: noted before GitHub is told of it. */
export interface OpenRun {
  readonly externalId: string;
  readonly headSha: string;
  /** The lane whose review began it. */
  readonly lane: string;
  /** Null where the answer that names it never came. */
  readonly checkRunId: number | null;
  /** The digest of the annotations that were sent to it, as far as is known; empty for none. */
  readonly annotations: string;
}

/** So long a review may be silent while it publishes on a head before another may. */
const HOLD_SECONDS = 20;

/** What was published on which head, and what is being published. */
export function publicationsIn(database: Database) {
  const key = ({ installationId, repositoryId }: RepositoryKey): readonly unknown[] => [installationId, repositoryId];
  return {
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
        annotations: String(row.annotations),
        generation: Number(row.generation ?? 0),
      };
    },

    /**
     * Remembers what was published, and that no run of the head is open any more; nothing newer of the lane
     * is replaced. The annotations are those that were noted of this review's run.
     */
    async rememberCheck(repository: RepositoryKey, check: Omit<PublishedCheck, "annotations">): Promise<void> {
      await database.query(
        `with closed as (
           delete from pyready.open_runs where installation_id = $1 and repository_id = $2 and head_sha = $3
           returning external_id, annotations
         )
         insert into pyready.check_runs as known
           (installation_id, repository_id, head_sha, lane, check_run_id, review_id, inputs, conclusion, generation,
            annotations)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9,
           coalesce((select annotations from closed where external_id = $6), ''))
         on conflict (installation_id, repository_id, head_sha) do update set
           lane = excluded.lane, check_run_id = excluded.check_run_id, review_id = excluded.review_id,
           inputs = excluded.inputs, conclusion = excluded.conclusion, generation = excluded.generation,
           annotations = excluded.annotations, published_at = now()
         where known.lane <> excluded.lane or coalesce(known.generation, 0) <= excluded.generation`,
        [
          ...key(repository),
          check.headSha,
          check.lane,
          check.checkRunId,
          check.reviewId,
          check.inputs,
          check.conclusion,
          check.generation,
        ],
      );
    },

    /** Notes a run before GitHub is asked to make it, or the id that GitHub gave it. */
    async noteRun(repository: RepositoryKey, run: OpenRun): Promise<void> {
      const { externalId, headSha, lane, checkRunId, annotations } = run;
      await database.query(
        `insert into pyready.open_runs as known
           (installation_id, repository_id, external_id, head_sha, lane, check_run_id, annotations)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (installation_id, repository_id, external_id) do update set
           check_run_id = coalesce(excluded.check_run_id, known.check_run_id), annotations = excluded.annotations`,
        [...key(repository), externalId, headSha, lane, checkRunId, annotations],
      );
    },

    /** Runs of this head that an earlier attempt, or an earlier review, may have left. */
    async openRuns(repository: RepositoryKey, headSha: string): Promise<readonly OpenRun[]> {
      const rows = await database.query(
        `select * from pyready.open_runs
         where installation_id = $1 and repository_id = $2 and head_sha = $3 order by opened_at`,
        [...key(repository), headSha],
      );
      return rows.map(openRunOf);
    },

    /** Runs that reviews of this lane may have left on other heads than this. */
    async openRunsElsewhere(
      repository: RepositoryKey,
      lane: string,
      headSha: string | undefined,
    ): Promise<readonly OpenRun[]> {
      const rows = await database.query(
        `select * from pyready.open_runs
         where installation_id = $1 and repository_id = $2 and lane = $3 and head_sha is distinct from $4::text`,
        [...key(repository), lane, headSha ?? null],
      );
      return rows.map(openRunOf);
    },

    /**
     * True where no other head was published before: of a pull request no other pull request's, since a
     * check of the default branch is seen by few.
     */
    async isFirstCheck(repository: RepositoryKey, headSha: string, lane: string): Promise<boolean> {
      const rows = await database.query(
        `select 1 from pyready.check_runs where installation_id = $1 and repository_id = $2 and head_sha <> $3
           and (lane like 'pull/%') = ($4 like 'pull/%') limit 1`,
        [...key(repository), headSha, lane],
      );
      return rows.length === 0;
    },

    /** Forgets one run: it is completed. */
    async closeRun(repository: RepositoryKey, externalId: string): Promise<void> {
      await database.query(
        "delete from pyready.open_runs where installation_id = $1 and repository_id = $2 and external_id = $3",
        [...key(repository), externalId],
      );
    },

    /** Takes the right to publish on a head, or keeps it, for a while. @returns false while another review has it. */
    async holdHead(repository: RepositoryKey, headSha: string, holder: number): Promise<boolean> {
      const rows = await database.query(
        `insert into pyready.heads as known (installation_id, repository_id, head_sha, holder, held_until)
         values ($1, $2, $3, $4, now() + interval '${HOLD_SECONDS} seconds')
         on conflict (installation_id, repository_id, head_sha) do update set
           holder = excluded.holder, held_until = excluded.held_until
         where known.holder = excluded.holder or known.held_until < now()
         returning holder`,
        [...key(repository), headSha, holder],
      );
      return rows.length > 0;
    },

    async freeHead(repository: RepositoryKey, headSha: string, holder: number): Promise<void> {
      await database.query(
        "delete from pyready.heads where installation_id = $1 and repository_id = $2 and head_sha = $3 and holder = $4",
        [...key(repository), headSha, holder],
      );
    },
  };
}

function openRunOf({ external_id, head_sha, lane, check_run_id, annotations }: Row): OpenRun {
  return {
    externalId: String(external_id),
    headSha: String(head_sha),
    lane: String(lane),
    checkRunId: check_run_id == null ? null : Number(check_run_id),
    annotations: String(annotations),
  };
}
