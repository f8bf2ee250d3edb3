import { createHash } from "node:crypto";
import type { Comments, PublishedComment } from "./ports.ts";
import { mayHaveHappened, statusOf } from "./write-errors.ts";

/** What is known of our comment on a pull request. */
export interface CommentState {
  readonly commentId: number | null;
  readonly hash: string | null;
  readonly deleted: boolean;
}

/** What there is to say now. */
export interface Saying {
  /** The comment's text. */
  readonly body: string;
  /** Whether it is worth a comment that is not there yet; one that is there is always kept true. */
  readonly worthANewOne: boolean;
  /** A person asked: a comment that was deleted may be written again. */
  readonly asked: boolean;
}

/**
 * Keeps at most one comment of ours on a pull request, edited in place.
 * @param marker the line by which our comment is known, together with the App's id
 * @returns what to remember.
 */
export async function writeComment(
  comments: Comments,
  { number, appId, marker }: { readonly number: number; readonly appId: number; readonly marker: string },
  state: CommentState,
  { body, worthANewOne, asked }: Saying,
): Promise<CommentState> {
  const hash = createHash("sha256").update(body).digest("hex");
  const written = (commentId: number): CommentState => ({ commentId, hash, deleted: false });
  if (state.deleted && !asked) return state;
  if (state.commentId !== null && state.hash === hash && !asked) return state;
  const isOurs = (comment: PublishedComment): boolean => comment.appId === appId && comment.body.includes(marker);

  let known = state.commentId;
  if (known === null) {
    if (!worthANewOne) return state;
    known = await soleComment(comments, (await comments.comments(number)).filter(isOurs));
  }
  if (known !== null) {
    try {
      await comments.updateComment(known, body);
      return written(known);
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
      if (!asked || !worthANewOne) return { commentId: null, hash: null, deleted: true };
    }
  }
  try {
    return written(await comments.createComment(number, body));
  } catch (error) {
    if (!mayHaveHappened(error)) throw error;
    const found = (await comments.comments(number)).find(isOurs);
    if (!found) throw error;
    return written(found.id);
  }
}

/** The oldest of our comments; younger ones, left by a race, are deleted. */
async function soleComment(comments: Comments, ours: readonly PublishedComment[]): Promise<number | null> {
  const [oldest, ...younger] = [...ours].sort((a, b) => a.id - b.id);
  for (const { id } of younger) await comments.deleteComment(id);
  return oldest?.id ?? null;
}
