import { isRefusal, statusOf } from "./write-errors.ts";

/** What GitHub offers to show under a comment. */
export type Reaction = "eyes" | "rocket" | "confused";

export interface Reactions {
  react(commentId: number, content: Reaction): Promise<void>;
}

/** Reacts to a comment where that can be done: it may be deleted by now, or its conversation locked. */
export async function acknowledge(reactions: Reactions, commentId: number, content: Reaction): Promise<void> {
  await reactions.react(commentId, content).catch((error: unknown) => {
    if (!isRefusal(error) && statusOf(error) !== 404) throw error;
  });
}
