import { setTimeout as wait } from "node:timers/promises";
import { type CheckRunTarget, writeCheckRun } from "../publish/check-run.ts";
import type { CheckRuns, CheckRunWrite } from "../publish/ports.ts";
import type { Records, RepositoryKey } from "../store/records.ts";
import type { ReviewRequest } from "../webhooks/review-request.ts";
import type { Job } from "./runner.ts";

/** The name of the check run: what a branch's protection asks for. */
const CHECK_NAME = "pyready";

/** A run is shown as in progress only when the review takes longer than this. */
const QUICK_MS = 5000;

/** What every write of a review's run carries. */
export function runOf(reviewId: string): Pick<CheckRunWrite, "name" | "externalId"> {
  return { name: CHECK_NAME, externalId: reviewId };
}

/** Notes a run before GitHub is told of it: who comes after a crash knows what to look for. */
export async function beginRun(
  records: Pick<Records, "noteRun">,
  repository: RepositoryKey,
  reviewId: string,
  headSha: string,
): Promise<void> {
  await records.noteRun(repository, { externalId: reviewId, headSha, checkRunId: null });
}

/** The run that a head has, as far as it is known, and those that may be there. */
export async function runTarget(
  records: Pick<Records, "openRuns" | "publishedCheck">,
  repository: RepositoryKey,
  headSha: string,
  progressId: number | undefined,
): Promise<CheckRunTarget> {
  const open = await records.openRuns(repository, headSha);
  const openId = open.find(({ checkRunId }) => checkRunId !== null)?.checkRunId ?? undefined;
  const published = await records.publishedCheck(repository, headSha);
  return {
    headSha,
    knownId: progressId ?? openId ?? published?.checkRunId,
    begun: open.flatMap(({ externalId, checkRunId }) => (checkRunId === null ? [externalId] : [])),
  };
}

/** Shows the run as in progress once the review is not quick. */
export function showProgress(
  ports: { readonly records: Records; publisher(): Promise<CheckRuns> },
  { request: { repository }, reviewId }: Job<ReviewRequest>,
  headSha: string,
  wasPublished: boolean,
): { readonly id: Promise<number | undefined>; stop(): void } {
  const { records } = ports;
  const stopped = new AbortController();
  const late = wait(QUICK_MS, true, { signal: stopped.signal }).catch(() => false);
  const begin = async (): Promise<number> => {
    const target = await runTarget(records, repository, headSha, undefined);
    await beginRun(records, repository, reviewId, headSha);
    const checkRunId = await writeCheckRun(await ports.publisher(), target, {
      ...runOf(reviewId),
      status: "in_progress",
    });
    await records.noteRun(repository, { externalId: reviewId, headSha, checkRunId });
    return checkRunId;
  };
  // A completed run does not go back to running: it is only written when its new result is there.
  const id = late.then((isLate) => (isLate && !wasPublished ? begin() : undefined));
  id.catch(() => {});
  return { id, stop: () => stopped.abort() };
}
