import { pino } from "pino";
import { createProbot, type Probot, ProbotOctokit } from "probot";
import { type FailedDelivery, failedDeliveries, redeliver } from "./deliveries.ts";
import { NotInstalled } from "./failures.ts";
import type { GithubAnswer } from "./observed-fetch.ts";
import { githubFetch, unwrapLimits } from "./requests.ts";

export interface AppSettings {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** `https://api.github.com`, or that of a GitHub Enterprise Server. */
  readonly apiUrl: string;
  /** Told of every answer to the App's own requests. */
  readonly onAnswer?: (answer: GithubAnswer) => void;
}

/** What a token may be asked to do, as GitHub names it. */
export type Permissions = Readonly<Record<string, "read" | "write">>;

/** A token of an installation, for one repository or for all. */
export interface InstallationToken {
  readonly token: string;
  readonly mintedAt: number;
}

/** An installation as GitHub lists it. */
export interface ListedInstallation {
  readonly id: number;
  readonly suspended: boolean;
  /** ISO time. */
  readonly updatedAt: string;
}

/**
 * The App itself. Probot routes events to their handlers and signs the App's own requests; its retry,
 * throttling and clients for events are not used, because they repeat writes and share one lane
 * among all tenants.
 */
export interface App {
  /** The App's id and slug as GitHub knows them. @throws when the key is refused. */
  identity(): Promise<{ readonly id: number; readonly slug: string }>;
  /** A token for one repository, narrowed to these permissions and to those that were granted. */
  tokenFor(
    installationId: number,
    repositoryId: number,
    permissions: Permissions,
    /** Milliseconds of the clock before which no token in use may have been minted. */
    from?: number,
  ): Promise<InstallationToken>;
  /** A token for all repositories of an installation, narrowed in the same way. */
  tokenForAll(installationId: number, permissions: Permissions, from?: number): Promise<InstallationToken>;
  /** Deliveries to the App that failed, newest first, a page at a time, back to a time. */
  failedDeliveries(after: Date | undefined): AsyncIterable<readonly FailedDelivery[]>;
  /** Asks GitHub to deliver once more; who is told twice knows it by the delivery's guid. */
  redeliver(id: number): Promise<void>;
  installations(): Promise<readonly ListedInstallation[]>;
  isInstalled(id: number): Promise<boolean>;
  /** Hands a verified event to its handlers; rejects when one of them fails. */
  receive(event: { readonly id: string; readonly name: string; readonly payload: unknown }): Promise<void>;
}

/** Tokens live an hour; one with less left than this is not used for another review. */
const LIFETIME_MS = 50 * 60_000;

export async function createApp(settings: AppSettings, onEvent: (event: ReceivedEvent) => Promise<void>): Promise<App> {
  const probot = createProbot({
    overrides: {
      appId: settings.appId,
      privateKey: settings.privateKey,
      secret: settings.webhookSecret,
      baseUrl: settings.apiUrl,
      // Below the level of information Probot logs whole payloads and bodies.
      log: pino({ level: "silent" }),
      Octokit: ProbotOctokit.defaults({
        retry: { enabled: false },
        throttle: { enabled: false },
        request: { fetch: githubFetch(settings.onAnswer ? { onAnswer: settings.onAnswer } : {}) },
      }) as typeof ProbotOctokit,
    },
  });
  await probot.load((app: Probot) => {
    app.webhooks.onAny(async ({ id, name, payload }) => onEvent({ id, name, payload }));
    // The door reports failures by their kind alone.
    app.webhooks.onError(() => {});
  });
  const client = await probot.auth();
  unwrapLimits(client);
  const tokens = new Map<string, InstallationToken>();

  async function mint(
    installationId: number,
    repositoryId: number | undefined,
    permissions: Permissions,
  ): Promise<InstallationToken> {
    const ask = (wanted: Permissions) =>
      client.rest.apps.createInstallationAccessToken({
        installation_id: installationId,
        ...(repositoryId === undefined ? {} : { repository_ids: [repositoryId] }),
        permissions: wanted,
      });
    const mintedAt = Date.now();
    const { data } = await ask(permissions).catch(async (error: { status?: number; message: string }) => {
      const isSuspended = error.status === 403 && /suspended/i.test(error.message);
      if (error.status === 404 || isSuspended)
        throw new NotInstalled(`installation ${installationId} cannot be used`, { isSuspended });
      if (error.status !== 422) throw error;
      const { data: installation } = await client.rest.apps.getInstallation({ installation_id: installationId });
      const granted = narrowed(permissions, installation.permissions as Permissions);
      return ask(granted).catch((again: { status?: number }) => {
        throw again.status === 422
          ? new NotInstalled(`repository ${repositoryId} is not in installation ${installationId}`)
          : again;
      });
    });
    return { token: data.token, mintedAt };
  }

  async function tokenFor(
    installationId: number,
    repositoryId: number | undefined,
    permissions: Permissions,
    from = 0,
  ): Promise<InstallationToken> {
    const key = JSON.stringify([installationId, repositoryId, permissions]);
    const known = tokens.get(key);
    if (known && known.mintedAt >= from && Date.now() - known.mintedAt < LIFETIME_MS) return known;
    for (const [other, { mintedAt }] of tokens) if (Date.now() - mintedAt >= LIFETIME_MS) tokens.delete(other);
    const token = await mint(installationId, repositoryId, permissions);
    tokens.set(key, token);
    return token;
  }

  return {
    async identity() {
      const { data } = await client.rest.apps.getAuthenticated();
      return { id: data?.id ?? settings.appId, slug: data?.slug ?? "" };
    },
    tokenFor,
    tokenForAll: (installationId, permissions, from) => tokenFor(installationId, undefined, permissions, from),
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
    isInstalled: (id) =>
      client.rest.apps.getInstallation({ installation_id: id }).then(
        () => true,
        (error: { status?: number }) => {
          if (error.status === 404) return false;
          throw error;
        },
      ),
    receive: async (event) => probot.receive(event as Parameters<Probot["receive"]>[0]),
  };
}

/** An event as it was delivered. */
export interface ReceivedEvent {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
}

/** The permissions that were both wanted and granted. */
function narrowed(wanted: Permissions, granted: Permissions): Permissions {
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([name, level]) => {
      const held = granted[name];
      return held ? [[name, held === "write" ? level : "read"]] : [];
    }),
  );
}
