import type { Advisory, AdvisorySource, PackageVersion } from "../snapshot/advisories.ts";
import type { Records } from "../store/records.ts";
import { laneOf, type ReviewRequest } from "../webhooks/review-request.ts";
import { type AddWork, advisoriesWork, reviewWork } from "./requests.ts";

/** What reading the advisories of one installation needs. */
export interface AdvisoryPorts {
  readonly records: Pick<Records, "dueVersions" | "rememberAdvisories" | "answerWaiting">;
  readonly add: AddWork;
  /** What the database says, for every version that is asked about. @throws where GitHub fails */
  read(versions: readonly PackageVersion[]): Promise<ReadonlyMap<string, readonly Advisory[]>>;
}

/** Versions that are asked about and kept at a time: what was read stays read wherever it breaks off. */
const AT_ONCE = 1000;
/** Rounds of one job: other work of the installation has its turn. */
const ROUNDS = 20;
const NOT_READ_YET = "GitHub's advisories for them are not read yet";

/** Reads what is known of versions that reviews asked for, and judges again those that had no answer. */
export async function readDueAdvisories({ records, add, read }: AdvisoryPorts, installationId: number): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const due = await records.dueVersions(installationId, AT_ONCE);
    if (due.length === 0) break;
    await records.rememberAdvisories(installationId, await read(due), due);
  }
  // Those who wait for the same lane once more find their answers new.
  const waiting = await records.answerWaiting(installationId);
  if (waiting.length > 0)
    await add(waiting.map((request) => reviewWork({ ...(request as ReviewRequest), asked: false })));
}

/** What the store knows of versions; what it does not, is read soon, and the review is made again then. */
export function storedAdvisories(
  records: Pick<Records, "knownAdvisories" | "noteVersions" | "waitForAdvisories">,
  add: AddWork,
  request: ReviewRequest,
): AdvisorySource {
  return async (versions) => {
    const { installationId } = request.repository;
    const known = await records.knownAdvisories(installationId, versions);
    // Of a pull request only what it changes is new, and it is judged again with its next change.
    if (request.subject.kind === "branch") await records.noteVersions(request, laneOf(request), versions);
    if (known.byVersion.size < versions.length) {
      await records.waitForAdvisories(request, laneOf(request));
      await add([advisoriesWork(installationId)]);
    }
    return { ...known, reason: NOT_READ_YET };
  };
}

/** The same for what is tried and not published: no review waits for it. */
export function knownAdvisories(records: Pick<Records, "knownAdvisories">, installationId: number): AdvisorySource {
  return async (versions) => ({ ...(await records.knownAdvisories(installationId, versions)), reason: NOT_READ_YET });
}
