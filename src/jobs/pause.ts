import type { Comments } from "../publish/ports.ts";
import { isRefusal, statusOf } from "../publish/write-errors.ts";
import { pausedComment } from "../report/answers.ts";
import type { Records } from "../store/records.ts";
import type { CommandRequest } from "../webhooks/review-request.ts";

/**
 * Lets the comment of a pull request stay as it is, and says so in it, once: what is not kept true any
 * more must not look as if it were. The check run goes on.
 */
export async function pause(
  records: Pick<Records, "comment" | "rememberComment" | "setPaused">,
  { repository, number }: CommandRequest,
  writer: Comments,
): Promise<"rocket"> {
  await records.setPaused(repository, number, true);
  const known = await records.comment(repository, number);
  const ours = (await writer.comments(number)).find(({ id }) => id === known.commentId);
  const body = ours && pausedComment(ours.body);
  if (!ours || body === undefined) return "rocket";
  await writer.updateComment(ours.id, body).catch((error: unknown) => {
    if (!isRefusal(error) && statusOf(error) !== 404) throw error;
  });
  // It is not what a review wrote any more.
  await records.rememberComment(repository, number, { ...known, hash: null });
  return "rocket";
}
