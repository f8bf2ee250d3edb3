import type { LookPeriods } from "../store/looks.ts";
import type { Records } from "../store/records.ts";
import { type FailedDelivery, missedIn } from "./missed-deliveries.ts";
import { Parked } from "./outcomes.ts";
import { type AddWork, headsWork } from "./requests.ts";

/** An installation as GitHub lists it. */
export interface ListedInstallation {
  readonly id: number;
  readonly suspended: boolean;
  /** When GitHub changed it last; ISO time. */
  readonly updatedAt: string;
}

/** What reconciling asks of GitHub, as the App itself. */
export interface ReconcilePorts {
  readonly records: Records;
  readonly addWhereIdle: AddWork;
  /** Deliveries that failed, newest first, a page at a time; they end with those that were made before a time. */
  failedDeliveries(after: Date | undefined): AsyncIterable<readonly FailedDelivery[]>;
  /** @throws nothing where GitHub does not have the delivery any more */
  redeliver(id: number): Promise<void>;
  installations(): Promise<readonly ListedInstallation[]>;
  isInstalled(id: number): Promise<boolean>;
}

/** The name under which the log of deliveries is swept. */
const SWEEP = "deliveries";
/** A delivery may fail so long after a newer one did. */
const OVERLAP_MS = 5 * 60_000;
/** Deliveries that are asked for in a row: GitHub wants a second for each. */
const AT_ONCE = 60;
const PAUSE_MS = 60_000;

/**
 * Finds what webhooks did not tell: deliveries that failed, installations that came to an end, open
 * heads that nobody has judged. Several processes may ask for it; it is done once a period.
 */
export async function reconcile(ports: ReconcilePorts, periods: LookPeriods): Promise<void> {
  const { records, addWhereIdle } = ports;
  const sweep = await records.beginSweep(SWEEP, periods.active * 0.9);
  if (sweep) {
    try {
      await reconcileInstallations(ports);
      await readFailures(ports, sweep.readTo);
    } catch (error) {
      await records.repeatSweep(SWEEP);
      throw error;
    }
    await addWhereIdle((await records.unseenInstallations(periods)).map((id) => headsWork(id)));
  }
  await askAgain(ports);
}

/** Those that came, ended, were suspended or came back while nobody listened. */
async function reconcileInstallations({ records, installations, isInstalled }: ReconcilePorts): Promise<void> {
  const listed = new Map((await installations()).map((installation) => [installation.id, installation]));
  const known = new Map((await records.installations()).map((one) => [one.installationId, one]));
  for (const { id, suspended, updatedAt } of listed.values()) {
    if (!known.has(id)) await records.noteInstallation(id);
    if (suspended !== (known.get(id)?.suspended ?? false)) await records.suspend(id, suspended, updatedAt);
  }
  for (const id of known.keys()) {
    // A list may be cut short: nothing is deleted but what GitHub says is gone.
    if (!listed.has(id) && !(await isInstalled(id))) await records.purge(id);
  }
}

/** Notes what the failures ask for, page by page: what was noted stays noted wherever it breaks off. */
async function readFailures({ records, failedDeliveries }: ReconcilePorts, readTo: Date | undefined): Promise<void> {
  const after = readTo && new Date(readTo.getTime() - OVERLAP_MS);
  let newest: string | undefined;
  for await (const page of failedDeliveries(after)) {
    newest ??= page[0]?.deliveredAt;
    const unheard = await records.unheard(page);
    const failed = page.filter(({ guid }) => unheard.has(guid));
    const { look, redeliver } = missedIn(failed);
    if (look.length > 0) await records.missSomethingIn(look);
    const toBeSent = new Set(redeliver);
    await records.noteFailed(failed.map((one) => ({ guid: one.guid, id: one.id, isToBeSent: toBeSent.has(one) })));
  }
  if (newest !== undefined) await records.endSweep(SWEEP, newest);
}

/** @throws Parked where there are more than may be asked for in a row */
async function askAgain({ records, redeliver }: ReconcilePorts): Promise<void> {
  const asked = await records.toBeSent(AT_ONCE);
  for (const attempt of asked) {
    await redeliver(attempt.id);
    await records.noteSent(attempt);
  }
  if (asked.length === AT_ONCE)
    throw new Parked(new Date(Date.now() + PAUSE_MS), "more deliveries are to be asked for");
}
