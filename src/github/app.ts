import { pino } from "pino";
import { createProbot, type Probot, ProbotOctokit } from "probot";
import type { FailedDelivery } from "../jobs/missed-deliveries.ts";
import type { ListedInstallation } from "../jobs/reconcile.ts";
import type { Credentials } from "./credentials.ts";
import { failedDeliveries, redeliver } from "./deliveries.ts";
import { NotInstalled } from "./failures.ts";
import { tellFailures } from "./octokit.ts";
import { type Connection, githubFetch } from "./requests.ts";
import { mint, type Permissions, type Reach, tokenCache } from "./tokens.ts";

export interface AppSettings {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** `https://api.github.com`, or that of a GitHub Enterprise Server. */
  readonly apiUrl: string;
  /** How the App's own requests are made. */
  readonly connection?: Omit<Connection, "apiUrl" | "credentials" | "budget">;
}

/**
 * The App itself. Probot routes events to their handlers and signs the App's own requests; its retry,
 * throttling and clients for events are not used, because they repeat writes and share one lane
 * among all tenants.
 */
export interface App {
  /** The App's id and slug as GitHub knows them. @throws when the key is refused. */
  identity(): Promise<{ readonly id: number; readonly slug: string }>;
  /** Tokens for one repository or for all, narrowed to these permissions and to those that were granted. */
  credentials(
    installationId: number,
    reach: Reach,
    permissions: Permissions,
    /** Milliseconds of the clock before which no token in use may have been minted. */
    from?: number,
  ): Credentials;
  /** Deliveries to the App that failed, newest first, a page at a time, back to a time. */
  failedDeliveries(after: Date | undefined): AsyncIterable<readonly FailedDelivery[]>;
  /** Asks GitHub to deliver once more; who is told twice knows it by the delivery's guid. */
  redeliver(id: number): Promise<void>;
  installations(): Promise<readonly ListedInstallation[]>;
  isInstalled(id: number): Promise<boolean>;
  /** Whether the installation holds the repository now, whatever tokens of before still say. */
  holds(installationId: number, repositoryId: number): Promise<boolean>;
  /** What an installation lets the App do, as its owner has granted it. */
  permissionsOf(id: number): Promise<Permissions>;
  /** Hands a verified event to its handlers; rejects when one of them fails. */
  receive(event: { readonly id: string; readonly name: string; readonly payload: unknown }): Promise<void>;
}

export async function createApp(settings: AppSettings, onEvent: (event: ReceivedEvent) => Promise<void>): Promise<App> {
  const probot = createProbot({
    overrides: {
      appId: settings.appId,
      privateKey: settings.privateKey,
      secret: settings.webhookSecret,
      baseUrl: settings.apiUrl,
      // Below the level of information Probot logs whole payloads and bodies.
      log: pino({ level: "silent" }),
      Octokit: plainOctokit(githubFetch({ ...settings.connection, apiUrl: settings.apiUrl })),
    },
  });
  await probot.load((app: Probot) => {
    app.webhooks.onAny(async ({ id, name, payload }) => onEvent({ id, name, payload }));
    // The door reports failures by their kind alone.
    app.webhooks.onError(() => {});
  });
  const client = await probot.auth();
  tellFailures(client);
  const credentials = tokenCache(client);

  return {
    async identity() {
      const { data } = await client.rest.apps.getAuthenticated();
      return { id: data?.id ?? settings.appId, slug: data?.slug ?? "" };
    },
    credentials,
    failedDeliveries: (after) => failedDeliveries(client, after),
    redeliver: (id) => redeliver(client, id),
    async installations() {
      const all = await client.paginate(client.rest.apps.listInstallations, { per_page: 100 });
      return all.map(({ id, suspended_at, updated_at }) => ({
        id,
        suspended: suspended_at !== null,
        updatedAt: updated_at,
      }));
    },
    async permissionsOf(id) {
      const { data } = await client.rest.apps.getInstallation({ installation_id: id });
      return data.permissions as Permissions;
    },
    isInstalled: (id) =>
      client.rest.apps.getInstallation({ installation_id: id }).then(
        () => true,
        (error: { status?: number }) => {
          if (error.status === 404) return false;
          throw error;
        },
      ),
    holds: (installationId, repositoryId) =>
      mint(client, installationId, repositoryId, { metadata: "read" }).then(
        () => true,
        (error: unknown) => {
          if (error instanceof NotInstalled) return error.isSuspended;
          throw error;
        },
      ),
    receive: async (event) => probot.receive(event as Parameters<Probot["receive"]>[0]),
  };
}

/** Probot's client without its retry and throttling, whatever options Probot itself hands to it. */
function plainOctokit(fetch: typeof globalThis.fetch): typeof ProbotOctokit {
  const plain = (given: object) => ({
    ...given,
    retry: { enabled: false },
    throttle: { enabled: false },
    request: { fetch },
  });
  // Octokit takes a function here, and its types know only of objects.
  return ProbotOctokit.defaults(plain as object) as typeof ProbotOctokit;
}

/** An event as it was delivered. */
export interface ReceivedEvent {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
}
