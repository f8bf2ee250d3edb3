import { type NewWork, PRIORITY } from "../store/lanes.ts";
import type { HeadOfLane, LookPeriods, UnseenRepository } from "../store/looks.ts";
import type { KnownRepository, Records } from "../store/records.ts";
import { laneOf, type ReviewRequest } from "../webhooks/review-request.ts";
import { isSince, type OpenHeads, type OpenPull, type OpenPulls, reviewsOf, subjectOfLane } from "./open-heads.ts";
import { type AddWork, advisoriesWork, evidenceWork, reviewWork, settingsWork } from "./requests.ts";

/** What comparing open heads with what was published needs. */
export interface HeadsPorts {
  readonly records: Records;
  readonly addWhereIdle: AddWork;
  readonly periods: LookPeriods;
  /** Days after which results are forgotten: what was not touched since has none, and needs none. */
  readonly retentionDays: number;
  /** How many repositories one request asks about. */
  readonly atOnce: number;
  /** Every repository of the installation. @throws where the list is not whole */
  repositories(): Promise<readonly KnownRepository[]>;
  /** The open heads of these repositories, in one request; what cannot be seen any more is left out. */
  openHeads(repositories: readonly KnownRepository[]): Promise<readonly OpenHeads[]>;
  /** Open pull requests of a repository that did not fit beside those of the others. */
  morePulls(repository: OpenHeads, after: string): Promise<OpenPulls>;
}

/** Requests for heads in a row: other work of the installation has its turn. */
const ROUNDS = 20;
/** Repositories whose settings are read after one look: the next asks for more. */
const SETTINGS_AT_ONCE = 10;
/** Repositories whose packs of evidence are made after one look. */
const EVIDENCE_AT_ONCE = 10;
const DAY_MS = 86_400_000;

/** Asks for reviews of open heads of an installation that have none, and ends runs that were left. */
export async function reconcileHeads(ports: HeadsPorts, installationId: number): Promise<void> {
  const { records, periods, atOnce } = ports;
  let isListed = await records.isUnlisted(installationId);
  if (isListed) await list(ports, installationId);
  for (let round = 0; round < ROUNDS; round++) {
    const unseen = await records.unseenRepositories(installationId, periods, atOnce);
    if (unseen.length === 0) {
      await records.noteLook(installationId);
      break;
    }
    const seen = await ports.openHeads(unseen);
    if (seen.length < unseen.length && !isListed) {
      // Names change, and repositories go: one list tells of all.
      await list(ports, installationId);
      isListed = true;
      continue;
    }
    await compare(ports, installationId, unseen, seen);
    await records.noteLooks(unseen);
  }
  await endRuns(ports, installationId);
  await readWhatIsOld(ports, installationId);
}

/** Asks for settings and advisories that were not read for a day, and for packs of evidence that are due. */
async function readWhatIsOld({ records, addWhereIdle }: HeadsPorts, installationId: number): Promise<void> {
  const old = await records.withOldSettings(installationId, SETTINGS_AT_ONCE);
  const due = await records.dueVersions(installationId, 1);
  const lacking = await records.withoutEvidence(installationId, EVIDENCE_AT_ONCE);
  await addWhereIdle([
    ...old.map(settingsWork),
    ...(due.length > 0 ? [advisoriesWork(installationId)] : []),
    ...lacking.map(evidenceWork),
  ]);
}

/** Knows every repository by the name that it has now, and forgets those that are gone. */
async function list({ records, repositories }: HeadsPorts, installationId: number): Promise<void> {
  const listed = await repositories();
  await records.noteRepositories(listed);
  const gone = await records.unlisted(
    installationId,
    listed.map(({ repositoryId }) => repositoryId),
  );
  if (gone.length > 0) await records.purge(installationId, gone);
  await records.noteListed(installationId);
}

async function compare(
  ports: HeadsPorts,
  installationId: number,
  unseen: readonly UnseenRepository[],
  seen: readonly OpenHeads[],
): Promise<void> {
  const { records, addWhereIdle, retentionDays } = ports;
  const kept = new Date(Date.now() - retentionDays * DAY_MS);
  const byId = new Map(unseen.map((repository) => [repository.repositoryId, repository]));
  const noted: KnownRepository[] = [];
  const wanted: ReviewRequest[] = [];
  for (const heads of seen) {
    const before = byId.get(heads.repositoryId);
    if (!before) continue;
    const { branch, pulls: _, ...told } = heads;
    const repository = { ...told, installationId, defaultBranch: branch?.name ?? before.defaultBranch };
    const since = { branch: kept, pulls: before.since > kept ? before.since : kept };
    const pulls = { pulls: await allPulls(ports, heads, since.pulls), next: null };
    noted.push(repository);
    wanted.push(...reviewsOf(repository, { ...heads, pulls }, since));
  }
  await records.noteRepositories(noted);
  const missing = keysOf(await records.withoutResult(installationId, wanted.map(headOfLane)));
  await addWhereIdle(wanted.filter((request) => missing.has(keyOf(headOfLane(request)))).map(backlogOf));
}

/** The repository's open pull requests, page by page back to a time. */
async function allPulls({ morePulls }: HeadsPorts, heads: OpenHeads, since: Date): Promise<readonly OpenPull[]> {
  const all = [...heads.pulls.pulls];
  let { next } = heads.pulls;
  while (next !== null && isSince(all.at(-1)?.updatedAt ?? "", since)) {
    const more = await morePulls(heads, next);
    all.push(...more.pulls);
    next = more.next;
  }
  return all;
}

/** A review of a lane ends what an earlier one left in it. */
async function endRuns({ records, addWhereIdle }: HeadsPorts, installationId: number): Promise<void> {
  const works: NewWork[] = [];
  for (const { repositoryId, lane, headSha } of await records.leftRuns(installationId)) {
    const repository = await records.repository({ installationId, repositoryId });
    const subject = subjectOfLane(lane, headSha);
    if (repository && subject && !repository.archived)
      works.push(backlogOf({ repository, subject, headSha: null, asked: false }));
  }
  await addWhereIdle(works);
}

function backlogOf(request: ReviewRequest): NewWork {
  return { ...reviewWork(request), priority: PRIORITY.backlog };
}

function headOfLane(request: ReviewRequest): HeadOfLane {
  return { repositoryId: request.repository.repositoryId, lane: laneOf(request), headSha: request.headSha ?? "" };
}

const keyOf = ({ repositoryId, lane, headSha }: HeadOfLane): string => `${repositoryId} ${headSha} ${lane}`;
const keysOf = (heads: readonly HeadOfLane[]): ReadonlySet<string> => new Set(heads.map(keyOf));
