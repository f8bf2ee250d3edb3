import type { Assessment } from "../policy/assessment.ts";
import { sayingOf } from "../policy/saying.ts";
import { writeComment } from "../publish/comment.ts";
import type { Comments } from "../publish/ports.ts";
import { isRefusal } from "../publish/write-errors.ts";
import { commentsAreOff, MARKER, oneLineComment, pullRequestComment } from "../report/comment.ts";
import type { PublishContext } from "../report/publish-context.ts";
import type { Records, RepositoryKey } from "../store/records.ts";
import type { PullRequestState } from "./head.ts";

/** Drafts and pull requests of bots get a check, and no comment. */
export function mayComment({ open, draft, authorIsBot }: PullRequestState): boolean {
  return open && !draft && !authorIsBot;
}

/** Keeps the pull request's comment true, where there is something to say. */
export async function say(
  {
    appId,
    records,
  }: { readonly appId: number; readonly records: Pick<Records, "comment" | "isPaused" | "rememberComment"> },
  comments: Comments,
  repository: RepositoryKey,
  pull: PullRequestState,
  assessment: Assessment,
  context: PublishContext,
  asked: boolean,
): Promise<void> {
  const saying = sayingOf(assessment);
  if (!mayComment(pull) || (await records.isPaused(repository, pull.number))) return;
  const { form, worthANewOne } = saying;
  const body = form === "off" ? commentsAreOff : bodyOf(form, assessment, context);
  const before = await records.comment(repository, pull.number);
  try {
    const target = { number: pull.number, appId, marker: MARKER };
    const after = await writeComment(comments, target, before, { body, worthANewOne, asked });
    if (after !== before) await records.rememberComment(repository, pull.number, after);
  } catch (error) {
    // A conversation that is locked or full takes no comment; the check run says it all.
    if (!isRefusal(error)) throw error;
  }
}

function bodyOf(form: "findings" | "line", assessment: Assessment, context: PublishContext): string {
  return form === "findings" ? pullRequestComment(assessment, context) : oneLineComment(assessment, context);
}
