import type { App } from "../github/app.ts";
import { REPOSITORIES_AT_ONCE } from "../github/heads.ts";
import { installationClient } from "../github/installation-client.ts";
import { reconcile } from "../jobs/reconcile.ts";
import { reconcileHeads } from "../jobs/reconcile-heads.ts";
import type { AddWork } from "../jobs/requests.ts";
import type { Handler } from "../jobs/run-work.ts";
import type { Settings } from "../settings.ts";
import type { Records } from "../store/records.ts";
import type { ReviewWatch } from "./review-watch.ts";

/** What reconciliation is made of. */
interface ReconciliationParts {
  readonly settings: Settings;
  readonly app: App;
  readonly records: Records;
  readonly add: AddWork;
  readonly watch: ReviewWatch;
}

/** Runs the two jobs of reconciliation: the App's own, and that of one installation's heads. */
export function reconciliationHandlers({ settings, app, records, add, watch }: ReconciliationParts) {
  const { deliveriesSince, redeliver, installations } = app;
  // The next period tries again: nobody is to be told.
  const giveUp = async (): Promise<void> => {};
  const all: Handler = {
    run: () => reconcile({ records, add, deliveriesSince, redeliver, installations }, settings.reconcileSeconds),
    giveUp,
  };
  const heads: Handler = {
    run: ({ installationId, reviewId }) =>
      reconcileHeads(
        {
          records,
          add,
          atOnce: REPOSITORIES_AT_ONCE,
          async openHeads(repositories) {
            const ids = repositories.map(({ repositoryId }) => repositoryId);
            const onAnswer = watch.of(installationId, reviewId).answered;
            const token = await app.readingTokenFor(installationId, ids);
            return installationClient({ apiUrl: settings.apiUrl, token, onAnswer }).openHeads(repositories);
          },
        },
        installationId,
      ),
    giveUp,
  };
  return { all, heads };
}
