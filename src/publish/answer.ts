import type { Comments } from "./ports.ts";
import { isRefusal, mayHaveHappened } from "./write-errors.ts";

/** The comment that is answered, and who answers. */
export interface AnswerTarget {
  readonly number: number;
  readonly commentId: number;
  readonly appId: number;
  /** True where an earlier attempt may have answered. */
  readonly mayBeThere: boolean;
}

/**
 * Answers a command in a comment of its own, once: by its mark, together with the App's id, an answer
 * whose receipt was lost is found again. A conversation that is locked or full gets none.
 */
export async function answerOnce(comments: Comments, target: AnswerTarget, body: string): Promise<void> {
  const { number, commentId, appId, mayBeThere } = target;
  const mark = `<!-- pyready:answer:${commentId} -->`;
  const isThere = async (): Promise<boolean> =>
    (await comments.comments(number)).some((one) => one.appId === appId && one.body.startsWith(mark));
  if (mayBeThere && (await isThere())) return;
  try {
    await comments.createComment(number, `${mark}\n${body}`);
  } catch (error) {
    if (isRefusal(error)) return;
    if (!mayHaveHappened(error) || !(await isThere())) throw error;
  }
}
