import { randomUUID } from "node:crypto";
import { type NewWork, PRIORITY } from "../store/lanes.ts";
import { type CommandRequest, laneOf, type ReviewRequest } from "../webhooks/review-request.ts";

/** The kinds of jobs, as the lanes name them. */
export const REVIEW = "review";
export const COMMAND = "command";

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

function ofRepository({ repository: { installationId, repositoryId } }: Pick<ReviewRequest, "repository">) {
  return { installationId, repositoryId };
}
