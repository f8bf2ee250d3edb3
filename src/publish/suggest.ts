import type { AnswerTarget } from "./answer.ts";
import { mayHaveHappened } from "./write-errors.ts";

/** Lines of a pull request with what is said of them. */
export interface LineComment {
  readonly path: string;
  /** One-based lines of the head. */
  readonly from: number;
  readonly to: number;
  readonly body: string;
}

/** What saying something of a pull request's lines needs. */
export interface LineReviews {
  /** The lines of each file that the pull request shows as they are at its head. */
  shownLines(number: number): Promise<ReadonlyMap<string, readonly (readonly [from: number, to: number])[]>>;
  /** What reviews of bots say as a whole. */
  botReviews(number: number): Promise<readonly string[]>;
  review(
    number: number,
    review: { readonly headSha: string; readonly body: string; readonly comments: readonly LineComment[] },
  ): Promise<void>;
}

/** Comments lines of a pull request in one review, once: by its mark a review whose receipt was lost is found again. */
export async function reviewOnce(
  reviews: LineReviews,
  { number, commentId, mayBeThere }: AnswerTarget,
  {
    headSha,
    body,
    comments,
  }: { readonly headSha: string; readonly body: string; readonly comments: readonly LineComment[] },
): Promise<void> {
  const mark = `<!-- pyready:answer:${commentId} -->`;
  const isThere = async (): Promise<boolean> => (await reviews.botReviews(number)).some((one) => one.startsWith(mark));
  if (mayBeThere && (await isThere())) return;
  await reviews.review(number, { headSha, body: `${mark}\n${body}`, comments }).catch(async (error: unknown) => {
    if (!mayHaveHappened(error) || !(await isThere())) throw error;
  });
}
