import type { Database, Row } from "./database.ts";
import {
  ADD,
  ADD_WHERE_IDLE,
  BURY,
  CLAIM,
  DEPTH,
  DROP,
  FINISH,
  HOLD_TENANT,
  RECLAIM,
  RELEASE,
  RENEW,
  TAKE_BACK,
} from "./lane-statements.ts";

/** A lane: what one review, command or task of its kind may run in at a time. */
export interface LaneKey {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly lane: string;
}

/** How soon it is wanted: a person asked; something happened just now; nobody waits for it. */
export const PRIORITY = { asked: 0, live: 1, backlog: 2 } as const;
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];

/** Work for a lane. Of what waits in a lane only the newest stays. */
export interface NewWork extends LaneKey {
  /** What kind of job runs it: `review`, `command`. */
  readonly kind: string;
  /** Whatever the job needs; plain JSON. */
  readonly request: object;
  /** Names this piece of work in logs, and the check run that comes of it. */
  readonly reviewId: string;
  readonly priority: Priority;
  /** The delivery that asks for it: a second one with this id changes nothing. */
  readonly delivery?: string;
}

/** Work that this process has taken. */
export interface ClaimedWork extends LaneKey {
  readonly kind: string;
  readonly request: unknown;
  readonly reviewId: string;
  /** Greater than that of any work accepted before it. */
  readonly generation: number;
  /** Names this very claim: who holds an older one may write nothing any more. */
  readonly fence: number;
  readonly priority: Priority;
  /** Claims of this generation that never ended, because their process did; and this one. */
  readonly attempts: number;
  /** Claims of this generation that ended in a failure. */
  readonly failures: number;
  /** Claims of this generation that ended in a fault that passes by itself. */
  readonly faults: number;
  /** Seconds since it was accepted, by the database's clock. */
  readonly waitedSeconds: number;
}

/** What stands in the lane beside the claim. */
export interface Standing {
  /** Newer work that waits in the lane; undefined when there is none. */
  readonly newer: { readonly request: unknown } | undefined;
}

export interface QueueDepth {
  readonly waiting: number;
  readonly running: number;
  /** Waiting for a time to come: after a fault, or until a limit of GitHub's passes. */
  readonly parked: number;
  readonly dead: number;
  /** Seconds that the oldest work that could run has waited. */
  readonly oldestSeconds: number;
}

export type Lanes = ReturnType<typeof lanesIn>;

/**
 * The queue: one row a lane that has work. Every method is one statement, by the database's clock, so
 * that any number of processes may share it, and a process may die at any instruction.
 */
export function lanesIn(database: Database) {
  const ofClaim = ({ installationId, repositoryId, lane, fence }: LaneKey & { readonly fence: number }) => [
    installationId,
    repositoryId,
    lane,
    fence,
  ];
  return {
    /** Puts work into its lanes; when this resolves it is durable. */
    async add(works: readonly NewWork[]): Promise<void> {
      await database.query(ADD, [JSON.stringify(works.map((work, ordinal) => ({ ...work, ordinal })))]);
    },

    /** Puts work into those of its lanes that have none. */
    async addWhereIdle(works: readonly NewWork[]): Promise<void> {
      if (works.length > 0) await database.query(ADD_WHERE_IDLE, [JSON.stringify(works)]);
    },

    /**
     * Takes work that may run now, at most one piece of each installation: the most urgent first, then
     * by whose turn it is, then the oldest.
     * @param busy installations that hold as many places here as one may
     */
    async claim(places: number, busy: readonly number[]): Promise<readonly ClaimedWork[]> {
      return (await database.query(CLAIM, [places, [...busy]])).map(claimedOf);
    },

    /** Prolongs the claim. @returns undefined where somebody else has the lane by now. */
    async renew(claim: LaneKey & { readonly fence: number }): Promise<Standing | undefined> {
      const [row] = await database.query(RENEW, ofClaim(claim));
      return row && { newer: row.is_newest === true ? undefined : { request: row.request } };
    },

    /** Ends the claim: the lane is empty then, or its newer work waits. */
    async finish(claim: LaneKey & { readonly fence: number }): Promise<void> {
      await database.query(FINISH, ofClaim(claim));
    },

    /** Hands the work back, to be taken again after a time. Newer work of the lane does not wait for it. */
    async release(
      claim: ClaimedWork,
      { seconds, failures, faults }: { readonly seconds: number; readonly failures: number; readonly faults: number },
    ): Promise<void> {
      await database.query(RELEASE, [...ofClaim(claim), seconds, failures, faults]);
    },

    /** Takes back what is claimed; for a process that knows to be the only one. */
    async reclaim(): Promise<void> {
      await database.query(RECLAIM);
    },

    /** Takes what runs for an installation from whoever runs it: it waits again, and writes nothing more. */
    async takeBack(installationId: number): Promise<void> {
      await database.query(TAKE_BACK, [installationId]);
    },

    /** Ends what waits or runs for a repository. */
    async drop(installationId: number, repositoryId: number): Promise<void> {
      await database.query(DROP, [installationId, repositoryId]);
    },

    /** Gives the work up for good; what it was is kept for the operator. */
    async bury(claim: ClaimedWork, reason: string): Promise<void> {
      await database.query(BURY, [...ofClaim(claim), claim.reviewId, reason]);
    },

    /** Lets nothing of an installation be taken for a time, by any process. */
    async holdTenant(installationId: number, seconds: number): Promise<void> {
      await database.query(HOLD_TENANT, [installationId, seconds]);
    },

    async depth(): Promise<QueueDepth> {
      const [row] = await database.query(DEPTH);
      return {
        waiting: Number(row?.waiting ?? 0),
        running: Number(row?.running ?? 0),
        parked: Number(row?.parked ?? 0),
        dead: Number(row?.dead ?? 0),
        oldestSeconds: Number(row?.oldest ?? 0),
      };
    },
  };
}

function claimedOf(row: Row): ClaimedWork {
  return {
    installationId: Number(row.installation_id),
    repositoryId: Number(row.repository_id),
    lane: String(row.lane),
    kind: String(row.kind),
    request: row.request,
    reviewId: String(row.review_id),
    generation: Number(row.generation),
    fence: Number(row.fence),
    priority: Number(row.priority) as Priority,
    attempts: Number(row.attempts),
    failures: Number(row.failures),
    faults: Number(row.faults),
    waitedSeconds: Number(row.waited),
  };
}
