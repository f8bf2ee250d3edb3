import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Review } from "../engine/review.ts";
import { conclusionOf, worthSaying } from "../policy/gate.ts";
import { writeCheckRun } from "../publish/check-run.ts";
import { writeComment } from "../publish/comment.ts";
import type { CheckRuns, CheckRunWrite, Comments } from "../publish/ports.ts";
import { checkRunOutput } from "../report/check-run.ts";
import { MARKER, pullRequestComment, readyComment } from "../report/comment.ts";
import { failureOutput } from "../report/failure.ts";
import type { PublishContext } from "../report/publish-context.ts";
import type { Records } from "../store/records.ts";
import { laneOf } from "../webhooks/review-request.ts";
import { type Head, headOf, type PullRequests } from "./head.ts";
import type { Job } from "./queue.ts";
import type { QueuedReview } from "./requests.ts";

/** The name of the check run: what a branch's protection asks for. */
const CHECK_NAME = "pyready";

/** What one review needs; made for its repository, with tokens of its own. */
export interface ReviewPorts {
  readonly appId: number;
  readonly docsUrl: string;
  /** The repository's pages on GitHub. */
  readonly repositoryUrl: string;
  readonly ruleSet: string;
  readonly records: Records;
  /** Reads, with a token that cannot write. */
  readonly pulls: PullRequests;
  /** Judges the commit with a token that cannot write. */
  judge(headSha: string, baseSha: string | undefined): Promise<Review>;
  /** Requests made so far. */
  requests(): number;
  /** Writes, with a token that the judging never sees. */
  publisher(): Promise<
    CheckRuns & Comments & { react(commentId: number, content: "rocket" | "confused"): Promise<void> }
  >;
  now(): number;
}

/** A run is shown as in progress only when the review takes longer than this. */
const QUICK_MS = 5000;

/** Reviews one head and publishes what came of it; safe to repeat at any point. */
export async function runReview(ports: ReviewPorts, job: Job<QueuedReview>): Promise<void> {
  const { data: request } = job;
  const { repository, reviewId } = request;
  const { records } = ports;
  const head = await headOf(request, ports.pulls, records);
  if (!head) return refuseCommands(ports, request);
  const waiting = head.pull ? await records.waitingCommands(repository, head.pull.number) : [];
  const asked = request.asked || waiting.length > 0;
  const known = await records.publishedCheck(repository, head.sha);
  const inputs = inputsOf(head, ports.ruleSet);
  if (!asked && known?.inputs === inputs) return;

  const newestBefore = await newestHead(records, request, head);
  const startedAt = ports.now();
  const target = { headSha: head.sha, knownId: known?.checkRunId, mayExist: job.isRetry };
  const progress = inProgress(ports, target, reviewId, known !== undefined);
  const review = await ports.judge(head.sha, head.pull?.baseSha).finally(() => progress.stop());
  const progressId = await progress.id;
  const checks = await ports.publisher();

  const newest = await newestHead(records, request, head);
  if (newest !== newestBefore && newest !== head.sha) {
    if (progressId !== undefined)
      await checks.updateCheckRun(progressId, { ...runOf(reviewId), status: "completed", conclusion: "cancelled" });
    return;
  }
  const context: PublishContext = {
    headSha: head.sha,
    reviewId,
    durationMs: ports.now() - startedAt,
    requests: ports.requests(),
    docsUrl: ports.docsUrl,
    filesUrl: `${ports.repositoryUrl}/blob/${head.sha}`,
  };
  const conclusion = conclusionOf(review);
  const checkRunId = await writeCheckRun(
    checks,
    { ...target, knownId: progressId ?? target.knownId },
    { ...runOf(reviewId), status: "completed", conclusion, output: checkRunOutput(review, context) },
  );
  if (head.pull) {
    const checkUrl = `${ports.repositoryUrl}/runs/${checkRunId}`;
    await say(ports, checks, request, head.pull, review, { ...context, checkUrl }, asked);
  }
  await records.rememberCheck(repository, {
    headSha: head.sha,
    lane: laneOf(request),
    checkRunId,
    reviewId,
    inputs,
    conclusion,
  });
  for (const commentId of waiting) {
    await checks.react(commentId, "rocket");
    await records.finishCommand(repository, commentId);
  }
}

/** A pull request that was closed meanwhile is not reviewed: who asked for it is told. */
async function refuseCommands(
  { records, publisher }: ReviewPorts,
  { repository, subject }: QueuedReview,
): Promise<void> {
  if (subject.kind !== "pull-request") return;
  for (const commentId of await records.waitingCommands(repository, subject.number)) {
    await (await publisher()).react(commentId, "confused");
    await records.finishCommand(repository, commentId);
  }
}

/** Ends the check run of a review that failed for good: nothing that was accepted is silently lost. */
export async function giveUpReview(
  ports: Pick<ReviewPorts, "publisher" | "records">,
  { data }: Job<QueuedReview>,
): Promise<void> {
  const { repository, subject } = data;
  const headSha =
    data.headSha ?? ("sha" in subject ? subject.sha : await ports.records.newestHead(repository, subject.number));
  if (headSha === null) return;
  const output = failureOutput("GitHub could not be reached, or the review failed, several times in a row.", data);
  const run: CheckRunWrite = { ...runOf(data.reviewId), status: "completed", conclusion: "action_required", output };
  await writeCheckRun(await ports.publisher(), { headSha, mayExist: true }, run);
}

function runOf(reviewId: string): Pick<CheckRunWrite, "name" | "externalId"> {
  return { name: CHECK_NAME, externalId: reviewId };
}

/** What the outcome depends on beside the tree: the same inputs publish nothing new by themselves. */
function inputsOf({ sha, pull }: Head, ruleSet: string): string {
  const speaks = pull ? mayComment(pull) : false;
  return createHash("sha256")
    .update(JSON.stringify([sha, ruleSet, speaks]))
    .digest("hex")
    .slice(0, 16);
}

function mayComment({ open, draft, authorIsBot }: NonNullable<Head["pull"]>): boolean {
  return open && !draft && !authorIsBot;
}

async function newestHead(records: Records, { repository }: QueuedReview, { pull }: Head): Promise<string | null> {
  return pull ? records.newestHead(repository, pull.number) : null;
}

/** Shows the run as in progress once the review is not quick. */
function inProgress(
  ports: ReviewPorts,
  target: Parameters<typeof writeCheckRun>[1],
  reviewId: string,
  wasPublished: boolean,
) {
  const stopped = new AbortController();
  const late = wait(QUICK_MS, true, { signal: stopped.signal }).catch(() => false);
  // A completed run does not go back to running: it is only written when its new result is there.
  const id = late.then(async (isLate) =>
    isLate && !wasPublished
      ? writeCheckRun(await ports.publisher(), target, { ...runOf(reviewId), status: "in_progress" })
      : undefined,
  );
  id.catch(() => {});
  return { id, stop: () => stopped.abort() };
}

async function say(
  { appId, records }: ReviewPorts,
  comments: Comments,
  { repository }: QueuedReview,
  pull: NonNullable<Head["pull"]>,
  review: Review,
  context: PublishContext,
  asked: boolean,
): Promise<void> {
  if (!mayComment(pull)) return;
  const worthANewOne = worthSaying(review);
  const body = worthANewOne ? pullRequestComment(review, context) : readyComment(review, context);
  const before = await records.comment(repository, pull.number);
  const after = await writeComment(comments, { number: pull.number, appId, marker: MARKER }, before, {
    body,
    worthANewOne,
    asked,
  });
  if (after !== before) await records.rememberComment(repository, pull.number, after);
}
