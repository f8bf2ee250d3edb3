import type { App } from "../github/app.ts";
import { REPOSITORIES_AT_ONCE } from "../github/heads.ts";
import type { HostHealth } from "../github/host-health.ts";
import { installationClient } from "../github/installation-client.ts";
import type { RequestBudget } from "../github/request-budget.ts";
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
  readonly addWhereIdle: AddWork;
  readonly watch: ReviewWatch;
  readonly health: HostHealth;
  budgetOf(installationId: number, isUrgent: boolean): RequestBudget;
}

/** Reads all that is open, and nothing else. */
const LOOK = { contents: "read", metadata: "read", pull_requests: "read" } as const;
/** Where nobody works a look is wanted so many times more rarely. */
const IDLE = 12;

/** Runs the two jobs of reconciliation: the App's own, and that of one installation's heads. */
export function reconciliationHandlers(parts: ReconciliationParts) {
  const { settings, app, records, addWhereIdle, watch, health, budgetOf } = parts;
  const { apiUrl, reconcileSeconds, retentionDays } = settings;
  const periods = { active: reconcileSeconds, idle: reconcileSeconds * IDLE };
  // The next period tries again: nobody is to be told.
  const giveUp = async (): Promise<void> => {};
  const all: Handler = { run: () => reconcile({ records, addWhereIdle, ...app }, periods), giveUp };

  const heads: Handler = {
    async run({ installationId, reviewId }) {
      const onAnswer = watch.of(installationId, reviewId).answered;
      const client = async () => {
        const from = await records.tokensFrom(installationId);
        const credentials = app.credentials(installationId, undefined, LOOK, from);
        return installationClient({
          ...{ apiUrl, health, onAnswer, credentials },
          budget: budgetOf(installationId, false),
        });
      };
      await reconcileHeads(
        {
          ...{ records, addWhereIdle, retentionDays, atOnce: REPOSITORIES_AT_ONCE },
          // What asked for this look is due by a tenth of a period's grace.
          periods: { active: periods.active * 0.9, idle: periods.idle * 0.9 },
          repositories: async () =>
            (await (await client()).repositories()).map((repository) => ({ ...repository, installationId })),
          openHeads: async (repositories) => (await client()).openHeads(repositories),
          morePulls: async (repository, after) => (await client()).morePulls(repository, after),
        },
        installationId,
      );
    },
    giveUp,
  };
  return { all, heads };
}
