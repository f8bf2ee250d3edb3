import { createHash } from "node:crypto";
import type { Comparison } from "../engine/comparison.ts";
import type { Review } from "../engine/review.ts";
import { assess } from "../policy/assess.ts";
import type { Notice } from "../policy/assessment.ts";
import type { EffectivePolicy } from "../policy/policy-of.ts";
import type { CodeScanning } from "../publish/code-scanning.ts";
import type { CheckRuns, Comments } from "../publish/ports.ts";
import { acknowledge, type Reactions } from "../publish/reaction.ts";
import { failureOutput } from "../report/failure.ts";
import type { Standing } from "../store/lanes.ts";
import type { Pace } from "../store/paces.ts";
import type { Records } from "../store/records.ts";
import { laneOf, type ReviewRequest } from "../webhooks/review-request.ts";
import { type Base, baseOf } from "./base.ts";
import { fenced } from "./fenced.ts";
import { type Head, headOf, type PullRequests } from "./head.ts";
import { Parked } from "./outcomes.ts";
import { type PolicyPlace, policyPlaceOf } from "./policy-place.ts";
import { showProgress } from "./progress.ts";
import { publishReview } from "./publish-review.ts";
import { type AddWork, reviewWork } from "./requests.ts";
import type { Job } from "./run-work.ts";
import { cancelRunsElsewhere, voidRun, writeRun } from "./runs.ts";
import { mayComment } from "./say.ts";
import { leaveHead } from "./shared-heads.ts";
import { inTurn } from "./turn.ts";

/** What one review needs; made for its repository, with tokens of its own. */
export interface ReviewPorts {
  readonly appId: number;
  readonly docsUrl: string;
  /** The repository's pages on GitHub. */
  readonly repositoryUrl: string;
  readonly ruleSet: string;
  /** How often a lane is reviewed without that anybody asked. */
  readonly pace: Pace;
  readonly records: Records;
  readonly add: AddWork;
  /** Reads, with a token that cannot write. */
  readonly pulls: PullRequests;
  /** The policy that stands somewhere, with the organisation's. */
  policyAt(place: PolicyPlace): Promise<Pick<EffectivePolicy, "hash">>;
  /** Judges the commit with a token that cannot write, by the policy of this place. */
  judge(headSha: string, base: Base, place: PolicyPlace): Promise<Judged>;
  /** Whether the App may open a pull request that changes files, and workflows among them. */
  mayWrite(): Promise<{ readonly contents: boolean; readonly workflows: boolean }>;
  /** Ids of the rules whose repair was tried on this commit, and holds. */
  repairable(headSha: string, place: PolicyPlace): Promise<readonly string[]>;
  /** Requests made so far. */
  requests(): number;
  /** Writes, with a token that the judging never sees. */
  publisher(): Promise<Publisher>;
  /** Uploads findings, with a token that can do nothing else. */
  codeScanning(): Promise<CodeScanning>;
  now(): number;
}

/** A head that was judged, and what it was compared with. */
export interface Judged {
  readonly review: Review;
  readonly comparison: Comparison | null;
  readonly baseSha: string | null;
  readonly policy: Pick<EffectivePolicy, "policy" | "hash" | "organisation">;
  /** What readers must know of the policy, and of what the change does to it. */
  readonly notices: readonly Notice[];
}

/** What a review writes to GitHub. */
export type Publisher = CheckRuns & Comments & Reactions;

/** Reviews one head and publishes what came of it; safe to repeat at any point. */
export async function runReview(given: ReviewPorts, job: Job<ReviewRequest>): Promise<void> {
  const ports = writingOnlyWhile(given, job);
  const { records } = ports;
  const { request } = job;
  if (!request.asked) await keepPace(ports, job);
  const head = await headOf(request, ports.pulls, records);
  // One lane alone speaks on a pull request.
  if (head?.pull && request.subject.kind === "commit")
    return ports.add([reviewWork({ ...request, subject: { kind: "pull-request", number: head.pull.number } })]);
  await cancelRunsElsewhere(ports, job, head?.sha);
  const said = await records.verdict(request.repository, laneOf(request));
  if (said && said.headSha !== head?.sha) await leaveHead(ports, job, said.headSha);
  const commands = await commandsOf(ports, request);
  if (!head) return answer(ports, request, commands, "confused");
  const asked = request.asked || commands.length > 0;
  const base = await baseOf(request, head, said, ports);
  const place = await policyPlaceOf(request, head, base, records);
  const known = said?.headSha === head.sha ? said : undefined;
  const answers = await records.advisoryAnswers(request.repository, laneOf(request));
  if (
    known &&
    !asked &&
    known.inputs === inputsOf(head, await base.commit(), ports.ruleSet, (await ports.policyAt(place)).hash, answers)
  )
    return records.rememberVerdict(request.repository, { ...known, baseTip: base.tip, generation: job.generation });

  if (!asked) await records.spendPace(paced(job), ports.pace);
  const startedAt = ports.now();
  if (known && (await base.commit()) !== known.baseSha) await voidRun(ports, job, head.sha);
  const isPublished = (await records.publishedCheck(request.repository, head.sha)) !== undefined;
  const stopProgress = showProgress(ports, job, head.sha, isPublished);
  const { review, comparison, baseSha, policy, notices } = await ports
    .judge(head.sha, base, place)
    .finally(stopProgress);
  if (isOvertaken(await job.standing(), head.sha)) return cancelRunsElsewhere(ports, job, undefined);
  const assessment = assess(review, comparison, policy.policy, notices);
  const inputs = inputsOf(head, baseSha, ports.ruleSet, policy.hash, answers);
  const repairable = await repairableAt(ports, request, head, place);
  const compared = { baseSha, baseTip: base.tip, policySha: place.commit, organisation: policy.organisation };
  await publishReview(ports, job, { head, assessment, ...compared, startedAt, inputs, asked, repairable });
  await answer(ports, request, commands, "rocket");
}

