import { setTimeout as wait } from "node:timers/promises";
import type { Credentials } from "./credentials.ts";

/** For so long a new token, or what it may do, may not be known to all of GitHub's servers. */
const LAG_MS = 10_000;

/**
 * A fetch with the token of the moment. One that is too new for GitHub is tried again until it must
 * be known; one that was revoked is replaced, once. GitHub has done nothing in either case, so that
 * writes are sent again too.
 */
export function authorizedFetch(send: typeof fetch, credentials: Credentials, lagPauseMs: number): typeof fetch {
  return async (input, init) => {
    let isRenewed = false;
    for (;;) {
      const token = await credentials.current();
      const headers = new Headers(init?.headers);
      headers.set("authorization", `token ${token.token}`);
      const response = await send(input, { ...init, headers });
      if (token.age() < LAG_MS && (await isRefused(response))) {
        await wait(lagPauseMs, undefined, init?.signal ? { signal: init.signal } : {});
        continue;
      }
      if (response.status !== 401 || isRenewed) return response;
      credentials.discard(token);
      isRenewed = true;
    }
  };
}

/** The token, or what it is to permit. */
async function isRefused(response: Response): Promise<boolean> {
  if (response.status === 401) return true;
  return response.status === 403 && /not accessible by integration/i.test(await response.clone().text());
}
