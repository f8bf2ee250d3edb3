import type { Database } from "./database.ts";
import type { RepositoryKey } from "./records.ts";

/** How often a lane is reviewed by itself. */
export interface Pace {
  /** Seconds from one review to the next, once those that need not wait are spent. */
  readonly seconds: number;
  /** Reviews that need not wait. */
  readonly atOnce: number;
}

/** A review of a lane: its repetitions are counted once. */
export interface PacedReview extends RepositoryKey {
  readonly lane: string;
  readonly generation: number;
}

/** How far each lane is ahead of its pace: until when the reviews that it had would have taken. */
export function pacesIn(database: Database) {
  const key = ({ installationId, repositoryId, lane, generation }: PacedReview): readonly unknown[] => [
    installationId,
    repositoryId,
    lane,
    generation,
  ];
  return {
    /** Seconds until the review may begin; 0 where it may now, or has begun before. */
    async paceWait(review: PacedReview, { seconds, atOnce }: Pace): Promise<number> {
      const [row] = await database.query(
        `select extract(epoch from spent_until - now()) - $5::float8 as ahead from pyready.paces
         where installation_id = $1 and repository_id = $2 and lane = $3 and generation <> $4`,
        [...key(review), seconds * (atOnce - 1)],
      );
      return Math.max(0, Number(row?.ahead ?? 0));
    },

    /** Counts a review. */
    async spendPace(review: PacedReview, { seconds }: Pace): Promise<void> {
      await database.query(
        `insert into pyready.paces as known (installation_id, repository_id, lane, generation, spent_until)
         values ($1, $2, $3, $4, now() + make_interval(secs => $5::float8))
         on conflict (installation_id, repository_id, lane) do update set
           generation = excluded.generation,
           spent_until = greatest(known.spent_until, now()) + make_interval(secs => $5::float8)
         where known.generation <> excluded.generation`,
        [...key(review), seconds],
      );
    },
  };
}
