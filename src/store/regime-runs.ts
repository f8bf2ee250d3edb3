import type { Database } from "./database.ts";
import type { RepositoryKey } from "./records.ts";

/** The check run of a regime on a head: noted before GitHub is told of it. */
export interface RegimeRun {
  readonly headSha: string;
  readonly regime: string;
  /** The lane whose review wrote it last. */
  readonly lane: string;
  /** Null where the answer that names it never came. */
  readonly checkRunId: number | null;
  readonly conclusion: string;
  /** Whether the policy lets it fail. */
  readonly blocks: boolean;
}

/** The check runs that regimes have of their own. */
export function regimeRunsIn(database: Database) {
  const key = ({ installationId, repositoryId }: RepositoryKey): readonly unknown[] => [installationId, repositoryId];
  return {
    async regimeRuns(repository: RepositoryKey, headSha: string): Promise<readonly RegimeRun[]> {
      const rows = await database.query(
        `select * from pyready.regime_runs
         where installation_id = $1 and repository_id = $2 and head_sha = $3 order by regime`,
        [...key(repository), headSha],
      );
      return rows.map(({ regime, lane, check_run_id, conclusion, blocks }) => ({
        headSha,
        regime: String(regime),
        lane: String(lane),
        checkRunId: check_run_id == null ? null : Number(check_run_id),
        conclusion: String(conclusion),
        blocks: blocks === true,
      }));
    },

    /** Notes a run before GitHub is asked to write it, or the id that GitHub gave it. */
    async noteRegimeRun(repository: RepositoryKey, run: RegimeRun): Promise<void> {
      const { headSha, regime, lane, checkRunId, conclusion, blocks } = run;
      await database.query(
        `insert into pyready.regime_runs as known
           (installation_id, repository_id, head_sha, regime, lane, check_run_id, conclusion, blocks)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (installation_id, repository_id, head_sha, regime) do update set
           lane = excluded.lane, check_run_id = coalesce(excluded.check_run_id, known.check_run_id),
           conclusion = excluded.conclusion, blocks = excluded.blocks, written_at = now()`,
        [...key(repository), headSha, regime, lane, checkRunId, conclusion, blocks],
      );
    },

    async forgetRegimeRun(
      repository: RepositoryKey,
      { headSha, regime }: Pick<RegimeRun, "headSha" | "regime">,
    ): Promise<void> {
      await database.query(
        `delete from pyready.regime_runs
         where installation_id = $1 and repository_id = $2 and head_sha = $3 and regime = $4`,
        [...key(repository), headSha, regime],
      );
    },
  };
}
