/** The installation is gone or suspended, or no longer holds the repository. */
export class NotInstalled extends Error {
  /** True where it may come back with all that it had. */
  readonly isSuspended: boolean;

  constructor(message: string, { isSuspended = false } = {}) {
    super(message);
    this.isSuspended = isSuspended;
  }
}

/** GitHub takes no requests of the installation for a while. */
export class Limited extends Error {
  readonly until: Date;
  /** GitHub's two kinds of limits, or its maintenance. */
  readonly kind: "primary" | "secondary" | "maintenance";
  /** As GitHub says it: the request has had no effect. */
  readonly status = 429;

  constructor(kind: Limited["kind"], until: Date) {
    super(`GitHub's ${kind} limit holds until ${until.toISOString()}`);
    this.kind = kind;
    this.until = until;
  }
}

/** Where GitHub says nothing of how long a secondary limit holds. */
const SECONDARY_MS = 60_000;

/** What an answer says of limits; undefined where it says nothing. */
export function limitOf(status: number, headers: Headers, now = Date.now()): Limited | undefined {
  const retryAfter = Number(headers.get("retry-after") ?? Number.NaN);
  const after = Number.isFinite(retryAfter) && retryAfter >= 0 ? new Date(now + retryAfter * 1000) : undefined;
  if (status === 503) return after && new Limited("maintenance", after);
  if (status !== 403 && status !== 429) return undefined;
  if (after) return new Limited("secondary", after);
  if (headers.get("x-ratelimit-remaining") === "0") {
    const reset = Number(headers.get("x-ratelimit-reset") ?? Number.NaN) * 1000;
    return new Limited("primary", new Date(Number.isFinite(reset) ? Math.max(reset, now + 1000) : now + SECONDARY_MS));
  }
  return status === 429 ? new Limited("secondary", new Date(now + SECONDARY_MS)) : undefined;
}

/** The limit that only a text tells of, that of a 403 or of an error of GraphQL; undefined where it tells of none. */
export function limitInText(text: string, now = Date.now()): Limited | undefined {
  return /secondary rate limit|rate limit exceeded|abuse detection|RATE_LIMITED|submitted too quickly/i.test(text)
    ? new Limited("secondary", new Date(now + SECONDARY_MS))
    : undefined;
}
