import type { LoggedRequest } from "./request-log.ts";
import type { State } from "./state.ts";

/** The limits of one installation, GitHub's own unless a test says otherwise. */
export interface LimitSettings {
  /** Requests an hour: REST, and points of GraphQL. */
  core: number;
  graphql: number;
  windowMs: number;
  contentPerMinute: number;
  contentPerHour: number;
  pointsPerMinute: number;
  graphqlPointsPerMinute: number;
  concurrency: number;
  /** The status of a refusal; GraphQL refuses with 200. */
  form: 403 | 429;
  /** Whether a secondary limit says how long it holds. */
  tellsRetryAfter: boolean;
}

const GITHUBS: LimitSettings = {
  core: 5000,
  graphql: 5000,
  windowMs: 3_600_000,
  contentPerMinute: 80,
  contentPerHour: 500,
  pointsPerMinute: 900,
  graphqlPointsPerMinute: 2000,
  concurrency: 100,
  form: 403,
  tellsRetryAfter: true,
};
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export type Resource = "core" | "graphql";

/** Why a request is not answered, with the answer that says so. */
export interface Refusal {
  readonly kind: "primary" | "secondary";
  /** Milliseconds of the sandbox's clock. */
  readonly until: number;
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Account {
  readonly settings: LimitSettings;
  readonly primary: Record<Resource, { used: number; resetAt: number }>;
  readonly points: Record<Resource, Spending[]>;
  content: Spending[];
  block: { readonly until: number; readonly tellsRetryAfter: boolean } | null;
  inFlight: number;
}

interface Spending {
  readonly at: number;
  readonly cost: number;
}

/** What every installation has used of what GitHub grants it. */
export class Limits {
  readonly #state: State;
  readonly #accounts = new Map<number, Account>();

  constructor(state: State) {
    this.#state = state;
  }

  set(installationId: number, changes: Partial<LimitSettings>): void {
    Object.assign(this.#account(installationId).settings, changes);
  }

  /** Another user of the same quota takes so much of it. */
  spendElsewhere(installationId: number, requests: number, resource: Resource = "core"): void {
    this.#window(this.#account(installationId), resource).used += requests;
  }

  /** Nothing is left of an hour's requests until its reset, `forMs` from now. */
  exhaust(installationId: number, forMs: number, resource: Resource = "core"): void {
    const account = this.#account(installationId);
    account.primary[resource] = { used: account.settings[resource], resetAt: this.#state.now() + forMs };
  }

  /** The secondary limit refuses everything for so long. */
  block(installationId: number, forMs: number, { tellsRetryAfter = true } = {}): void {
    this.#account(installationId).block = { until: this.#state.now() + forMs, tellsRetryAfter };
  }

  /** Takes what a request costs, or tells why it is refused; `leave` is to be called when it is over. */
  enter(installationId: number, request: LoggedRequest): { readonly refusal?: Refusal; leave(): void } {
    const account = this.#account(installationId);
    account.inFlight++;
    const leave = (): void => {
      account.inFlight--;
    };
    const refusal = this.#refusal(account, installationId, request);
    if (!refusal) this.#spend(account, request);
    return refusal ? { refusal, leave } : { leave };
  }

  /** The headers that tell what is left. */
  headers(installationId: number, resource: Resource): Record<string, string> {
    const account = this.#account(installationId);
    const { used, resetAt } = this.#window(account, resource);
    const limit = account.settings[resource];
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(Math.max(0, limit - used)),
      "x-ratelimit-used": String(used),
      "x-ratelimit-reset": String(Math.ceil(resetAt / 1000)),
      "x-ratelimit-resource": resource,
    };
  }

  #refusal(account: Account, installationId: number, request: LoggedRequest): Refusal | undefined {
    const { settings, block } = account;
    const now = this.#state.now();
    if (block && now < block.until) return secondary(account, now, block.until, block.tellsRetryAfter);
    const until = this.#secondaryUntil(account, request, now);
    if (until !== undefined) return secondary(account, now, until, settings.tellsRetryAfter);
    const resource = resourceOf(request);
    const { used, resetAt } = this.#window(account, resource);
    if (used < settings[resource]) return undefined;
    const message = `API rate limit exceeded for installation ID ${installationId}.`;
    return { kind: "primary", until: resetAt, status: settings.form, message, headers: {} };
  }

  /** When a request that is too much now would fit. */
  #secondaryUntil(account: Account, request: LoggedRequest, now: number): number | undefined {
    const { settings, points, content, inFlight } = account;
    if (inFlight > settings.concurrency) return now + 1000;
    const resource = resourceOf(request);
    const perMinute = resource === "graphql" ? settings.graphqlPointsPerMinute : settings.pointsPerMinute;
    const waits = [fitsAt(points[resource], request.points, perMinute, MINUTE_MS, now)];
    if (request.isContent) {
      waits.push(fitsAt(content, 1, settings.contentPerMinute, MINUTE_MS, now));
      waits.push(fitsAt(content, 1, settings.contentPerHour, HOUR_MS, now));
    }
    const latest = Math.max(...waits);
    return latest > now ? latest : undefined;
  }

  #spend(account: Account, request: LoggedRequest): void {
    const at = this.#state.now();
    const resource = resourceOf(request);
    this.#window(account, resource).used++;
    account.points[resource] = account.points[resource].filter((one) => one.at > at - MINUTE_MS);
    account.points[resource].push({ at, cost: request.points });
    if (!request.isContent) return;
    account.content = account.content.filter((one) => one.at > at - HOUR_MS);
    account.content.push({ at, cost: 1 });
  }

  #window({ primary, settings }: Account, resource: Resource) {
    const now = this.#state.now();
    if (primary[resource].resetAt <= now) primary[resource] = { used: 0, resetAt: now + settings.windowMs };
    return primary[resource];
  }

  #account(installationId: number): Account {
    const known = this.#accounts.get(installationId);
    if (known) return known;
    const fresh: Account = {
      settings: { ...GITHUBS },
      primary: { core: { used: 0, resetAt: 0 }, graphql: { used: 0, resetAt: 0 } },
      points: { core: [], graphql: [] },
      content: [],
      block: null,
      inFlight: 0,
    };
    this.#accounts.set(installationId, fresh);
    return fresh;
  }
}

export function resourceOf({ kind }: LoggedRequest): Resource {
  return kind === "graphql" ? "graphql" : "core";
}

/** When `cost` more fits below the limit of any such window. */
function fitsAt(spent: readonly Spending[], cost: number, limit: number, windowMs: number, now: number): number {
  const inWindow = spent.filter(({ at }) => at > now - windowMs);
  let sum = inWindow.reduce((total, one) => total + one.cost, cost);
  if (sum <= limit) return now;
  for (const one of inWindow) {
    sum -= one.cost;
    if (sum <= limit) return one.at + windowMs;
  }
  return now + windowMs;
}

function secondary({ settings }: Account, now: number, until: number, tells: boolean): Refusal {
  const seconds = Math.max(1, Math.ceil((until - now) / 1000));
  return {
    kind: "secondary",
    // Where nothing is said, a minute is the least that GitHub asks for.
    until: now + (tells ? seconds * 1000 : MINUTE_MS),
    status: settings.form,
    message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
    headers: tells ? { "retry-after": String(seconds) } : {},
  };
}
