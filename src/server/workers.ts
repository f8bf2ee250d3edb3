import { availableParallelism } from "node:os";
import { ADVISORIES, type AddWork, COMMAND, EVIDENCE, HEADS, RECONCILE, REVIEW, SETTINGS } from "../jobs/requests.ts";
import { type Runner, startRunner } from "../jobs/runner.ts";
import { createPythonReader } from "../python/pool.ts";
import { type Lanes, PRIORITY } from "../store/lanes.ts";
import type { Pace } from "../store/paces.ts";
import type { Records } from "../store/records.ts";
import { commandHandler } from "./commands.ts";
import { type ConnectionParts, connections } from "./connections.ts";
import { evidenceHandler } from "./evidence.ts";
import { newCaches, snapshotsFrom, weightOf } from "./judged-repository.ts";
import { judging } from "./judging.ts";
import { knownRepositories } from "./known-repositories.ts";
import { READ } from "./permissions.ts";
import { readingHandlers } from "./readings.ts";
import { reconciliationHandlers } from "./reconciliation.ts";
import { repairing } from "./repairing.ts";
import type { ReviewWatch } from "./review-watch.ts";
import { reviewHandler } from "./reviews.ts";
import { standingPolicies } from "./standing-policies.ts";
import { tenantCaches } from "./tenant-caches.ts";
import { toldOutcomes } from "./told-outcomes.ts";

/** What the server hands to its workers. */
export interface WorkerParts extends ConnectionParts {
  readonly records: Records;
  readonly lanes: Lanes;
  readonly add: AddWork;
  readonly retrySeconds: number;
  readonly pace: Pace;
  readonly watch: ReviewWatch;
  onWorkerLost(): void;
}

/** Reviews and commands at a time. */
const PLACES = 6;
/** Deliveries are answered by the main thread: one core is left to it where there are several. */
const PYTHON_THREADS = Math.min(4, Math.max(1, availableParallelism() - 1));

/** Takes work off its lanes, and hands each piece to the handler of its kind. */
export function startWorkers(parts: WorkerParts): Runner {
  const { settings, app, health, budgetOf, records, lanes, add, retrySeconds, pace, watch, onWorkerLost } = parts;
  const connect = connections(parts);
  const known = knownRepositories(records, add, settings);
  const python = createPythonReader({ threads: PYTHON_THREADS, onLost: onWorkerLost });
  const caches = tenantCaches(newCaches, weightOf);
  const snapshotOf = snapshotsFrom(caches);
  const policies = standingPolicies({ records, caches, snapshotOf });
  const judge = judging({ python, records, caches, snapshotOf, policies });
  const repairsAt = repairing({ python, caches, snapshotOf, policies });
  const addWhereIdle: AddWork = async (works) => {
    await lanes.addWhereIdle(works);
    runner.wake();
  };
  const common = { settings, app, records, add, watch, connect, known, policies, repairsAt };
  const reconciliation = reconciliationHandlers({ settings, app, records, addWhereIdle, watch, health, budgetOf });
  const readings = readingHandlers({ settings, app, records, add, watch, health, budgetOf });
  const evidence = evidenceHandler({
    ...{ records, watch, judge, ...known },
    clientFor: (...about) => connect.client(about[0], READ, PRIORITY.backlog, about[1]),
    organisation: (...about) => connect.organisation(about[0], PRIORITY.backlog, about[1]),
    readDue: readings.advisories.run,
  });
  const told = toldOutcomes({ lanes, records, watch });
  const runner = startRunner({
    lanes,
    handlers: {
      [REVIEW]: told(reviewHandler({ ...common, pace, judge })),
      [COMMAND]: told(commandHandler({ ...common, caches, snapshotOf })),
      [RECONCILE]: told(reconciliation.all),
      [HEADS]: told(reconciliation.heads),
      [SETTINGS]: told(readings.repositorySettings),
      [ADVISORIES]: told(readings.advisories),
      [EVIDENCE]: told(evidence),
    },
    places: PLACES,
    pauseMs: health.pauseMs,
    retrySeconds,
    onEnd: watch.ended,
    onStoreError: watch.storeFailed,
  });
  return runner;
}
