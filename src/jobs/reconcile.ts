import { PRIORITY } from "../store/lanes.ts";
import type { Records } from "../store/records.ts";
import { type LoggedDelivery, missedIn } from "./missed-deliveries.ts";
import { type AddWork, headsWork } from "./requests.ts";

/** What reconciling asks of GitHub, as the App itself. */
export interface ReconcilePorts {
  readonly records: Records;
  readonly add: AddWork;
  /** Deliveries after this one, newest first. */
  deliveriesSince(id: number): Promise<readonly LoggedDelivery[]>;
  redeliver(id: number): Promise<void>;
  /** Every installation, and whether it is suspended. */
  installations(): Promise<ReadonlyMap<number, boolean>>;
}

/** The name under which the log of deliveries is swept. */
const SWEEP = "deliveries";

/**
 * Finds what webhooks did not tell: deliveries that failed, installations that came to an end, open
 * heads that nobody has judged. Several processes may ask for it; it is done once a period.
 */
export async function reconcile(ports: ReconcilePorts, everySeconds: number): Promise<void> {
  const { records, add } = ports;
  const sweep = await records.beginSweep(SWEEP, everySeconds * 0.9);
  if (!sweep) return;
  try {
    await reconcileInstallations(ports);
    await recoverDeliveries(ports, sweep.cursor);
    const active = await records.activeInstallations();
    await add(active.map(({ installationId }) => headsWork(installationId, PRIORITY.backlog)));
  } catch (error) {
    await records.repeatSweep(SWEEP);
    throw error;
  }
}

/** Those that ended, were suspended or came back while nobody listened. */
async function reconcileInstallations({ records, installations }: ReconcilePorts): Promise<void> {
  const known = await records.installations();
  if (known.size === 0) return;
  const now = await installations();
  for (const [id, wasSuspended] of known) {
    const isSuspended = now.get(id);
    if (isSuspended === undefined) await records.purge(id);
    else if (isSuspended !== wasSuspended) await records.suspend(id, isSuspended);
  }
}

async function recoverDeliveries(ports: ReconcilePorts, cursor: number): Promise<void> {
  const { records, add } = ports;
  const log = await ports.deliveriesSince(cursor);
  const failed = log.filter(({ isDelivered }) => !isDelivered);
  const accepted = await records.knownDeliveries([...new Set(failed.map(({ guid }) => guid))]);
  const ids = new Set(failed.flatMap(({ installationId }) => installationId ?? []));
  const repositories = await Promise.all([...ids].map((id) => records.repositoriesOf(id)));
  const names = new Set(
    repositories.flat().map(({ installationId, repositoryId }) => `${installationId}/${repositoryId}`),
  );
  const { look, redeliver } = missedIn(log, accepted, (installation, repository) =>
    names.has(`${installation}/${repository}`),
  );
  await add([...look].map((id) => headsWork(id, PRIORITY.live)));
  for (const id of redeliver) await ports.redeliver(id);
  await records.endSweep(SWEEP, Math.max(cursor, ...log.slice(0, 1).map(({ id }) => id)));
}