/** The rules that a button repairs; undefined where the App may not write that, or not there. */
async function repairableAt(
  ports: ReviewPorts,
  { subject, repository }: ReviewRequest,
  { sha, pull }: Head,
  place: PolicyPlace,
): Promise<ReadonlySet<string> | undefined> {
  const isDefault = subject.kind === "branch" && subject.branch === repository.defaultBranch;
  if (pull ? pull.isOfFork : !isDefault) return undefined;
  // On a branch nobody could be told that workflows may not be written.
  const { contents, workflows } = await ports.mayWrite();
  if (!contents || (!pull && !workflows)) return undefined;
  return new Set(await ports.repairable(sha, place));
}

/** Ends the check run of a review that failed for good: nothing that was accepted is silently lost. */
export async function giveUpReview(given: ReviewPorts, job: Job<ReviewRequest>): Promise<void> {
  const ports = writingOnlyWhile(given, job);
  const { request, reviewId, generation } = job;
  const { repository, subject, headSha: told } = request;
  const { newer } = await job.standing();
  if (newer) return;
  const headSha = "sha" in subject ? subject.sha : (told ?? (await ports.pulls.pullRequest(subject.number)).headSha);
  const { actions, ...output } = failureOutput(
    "GitHub could not be reached or does not permit what the review needs, or the review failed, and trying again did not help.",
    job,
  );
  const conclusion = "action_required";
  await inTurn(ports.records, job, headSha, await ports.publisher(), async (publisher) => {
    const run = { status: "completed", conclusion, output, actions } as const;
    const checkRunId = await writeRun(ports, job, headSha, publisher, run);
    // Without inputs: whatever asks next is reviewed.
    const published = { headSha, lane: laneOf(request), checkRunId, reviewId, inputs: "", conclusion, generation };
    await ports.records.rememberCheck(repository, published);
    await ports.records.rememberVerdict(repository, { ...published, baseSha: null, baseTip: null });
  });
}

/** The same, but that every write proves first that the lane is still this job's. */
function writingOnlyWhile(ports: ReviewPorts, { standing }: Job<ReviewRequest>): ReviewPorts {
  return {
    ...ports,
    publisher: async () => fenced(await ports.publisher(), standing),
    codeScanning: async () => fenced(await ports.codeScanning(), standing),
  };
}

/** Many pushes in a row cost few reviews: the newest of them waits for its time. */
async function keepPace({ records, pace, now }: ReviewPorts, job: Job<ReviewRequest>): Promise<void> {
  const seconds = await records.paceWait(paced(job), pace);
  if (seconds > 0) throw new Parked(new Date(now() + seconds * 1000), "the lane was reviewed just now");
}

function paced({ request, generation }: Job<ReviewRequest>) {
  return { ...request.repository, lane: laneOf(request), generation };
}

/** True where newer work of the lane waits, and there is nothing to review any more or another head. */
function isOvertaken({ newer }: Standing, headSha: string): boolean {
  const newest = newer?.request as Partial<ReviewRequest> | undefined;
  return newest?.ended === true || (newest?.headSha ?? headSha) !== headSha;
}

/** Comments whose command waits for a review of this pull request. */
async function commandsOf(
  { records }: ReviewPorts,
  { repository, subject }: ReviewRequest,
): Promise<readonly number[]> {
  return subject.kind === "pull-request" ? records.waitingCommands(repository, subject.number) : [];
}

/** Tells who asked what became of it: a pull request that was closed meanwhile is not reviewed. */
async function answer(
  ports: ReviewPorts,
  { repository }: ReviewRequest,
  commands: readonly number[],
  content: "rocket" | "confused",
): Promise<void> {
  for (const commentId of commands) {
    await acknowledge(await ports.publisher(), commentId, content);
    await ports.records.finishCommand(repository, commentId);
  }
}

/** What the outcome depends on beside the tree: the same inputs publish nothing new by themselves. */
function inputsOf(
  { sha, pull }: Head,
  baseSha: string | null,
  ruleSet: string,
  policyHash: string,
  answers: number,
): string {
  const speaks = pull ? mayComment(pull) : false;
  return createHash("sha256")
    .update(JSON.stringify([sha, baseSha, ruleSet, policyHash, speaks, ...(answers > 0 ? [answers] : [])]))
    .digest("hex")
    .slice(0, 16);
}
