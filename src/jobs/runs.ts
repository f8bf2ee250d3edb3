import { digestOf, type KnownRun, writeCheckRun } from "../publish/check-run.ts";
import type { CheckRuns, CheckRunWrite } from "../publish/ports.ts";
import { statusOf } from "../publish/write-errors.ts";
import { PRIORITY } from "../store/lanes.ts";
import type { OpenRun, PublishedCheck } from "../store/publications.ts";
import type { Records } from "../store/records.ts";
import { laneOf, type ReviewRequest } from "../webhooks/review-request.ts";
import { CHECK_NAME } from "./check-name.ts";
import { voidRegimeRuns } from "./regime-runs.ts";
import type { Job } from "./run-work.ts";
import { inTurn } from "./turn.ts";

/** What keeping the runs of a head needs. */
export interface RunPorts {
  readonly appId: number;
  readonly records: Records;
  /** Writes, with a token that the judging never sees. */
  publisher(): Promise<CheckRuns>;
}

/**
 * Writes the run of a head: the one that is known, or that may be there, or a new one. It is noted
 * before GitHub is told of it: who comes after a crash knows what to look for.
 * @param isNew makes another run of the name, which then stands for the head
 * @returns the run's id
 */
export async function writeRun(
  { records, appId }: Pick<RunPorts, "records" | "appId">,
  { request, reviewId, standing, priority }: Job<ReviewRequest>,
  headSha: string,
  checks: CheckRuns,
  run: Omit<CheckRunWrite, "name" | "externalId">,
  { isNew = false } = {},
): Promise<number> {
  const { repository } = request;
  const open = await records.openRuns(repository, headSha);
  const published = await records.publishedCheck(repository, headSha);
  const own = (): Promise<number | undefined> => checks.ownCheckRun(headSha, CHECK_NAME, appId);
  const known = isNew ? undefined : await knownRun(open, published, priority === PRIORITY.backlog ? own : undefined);
  const target = {
    headSha,
    known,
    begun: open.flatMap(({ externalId, checkRunId }) => (checkRunId === null ? [externalId] : [])),
    maybeSent: open.map(({ annotations }) => annotations).find((digest) => digest !== "") ?? "",
  };
  // Who has lost the lane leaves no note behind, either.
  await standing();
  const annotations = digestOf(run.output?.annotations);
  const noted = { externalId: reviewId, headSha, lane: laneOf(request), annotations };
  await records.noteRun(repository, { ...noted, checkRunId: null });
  const checkRunId = await writeCheckRun(checks, target, { ...run, name: CHECK_NAME, externalId: reviewId });
  await records.noteRun(repository, { ...noted, checkRunId });
  return checkRunId;
}

/** The run that stands for a head, and what is known of its annotations. */
async function knownRun(
  open: readonly OpenRun[],
  published: PublishedCheck | undefined,
  own: (() => Promise<number | undefined>) | undefined,
): Promise<KnownRun | undefined> {
  // What was sent with an answer that never came may be there.
  const isSure = open.every(({ annotations }) => annotations === "");
  const openId = open.find(({ checkRunId }) => checkRunId !== null)?.checkRunId;
  const id = openId ?? published?.checkRunId;
  if (id !== undefined) {
    const sent = id === published?.checkRunId ? published.annotations : "";
    return { id, annotations: isSure ? sent : undefined };
  }
  // What nobody told of may have been published before it was forgotten here.
  const ownId = await own?.();
  return ownId === undefined ? undefined : { id: ownId, annotations: undefined };
}

/**
 * Takes back a verdict that lets a head pass, because it was about another base: a completed run does
 * not go back to running, so that a new one stands for the head until it is judged again.
 */
export async function voidRun(ports: RunPorts, job: Job<ReviewRequest>, headSha: string): Promise<void> {
  const { records } = ports;
  const { repository } = job.request;
  await inTurn(records, job, headSha, await ports.publisher(), async (publisher) => {
    await voidRegimeRuns(ports, job, headSha, publisher);
    const published = await records.publishedCheck(repository, headSha);
    const passes = published?.conclusion === "success" || published?.conclusion === "neutral";
    if (!passes || (await records.openRuns(repository, headSha)).length > 0) return;
    await writeRun(ports, job, headSha, publisher, { status: "in_progress" }, { isNew: true });
  });
}

/**
 * Ends the runs that reviews of this lane, crashed or overtaken, left on heads that it is not about any
 * more: nothing is shown as running for ever.
 */
export async function cancelRunsElsewhere(
  { records, publisher }: RunPorts,
  { request }: Job<ReviewRequest>,
  headSha: string | undefined,
): Promise<void> {
  const { repository } = request;
  for (const run of await records.openRunsElsewhere(repository, laneOf(request), headSha)) {
    // What another lane has published on that head stands.
    if (!(await records.publishedCheck(repository, run.headSha))) await cancel(await publisher(), run);
    await records.closeRun(repository, run.externalId);
  }
}

async function cancel(checks: CheckRuns, { externalId, headSha, checkRunId }: OpenRun): Promise<void> {
  const run = { name: CHECK_NAME, externalId, status: "completed", conclusion: "cancelled" } as const;
  const id = checkRunId ?? (await checks.findCheckRun(headSha, [externalId], run.name));
  if (id === undefined) return;
  await checks.updateCheckRun(id, run).catch((error: unknown) => {
    if (statusOf(error) !== 404) throw error;
  });
}
