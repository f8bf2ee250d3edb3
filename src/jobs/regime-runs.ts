import { writeCheckRun } from "../publish/check-run.ts";
import type { CheckRuns } from "../publish/ports.ts";
import { statusOf } from "../publish/write-errors.ts";
import type { RegimeCheckRun } from "../report/regime-check.ts";
import type { Records } from "../store/records.ts";
import type { RegimeRun } from "../store/regime-runs.ts";
import { laneOf, type ReviewRequest } from "../webhooks/review-request.ts";
import { CHECK_NAME } from "./check-name.ts";
import type { Job } from "./run-work.ts";

/** What keeping the check runs of regimes needs. */
interface RegimeRunPorts {
  readonly records: Pick<Records, "regimeRuns" | "noteRegimeRun" | "forgetRegimeRun" | "otherVerdicts">;
}

/** The gravest last. */
const GRAVITY = ["neutral", "action_required", "failure"];
const NOT_ASKED_ANY_MORE = {
  conclusion: "neutral",
  title: "The policy does not ask for this check any more",
  summary: "Nothing is said of this regime here. What was said before was by another policy.",
} as const;
const OF_ANOTHER_BASE = {
  conclusion: "action_required",
  title: "It is judged again: the base has changed",
  summary: "What was said here was about another base. This check is brought up to date when the review is done.",
} as const;

/**
 * Writes a check run for each regime that the policy wants one of, while the head is this review's: the run
 * that is known of head and regime, or that may be there, or a new one. Where another lane with the same
 * head said something graver, that stands. Safe to repeat at any point.
 */
export async function writeRegimeRuns(
  { records }: RegimeRunPorts,
  job: Job<ReviewRequest>,
  headSha: string,
  checks: CheckRuns,
  runs: readonly RegimeCheckRun[],
): Promise<void> {
  const { repository } = job.request;
  const lane = laneOf(job.request);
  const known = await records.regimeRuns(repository, headSha);
  if (known.length === 0 && runs.length === 0) return;
  const others = new Set((await records.otherVerdicts(repository, lane, headSha)).map((verdict) => verdict.lane));
  for (const run of runs) {
    const before = known.find(({ regime }) => regime === run.regime);
    if (before && others.has(before.lane) && isGraver(before, run)) continue;
    await write({ records }, job, headSha, checks, before, run);
  }
  for (const left of known.filter(({ regime }) => !runs.some((run) => run.regime === regime))) {
    if (others.has(left.lane)) continue;
    await write({ records }, job, headSha, checks, left, { ...left, ...NOT_ASKED_ANY_MORE });
    await records.forgetRegimeRun(repository, left);
  }
}

/** Takes back what lets a head pass and was about another base, until it is judged again. */
export async function voidRegimeRuns(
  { records }: RegimeRunPorts,
  job: Job<ReviewRequest>,
  headSha: string,
  checks: CheckRuns,
): Promise<void> {
  const lane = laneOf(job.request);
  for (const run of await records.regimeRuns(job.request.repository, headSha))
    if (run.blocks && run.lane === lane && run.conclusion === "neutral")
      await write({ records }, job, headSha, checks, run, { ...run, ...OF_ANOTHER_BASE });
}

async function write(
  { records }: Pick<RegimeRunPorts, "records">,
  { request, standing }: Job<ReviewRequest>,
  headSha: string,
  checks: CheckRuns,
  before: RegimeRun | undefined,
  { regime, blocks, conclusion, title, summary }: RegimeCheckRun,
): Promise<void> {
  // The same for every attempt and every review of the head: what was made is found by it.
  const externalId = `${regime}/${headSha}`;
  const target = {
    headSha,
    known: before?.checkRunId == null ? undefined : { id: before.checkRunId, annotations: "" },
    begun: before?.checkRunId === null ? [externalId] : [],
    maybeSent: "",
  };
  await standing();
  const noted = { headSha, regime, lane: laneOf(request), conclusion, blocks };
  await records.noteRegimeRun(request.repository, { ...noted, checkRunId: before?.checkRunId ?? null });
  const written = (shown: string): Promise<number> =>
    writeCheckRun(checks, target, {
      ...{ name: `${CHECK_NAME} / ${regime}`, externalId, status: "completed", conclusion },
      output: { title, summary: shown, annotations: [] },
    });
  const checkRunId = await written(summary).catch((error: unknown) => {
    if (statusOf(error) !== 422) throw error;
    return written("The details could not be shown: GitHub did not take them.");
  });
  await records.noteRegimeRun(request.repository, { ...noted, checkRunId });
}

function isGraver({ conclusion }: RegimeRun, other: RegimeCheckRun): boolean {
  return GRAVITY.indexOf(conclusion) > GRAVITY.indexOf(other.conclusion);
}
