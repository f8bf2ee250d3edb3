import type { Records } from "../store/records.ts";
import type { Verdict } from "../store/verdicts.ts";
import { laneOf, type ReviewRequest } from "../webhooks/review-request.ts";
import type { PullRequests } from "./head.ts";
import { subjectOfLane } from "./open-heads.ts";
import { type AddWork, reviewWork } from "./requests.ts";
import type { Job } from "./run-work.ts";

/** What keeping the verdicts of a head that several lanes share needs. */
export interface SharedHeadPorts {
  readonly records: Pick<Records, "forgetVerdict" | "otherVerdicts" | "publishedCheck" | "regimeRuns" | "voidVerdict">;
  readonly pulls: Pick<PullRequests, "pullRequestsOf">;
  readonly add: AddWork;
}

/** The gravest last. */
const GRAVITY = ["neutral", "success", "action_required", "failure"];

/**
 * What other lanes say of a head that is graver than this: one head has one run, and it shows the gravest.
 * A pull request that is not open any more, whatever became of its event, says nothing.
 */
export async function graverThan(
  { records, pulls }: SharedHeadPorts,
  { repository, ...request }: ReviewRequest,
  headSha: string,
  conclusion: string,
): Promise<readonly Verdict[]> {
  const others = await records.otherVerdicts(repository, laneOf({ repository, ...request }), headSha);
  const graver = others.filter((other) => gravityOf(other) > GRAVITY.indexOf(conclusion));
  if (!graver.some(({ lane }) => pullOf(lane) !== undefined)) return graver;
  const open = new Set(await pulls.pullRequestsOf(headSha));
  const standing: Verdict[] = [];
  for (const verdict of graver) {
    const number = pullOf(verdict.lane);
    if (number === undefined || open.has(number)) standing.push(verdict);
    else await records.forgetVerdict(repository, verdict.lane);
  }
  return standing;
}

/** Lets the gravest of these lanes speak again, whatever it said before. */
export async function speakAgain(
  { records, add }: Pick<SharedHeadPorts, "records" | "add">,
  { repository }: ReviewRequest,
  verdicts: readonly Verdict[],
): Promise<void> {
  const gravest = [...verdicts].sort((a, b) => gravityOf(b) - gravityOf(a))[0];
  const subject = gravest && subjectOfLane(gravest.lane, gravest.headSha);
  if (!subject) return;
  await records.voidVerdict(repository, gravest.lane);
  await add([reviewWork({ repository, subject, headSha: gravest.headSha, asked: false })]);
}

/** What a lane said of a head counts no more: where it was shown, who else has that head speaks. */
export async function leaveHead(
  ports: SharedHeadPorts,
  { request }: Job<ReviewRequest>,
  headSha: string,
): Promise<void> {
  const { records } = ports;
  const lane = laneOf(request);
  const others = await records.otherVerdicts(request.repository, lane, headSha);
  const shown = await records.publishedCheck(request.repository, headSha);
  const regimes = others.length > 0 ? await records.regimeRuns(request.repository, headSha) : [];
  const isShown = shown?.lane === lane || regimes.some((run) => run.lane === lane);
  if (others.length > 0 && isShown) await speakAgain(ports, request, others);
  // What the default branch held before is what its next head is compared with.
  if (request.subject.kind !== "branch") await records.forgetVerdict(request.repository, lane);
}

function gravityOf({ conclusion }: Verdict): number {
  return GRAVITY.indexOf(conclusion);
}

function pullOf(lane: string): number | undefined {
  const number = /^pull\/(\d+)$/.exec(lane)?.[1];
  return number === undefined ? undefined : Number(number);
}
