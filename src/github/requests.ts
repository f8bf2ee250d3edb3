import { setTimeout as wait } from "node:timers/promises";
import { Limited, limitInText, limitOf } from "./failures.ts";
import { type GithubAnswer, observedFetch } from "./observed-fetch.ts";

/** A request that takes longer is given up: no worker is held by one call. */
const TIMEOUT_MS = 30_000;
/** An archive is streamed, and may be large. */
const ARCHIVE_TIMEOUT_MS = 300_000;
/** Pauses before a read is tried again. */
const PAUSES_MS = [500, 2000];
/** For so long a new token may not be known to all of GitHub's servers. */
const TOKEN_LAG_MS = 10_000;

export interface RequestOptions {
  /** Called once for every request that leaves. */
  readonly onRequest?: () => void;
  /** Told of every answer, and of every request that got none. */
  readonly onAnswer?: (answer: GithubAnswer) => void;
  /** When the token in use was minted, in milliseconds of the clock. */
  readonly tokenMintedAt?: number;
  /** Milliseconds before each repetition of a read. */
  readonly pausesMs?: readonly number[];
}

/**
 * A fetch for Octokit: with a time-out, and with reads tried again after passing faults. Writes are
 * sent once: whether a write whose answer was lost has happened is for its caller to look up.
 */
export function githubFetch({
  onRequest,
  onAnswer = () => {},
  tokenMintedAt = 0,
  pausesMs = PAUSES_MS,
}: RequestOptions = {}): typeof fetch {
  const send = observedFetch(fetch, onAnswer);
  return async (input, init) => {
    const url = String(input);
    const isRead = isSafe(url, init?.method);
    const limit = url.includes("/tarball/") ? ARCHIVE_TIMEOUT_MS : TIMEOUT_MS;
    for (let attempt = 0; ; attempt++) {
      onRequest?.();
      const pause = isRead ? pausesMs[attempt] : undefined;
      try {
        const response = await send(input, { ...init, signal: AbortSignal.timeout(limit) });
        await refuseLimits(response);
        if (pause === undefined || !isPassing(response.status, tokenMintedAt)) return response;
        await response.body?.cancel();
      } catch (error) {
        if (pause === undefined || error instanceof Limited) throw error;
      }
      await wait(pause);
    }
  };
}

/** GraphQL is only used to read. */
function isSafe(url: string, method = "GET"): boolean {
  return /^(GET|HEAD)$/i.test(method) || url.endsWith("/graphql");
}

function isPassing(status: number, tokenMintedAt: number): boolean {
  const freshToken = Date.now() - tokenMintedAt < TOKEN_LAG_MS;
  return status === 502 || status === 503 || status === 504 || (status === 401 && freshToken);
}

/** @throws Limited where the answer is that nothing is answered for a while; it is never asked again at once. */
async function refuseLimits(response: Response): Promise<void> {
  const { status, headers } = response;
  const limit = limitOf(status, headers) ?? (status === 403 ? limitInText(await response.clone().text()) : undefined);
  if (!limit) return;
  await response.body?.cancel();
  throw limit;
}

/** GraphQL tells of limits in answers of 200. @throws Limited, or the error itself */
export function refuseLimitsOfGraphql(error: { readonly errors?: unknown }): never {
  throw limitInText(JSON.stringify(error.errors ?? [])) ?? error;
}

/** Octokit wraps what its fetch throws: a limit comes out as it went in. */
export function unwrapLimits(octokit: {
  readonly hook: { error(name: "request", callback: (error: Error) => never): void };
}): void {
  octokit.hook.error("request", (error) => {
    if (error.cause instanceof Limited) throw error.cause;
    throw error;
  });
}
