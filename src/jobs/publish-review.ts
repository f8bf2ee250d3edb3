import type { Assessment } from "../policy/assessment.ts";
import { statusOf } from "../publish/write-errors.ts";
import { type CheckRunOutput, checkRunOutput } from "../report/check-run.ts";
import { shortOutput } from "../report/failure.ts";
import type { PublishContext } from "../report/publish-context.ts";
import { regimeCheckRuns } from "../report/regime-check.ts";
import { laneOf, type ReviewRequest } from "../webhooks/review-request.ts";
import { uploadFindings } from "./code-scanning.ts";
import type { Head } from "./head.ts";
import { writeRegimeRuns } from "./regime-runs.ts";
import type { Publisher, ReviewPorts } from "./review-job.ts";
import type { Job } from "./run-work.ts";
import { writeRun } from "./runs.ts";
import { say } from "./say.ts";
import { graverThan, speakAgain } from "./shared-heads.ts";
import { inTurn } from "./turn.ts";

/** An assessment to be published. */
export interface Publication {
  readonly head: Head;
  readonly assessment: Assessment;
  /** The commit that the head was compared with, and where the branch stood that told it. */
  readonly baseSha: string | null;
  readonly baseTip: string | null;
  /** The commit whose policy holds; null where there is none. */
  readonly policySha: string | null;
  /** Whether the organisation has a policy as well; null where there is none to ask. */
  readonly organisation: PublishContext["organisation"] | null;
  /** When judging began. */
  readonly startedAt: number;
  /** What the outcome depends on. */
  readonly inputs: string;
  readonly asked: boolean;
  /** Ids of the rules that a button repairs; undefined where there is none to press. */
  readonly repairable: ReadonlySet<string> | undefined;
}

/** Writes the check run and the comment, and remembers both. */
export async function publishReview(
  ports: ReviewPorts,
  job: Job<ReviewRequest>,
  publication: Publication,
): Promise<void> {
  const { sha, pull } = publication.head;
  await inTurn(ports.records, job, sha, await ports.publisher(), async (publisher) => {
    const upload = await uploadFindings(ports, job.request, publication.head, publication.assessment);
    const context: PublishContext = {
      headSha: sha,
      reviewId: job.reviewId,
      durationMs: ports.now() - publication.startedAt,
      requests: ports.requests(),
      docsUrl: ports.docsUrl,
      filesUrl: `${ports.repositoryUrl}/blob/${sha}`,
      isFirst: await ports.records.isFirstCheck(job.request.repository, sha, laneOf(job.request)),
      ...(pull && { baseBranch: pull.baseRef }),
      ...(publication.policySha !== null && { policySha: publication.policySha }),
      ...(publication.organisation && { organisation: publication.organisation }),
      ...(publication.repairable && { repairable: publication.repairable, mayProposeFixes: true }),
      ...(upload && { upload }),
    };
    await publish(ports, job, publication, publisher, context);
  });
}

async function publish(
  ports: ReviewPorts,
  job: Job<ReviewRequest>,
  { head, assessment, baseSha, baseTip, inputs, asked }: Publication,
  publisher: Publisher,
  context: PublishContext,
): Promise<void> {
  const { records } = ports;
  const { repository } = job.request;
  const before = await records.publishedCheck(repository, head.sha);
  const { conclusion } = assessment;
  const report = checkRunOutput(assessment, context);
  const write = ({ actions, ...output }: CheckRunOutput) =>
    writeRun(ports, job, head.sha, publisher, { status: "completed", conclusion, output, actions });
  const writeWhatIsTaken = () =>
    write(report).catch((error: unknown) => {
      if (statusOf(error) !== 422) throw error;
      return write(shortOutput(report, job));
    });
  const graver = await graverThan(ports, job.request, head.sha, conclusion);
  const isShown = before === undefined || graver.length === 0;
  const checkRunId = isShown ? await writeWhatIsTaken() : before.checkRunId;
  if (head.pull) {
    const checkUrl = `${ports.repositoryUrl}/runs/${checkRunId}`;
    await say(ports, publisher, repository, head.pull, assessment, { ...context, checkUrl }, asked);
  }
  await writeRegimeRuns(ports, job, head.sha, publisher, regimeCheckRuns(assessment, context));
  const { reviewId, generation } = job;
  const lane = laneOf(job.request);
  const published = { headSha: head.sha, lane, checkRunId, reviewId, inputs, conclusion, generation };
  if (isShown) await records.rememberCheck(repository, published);
  else if (!graver.some((verdict) => verdict.lane === before.lane)) await speakAgain(ports, job.request, graver);
  const { subject } = job.request;
  if (subject.kind === "commit") return;
  if (subject.kind === "branch" && subject.branch === repository.defaultBranch)
    await records.wantEvidence(repository, assessment.policy.compliance.evidence);
  await records.rememberVerdict(repository, { ...published, baseSha, baseTip });
}
