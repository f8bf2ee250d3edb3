import { readAdvisories } from "../github/advisories.ts";
import type { App } from "../github/app.ts";
import type { HostHealth } from "../github/host-health.ts";
import type { RequestBudget } from "../github/request-budget.ts";
import { settingsPermissions } from "../github/settings/permissions.ts";
import { readSettings } from "../github/settings/read-settings.ts";
import { readDueAdvisories } from "../jobs/advisories-job.ts";
import type { AddWork } from "../jobs/requests.ts";
import type { Handler } from "../jobs/run-work.ts";
import { readRepositorySettings, type SettingsRequest } from "../jobs/settings-job.ts";
import type { Settings } from "../settings.ts";
import type { Records } from "../store/records.ts";
import type { ReviewWatch } from "./review-watch.ts";

/** What the readings are made of. */
interface ReadingParts {
  readonly settings: Settings;
  readonly app: App;
  readonly records: Records;
  readonly add: AddWork;
  readonly watch: ReviewWatch;
  readonly health: HostHealth;
  budgetOf(installationId: number, isUrgent: boolean): RequestBudget;
}

/** All that is asked for, as far as it was granted. */
const ALL = {
  contents: "read",
  metadata: "read",
  pull_requests: "read",
  checks: "read",
  ...settingsPermissions,
} as const;
const PUBLIC = { metadata: "read" } as const;

/** Runs the two jobs that read what no file tells: a repository's settings, and advisories of locked versions. */
export function readingHandlers(parts: ReadingParts) {
  const { settings, app, records, add, watch, health, budgetOf } = parts;
  // The next day tries again: nobody is to be told.
  const giveUp = async (): Promise<void> => {};

  async function connectionFor(
    { installationId, reviewId }: { readonly installationId: number; readonly reviewId: string },
    repositoryId: number | undefined,
    permissions: typeof ALL | typeof PUBLIC,
  ) {
    const from = await records.tokensFrom(installationId);
    return {
      ...{ apiUrl: settings.apiUrl, health, onAnswer: watch.of(installationId, reviewId).answered },
      credentials: app.credentials(installationId, repositoryId, permissions, from),
      budget: budgetOf(installationId, false),
    };
  }

  const repositorySettings: Handler<SettingsRequest> = {
    async run(job) {
      const { repository: told } = job.request;
      const repository = (await records.repository(told)) ?? told;
      const connection = await connectionFor(job, repository.repositoryId, ALL);
      const read = (before: Parameters<typeof readSettings>[2]) =>
        readSettings(connection, repository, before, Date.now());
      await readRepositorySettings({ records, read, now: Date.now }, { repository });
    },
    giveUp,
  };

  const advisories: Handler = {
    async run(job) {
      const connection = await connectionFor(job, undefined, PUBLIC);
      const read = (versions: Parameters<typeof readAdvisories>[1]) => readAdvisories(connection, versions);
      await readDueAdvisories({ records, add, read }, job.installationId).catch(whereThereIsNone);
    },
    giveUp,
  };
  return { repositorySettings, advisories };
}

/** A GitHub Enterprise Server may have no database of advisories: then its versions stay unread. @throws any other error */
function whereThereIsNone(error: { readonly status?: number }): void {
  if (error.status !== 404) throw error;
}
