import { randomUUID } from "node:crypto";
import { type NewWork, PRIORITY } from "../store/lanes.ts";
import { type CommandRequest, laneOf, type ReviewRequest } from "../webhooks/review-request.ts";

/** The kinds of jobs, as the lanes name them. */
export const REVIEW = "review";
export const COMMAND = "command";
export const RECONCILE = "reconcile";
export const HEADS = "heads";
export const SETTINGS = "settings";
export const ADVISORIES = "advisories";
export const EVIDENCE = "evidence";

/** Adds work to its lanes, durably. */
export type AddWork = (works: readonly NewWork[]) => Promise<void>;

/** A review as work for its lane. */
export function reviewWork(request: ReviewRequest, delivery?: string): NewWork {
  return {
    ...ofRepository(request),
    lane: laneOf(request),
    kind: REVIEW,
    request,
    reviewId: `rv_${randomUUID()}`,
    priority: request.asked ? PRIORITY.asked : PRIORITY.live,
    ...(delivery === undefined ? {} : { delivery }),
  };
}

/** A command as work for a lane of its own: none replaces another. */
export function commandWork(request: CommandRequest, delivery: string): NewWork {
  return {
    ...ofRepository(request),
    lane: `command/${request.commentId}`,
    kind: COMMAND,
    request,
    reviewId: `cm_${randomUUID()}`,
    priority: PRIORITY.asked,
    delivery,
  };
}

/** The whole App's reconciliation: of no installation. */
export function reconcileWork(): NewWork {
  return {
    installationId: 0,
    repositoryId: 0,
    lane: RECONCILE,
    kind: RECONCILE,
    request: {},
    reviewId: `rc_${randomUUID()}`,
    priority: PRIORITY.live,
  };
}

/** A look at the open heads of an installation: a request or two, that reviews wait for. */
export function headsWork(installationId: number): NewWork {
  return {
    installationId,
    repositoryId: 0,
    lane: HEADS,
    kind: HEADS,
    request: { installationId },
    reviewId: `hd_${randomUUID()}`,
    priority: PRIORITY.live,
  };
}

/** A reading of a repository's settings: nobody waits for it. */
export function settingsWork(repository: ReviewRequest["repository"]): NewWork {
  return {
    ...ofRepository({ repository }),
    lane: SETTINGS,
    kind: SETTINGS,
    request: { repository },
    reviewId: `st_${randomUUID()}`,
    priority: PRIORITY.backlog,
  };
}

/** The packs of evidence that a repository lacks: nobody waits for them. */
export function evidenceWork(repository: ReviewRequest["repository"]): NewWork {
  return {
    ...ofRepository({ repository }),
    lane: EVIDENCE,
    kind: EVIDENCE,
    request: { repository },
    reviewId: `ev_${randomUUID()}`,
    priority: PRIORITY.backlog,
  };
}

/** A reading of the advisories that reviews of an installation asked for; some of them wait to be made again. */
export function advisoriesWork(installationId: number): NewWork {
  return {
    installationId,
    repositoryId: 0,
    lane: ADVISORIES,
    kind: ADVISORIES,
    request: { installationId },
    reviewId: `ad_${randomUUID()}`,
    priority: PRIORITY.live,
  };
}

function ofRepository({ repository: { installationId, repositoryId } }: Pick<ReviewRequest, "repository">) {
  return { installationId, repositoryId };
}
