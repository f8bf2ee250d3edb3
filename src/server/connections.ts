import type { App } from "../github/app.ts";
import { NotHeld } from "../github/failures.ts";
import type { HostHealth } from "../github/host-health.ts";
import type { GithubAnswer } from "../github/observed-fetch.ts";
import { repositoryClient } from "../github/repository-client.ts";
import type { RequestBudget } from "../github/request-budget.ts";
import type { Connection } from "../github/requests.ts";
import type { Permissions } from "../github/tokens.ts";
import type { Settings } from "../settings.ts";
import { PRIORITY, type Priority } from "../store/lanes.ts";
import type { Records } from "../store/records.ts";
import type { RequestedRepository } from "../webhooks/review-request.ts";
import { READ, READ_FILES } from "./permissions.ts";

/** What connections to GitHub are made of. */
export interface ConnectionParts {
  readonly settings: Settings;
  readonly app: App;
  readonly records: Pick<Records, "tokensFrom">;
  /** How GitHub answers this process. */
  readonly health: HostHealth;
  /** What the requests of an installation may cost; nobody waits for those that are not urgent. */
  budgetOf(installationId: number, isUrgent: boolean): RequestBudget;
}

type RepositoryClient = ReturnType<typeof repositoryClient>;
/** Is told of each answer. */
type Listener = (answer: GithubAnswer) => void;

/** Connections in the name of an installation, within its budget. */
export interface Connections {
  /** With a token of these permissions, for this repository alone. */
  to(repository: RequestedRepository, permissions: Permissions, ...how: [Priority, Listener]): Promise<Connection>;
  client(
    repository: RequestedRepository,
    permissions: Permissions,
    ...how: [Priority, Listener]
  ): Promise<RepositoryClient>;
  /**
   * Reads the `.github` repository of an organisation, with a token for it alone. Where the installation does
   * not hold it, it may still be public: the token of the repository that is reviewed reads that, and no other.
   */
  organisation(repository: RequestedRepository, ...how: [Priority, Listener]): Promise<RepositoryClient>;
}

/** Connects to GitHub for jobs, as urgently as these are. */
export function connections({ settings, app, records, health, budgetOf }: ConnectionParts): Connections {
  async function to(
    { installationId, repositoryId }: RequestedRepository,
    permissions: Permissions,
    priority: Priority,
    onAnswer: Listener,
  ): Promise<Connection> {
    const from = await records.tokensFrom(installationId);
    const credentials = app.credentials(installationId, repositoryId, permissions, from);
    return { credentials, onAnswer, ...around(installationId, priority) };
  }

  function around(installationId: number, priority: Priority): Pick<Connection, "apiUrl" | "budget" | "health"> {
    return { apiUrl: settings.apiUrl, budget: budgetOf(installationId, priority !== PRIORITY.backlog), health };
  }

  return {
    to,
    client: async (repository, ...how) => repositoryClient(await to(repository, ...how), repository),
    async organisation({ installationId, repositoryId, owner }, priority, onAnswer) {
      const from = await records.tokensFrom(installationId);
      const own = app.credentials(installationId, ".github", READ_FILES, from);
      const isHeld = await own.current().then(
        () => true,
        (error: unknown) => {
          if (error instanceof NotHeld) return false;
          throw error;
        },
      );
      const credentials = isHeld ? own : app.credentials(installationId, repositoryId, READ, from);
      return repositoryClient(
        { credentials, onAnswer, ...around(installationId, priority) },
        { owner, name: ".github" },
      );
    },
  };
}
