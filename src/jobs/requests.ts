import type { CommandRequest, ReviewRequest } from "../webhooks/review-request.ts";

/** A review as it waits in the queue. */
export type QueuedReview = ReviewRequest & {
  /** Names the review in the check run and in the logs, over all attempts. */
  readonly reviewId: string;
};

/** The queues of the product: reviews have lanes, commands do not. */
export const REVIEWS = "reviews";
export const COMMANDS = "commands";

/** Puts work into the queues. */
export interface Enqueue {
  review(request: ReviewRequest): Promise<void>;
  command(request: CommandRequest): Promise<void>;
}
