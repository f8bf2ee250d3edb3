import { setTimeout as wait } from "node:timers/promises";
import { authorizedFetch } from "./authorized-fetch.ts";
import { BOUNDS, type Bounds, boundedFetch, isArchive } from "./bounded-fetch.ts";
import type { Credentials } from "./credentials.ts";
import { GithubError, Limited, NotInstalled, NotPermitted } from "./failures.ts";
import type { HostHealth } from "./host-health.ts";
import { refuseLimits } from "./limits.ts";
import { type GithubAnswer, observedFetch } from "./observed-fetch.ts";
import { costOf, type RequestBudget } from "./request-budget.ts";
import { trustedFetch, UntrustedAddress } from "./trusted-fetch.ts";

/** How long GitHub is waited for. */
export interface Patience extends Bounds {
  /** Milliseconds for a request and all its repetitions: no worker is held by one call. */
  readonly totalMs: number;
  /** The same for an archive, with all its bytes. */
  readonly archiveMs: number;
  /** Milliseconds before each repetition of a read, give or take a third. */
  readonly pausesMs: readonly number[];
  /** Milliseconds between two tries of a token that is new to GitHub. */
  readonly lagPauseMs: number;
}

const PATIENCE: Patience = { ...BOUNDS, totalMs: 30_000, archiveMs: 300_000, pausesMs: [500, 2000], lagPauseMs: 1000 };

/** How GitHub is reached. */
export interface Connection {
  readonly apiUrl: string;
  /** None for requests that carry theirs themselves. */
  readonly credentials?: Credentials;
  readonly budget?: RequestBudget;
  readonly health?: HostHealth;
  /** Told of every answer, and of every request that got none. */
  readonly onAnswer?: (answer: GithubAnswer) => void;
  readonly patience?: Partial<Patience>;
}

/**
 * A fetch for Octokit: bounded in time and bytes, within what the installation may ask, with reads
 * tried again after passing faults. Writes are sent once, unless GitHub did not know the token:
 * whether a write whose answer was lost has happened is for its caller to look up.
 */
export function githubFetch(connection: Connection): typeof fetch {
  const { apiUrl, credentials, onAnswer = () => {}, health, budget } = connection;
  const patience = { ...PATIENCE, ...connection.patience };
  const bounded = trustedFetch(boundedFetch(fetch, patience), apiUrl);
  const observed = observedFetch(bounded, (answer) => {
    if (answer.budget) budget?.learn(answer.budget);
    if (isPassing(answer.status)) health?.failed();
    else health?.answered();
    onAnswer(answer);
  });
  const limited = limitedFetch(observed, budget);
  const authorized = credentials ? authorizedFetch(limited, credentials, patience.lagPauseMs) : limited;
  return repeatedFetch(authorized, patience);
}

/** Within the budget, and never again at once where GitHub says that it answers nothing for a while. */
function limitedFetch(send: typeof fetch, budget: RequestBudget | undefined): typeof fetch {
  return async (input, init) => {
    const url = String(input);
    await budget?.spend(costOf(url, init?.method));
    const response = await send(input, init);
    await refuseLimits(url, response).catch(async (error: unknown) => {
      throw error instanceof Limited && budget ? await budget.hold(error) : error;
    });
    return response;
  };
}

function repeatedFetch(send: typeof fetch, { totalMs, archiveMs, pausesMs }: Patience): typeof fetch {
  return async (input, init) => {
    const url = String(input);
    const mayRepeat = isRepeatable(url, init?.method);
    const signal = AbortSignal.timeout(isArchive(url) ? archiveMs : totalMs);
    for (let attempt = 0; ; attempt++) {
      const pause = mayRepeat && !signal.aborted ? pausesMs[attempt] : undefined;
      try {
        const response = await send(input, { ...init, signal });
        if (pause === undefined || !isPassing(response.status)) return response;
        await response.body?.cancel();
      } catch (error) {
        if (pause === undefined || signal.aborted || isFinal(error)) throw error;
      }
      await wait(pause * (2 / 3 + (2 / 3) * Math.random()), undefined, { signal });
    }
  };
}

/** A second token does no harm: it is not among the writes that are sent once. */
function isRepeatable(url: string, method: string | undefined): boolean {
  return !costOf(url, method).isWrite || url.endsWith("/access_tokens");
}

/** What was answered, or found out before anything was sent. */
function isFinal(error: unknown): boolean {
  return [Limited, NotInstalled, NotPermitted, GithubError, UntrustedAddress].some((kind) => error instanceof kind);
}

function isPassing(status: number | null): boolean {
  return status === null || (status >= 500 && status <= 504 && status !== 501);
}
