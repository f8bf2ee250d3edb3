import { createHash } from "node:crypto";
import type { Review } from "../engine/review.ts";
import { conclusionOf } from "../policy/gate.ts";
import { writeCheckRun } from "../publish/check-run.ts";
import type { CheckRuns, CheckRunWrite, Comments } from "../publish/ports.ts";
import { checkRunOutput } from "../report/check-run.ts";
import { failureOutput } from "../report/failure.ts";
import type { PublishContext } from "../report/publish-context.ts";
import type { Standing } from "../store/lanes.ts";
import type { Records } from "../store/records.ts";
import { laneOf, type ReviewRequest } from "../webhooks/review-request.ts";
import { fenced } from "./fenced.ts";
import { type Head, headOf, type PullRequests } from "./head.ts";
import { Parked } from "./outcomes.ts";
import { beginRun, runOf, runTarget, showProgress } from "./progress.ts";
import type { Job } from "./runner.ts";
import { mayComment, say } from "./say.ts";

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
  publisher(): Promise<Publisher>;
  now(): number;
}

/** What a review writes to GitHub. */
export type Publisher = CheckRuns &
  Comments & { react(commentId: number, content: "rocket" | "confused"): Promise<void> };

/** How long a review waits for another one that publishes on the same head. */
const TURN_MS = 1000;

/** Reviews one head and publishes what came of it; safe to repeat at any point. */
export async function runReview(given: ReviewPorts, job: Job<ReviewRequest>): Promise<void> {
  const { request } = job;
  const { repository } = request;
  const { records } = given;
  const ports: ReviewPorts = { ...given, publisher: async () => fenced(await given.publisher(), job.standing) };
  const head = await headOf(request, ports.pulls, records);
  if (!head) return refuseCommands(ports, request);
  const waiting = head.pull ? await records.waitingCommands(repository, head.pull.number) : [];
  const asked = request.asked || waiting.length > 0;
  const known = await records.publishedCheck(repository, head.sha);
  const inputs = inputsOf(head, ports.ruleSet);
  if (!asked && known?.inputs === inputs) return;

  const startedAt = ports.now();
  const progress = showProgress(ports, job, head.sha, known !== undefined);
  const review = await ports.judge(head.sha, head.pull?.baseSha).finally(() => progress.stop());
  const progressId = await progress.id;
  if (isOvertaken(await job.standing(), head.sha)) return cancelRun(ports, job, head.sha, progressId);

  if (!(await records.holdHead(repository, head.sha, job.fence)))
    throw new Parked(new Date(ports.now() + TURN_MS), "another review publishes on this head");
  try {
    const context: PublishContext = {
      headSha: head.sha,
      reviewId: job.reviewId,
      durationMs: ports.now() - startedAt,
      requests: ports.requests(),
      docsUrl: ports.docsUrl,
      filesUrl: `${ports.repositoryUrl}/blob/${head.sha}`,
    };
    await publish(ports, job, { head, review, context, inputs, asked, progressId });
  } finally {
    await records.freeHead(repository, head.sha, job.fence);
  }
  if (waiting.length === 0) return;
  const publisher = await ports.publisher();
  for (const commentId of waiting) {
    await publisher.react(commentId, "rocket");
    await records.finishCommand(repository, commentId);
  }
}

interface Outcome {
  readonly head: Head;
  readonly review: Review;
  readonly context: PublishContext;
  readonly inputs: string;
  readonly asked: boolean;
  readonly progressId: number | undefined;
}

/** The check run, the comment, and what is remembered of both. */
async function publish(ports: ReviewPorts, job: Job<ReviewRequest>, outcome: Outcome): Promise<void> {
  const { head, review, context, inputs, asked, progressId } = outcome;
  const { records } = ports;
  const { repository } = job.request;
  const target = await runTarget(records, repository, head.sha, progressId);
  const conclusion = conclusionOf(review);
  const run = {
    ...runOf(job.reviewId),
    status: "completed",
    conclusion,
    output: checkRunOutput(review, context),
  } as const;
  await beginRun(records, repository, job.reviewId, head.sha);
  const publisher = await ports.publisher();
  const checkRunId = await writeCheckRun(publisher, target, run);
  await records.noteRun(repository, { externalId: job.reviewId, headSha: head.sha, checkRunId });
  if (head.pull) {
    const checkUrl = `${ports.repositoryUrl}/runs/${checkRunId}`;
    await say(ports, publisher, repository, head.pull, review, { ...context, checkUrl }, asked);
  }
  await records.rememberCheck(repository, {
    headSha: head.sha,
    lane: laneOf(job.request),
    checkRunId,
    reviewId: job.reviewId,
    inputs,
    conclusion,
    generation: job.generation,
  });
  await records.closeRuns(repository, head.sha);
}

/** A review whose head is not the newest any more publishes nothing; what it showed as running ends. */
async function cancelRun(
  ports: ReviewPorts,
  job: Job<ReviewRequest>,
  headSha: string,
  progressId: number | undefined,
): Promise<void> {
  if (progressId === undefined) return;
  const cancelled: CheckRunWrite = { ...runOf(job.reviewId), status: "completed", conclusion: "cancelled" };
  await (await ports.publisher()).updateCheckRun(progressId, cancelled);
  await ports.records.closeRuns(job.request.repository, headSha);
}

/** True where newer work of the lane waits, and is about another head. */
function isOvertaken({ newer }: Standing, headSha: string): boolean {
  const newest = (newer?.request as Partial<ReviewRequest> | undefined)?.headSha ?? null;
  return newest !== null && newest !== headSha;
}

/** A pull request that was closed meanwhile is not reviewed: who asked for it is told. */
async function refuseCommands(
  { records, publisher }: ReviewPorts,
  { repository, subject }: ReviewRequest,
): Promise<void> {
  if (subject.kind !== "pull-request") return;
  for (const commentId of await records.waitingCommands(repository, subject.number)) {
    await (await publisher()).react(commentId, "confused");
    await records.finishCommand(repository, commentId);
  }
}

/** Ends the check run of a review that failed for good: nothing that was accepted is silently lost. */
export async function giveUpReview(ports: ReviewPorts, job: Job<ReviewRequest>): Promise<void> {
  const { repository, subject, headSha: told } = job.request;
  const { newer } = await job.standing();
  if (newer) return;
  const headSha = told ?? ("sha" in subject ? subject.sha : (await ports.pulls.pullRequest(subject.number)).headSha);
  const output = failureOutput("GitHub could not be reached, or the review failed, several times in a row.", job);
  const run: CheckRunWrite = { ...runOf(job.reviewId), status: "completed", conclusion: "action_required", output };
  const target = await runTarget(ports.records, repository, headSha, undefined);
  await beginRun(ports.records, repository, job.reviewId, headSha);
  await writeCheckRun(fenced(await ports.publisher(), job.standing), target, run);
  await ports.records.closeRuns(repository, headSha);
}

/** What the outcome depends on beside the tree: the same inputs publish nothing new by themselves. */
function inputsOf({ sha, pull }: Head, ruleSet: string): string {
  const speaks = pull ? mayComment(pull) : false;
  return createHash("sha256")
    .update(JSON.stringify([sha, ruleSet, speaks]))
    .digest("hex")
    .slice(0, 16);
}
