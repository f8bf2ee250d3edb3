/** A redirect, or a request, to somebody who is not GitHub. */
export class UntrustedAddress extends Error {}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MAX_HOPS = 3;

/**
 * A fetch that reaches GitHub's API and its archives and nobody else: redirects are followed within
 * these, and the token goes to the API alone.
 */
export function trustedFetch(send: typeof fetch, apiUrl: string): typeof fetch {
  const api = new URL(apiUrl).origin;
  const trusted = new Set([api, archivesOf(new URL(apiUrl))]);
  return async (input, init) => {
    let url = new URL(String(input));
    for (let hop = 0; ; hop++) {
      if (!trusted.has(url.origin) || hop > MAX_HOPS) throw new UntrustedAddress("a request leads away from GitHub");
      const headers = new Headers(init?.headers);
      if (url.origin !== api) headers.delete("authorization");
      const response = await send(url, { ...init, headers, redirect: "manual" });
      const location = REDIRECTS.has(response.status) ? response.headers.get("location") : null;
      // Only these two say that a write is to be sent as it is.
      const keepsMethod = response.status === 307 || response.status === 308;
      if (location === null || !(keepsMethod || /^(GET|HEAD)$/i.test(init?.method ?? "GET"))) return response;
      await response.body?.cancel();
      url = new URL(location, url);
    }
  };
}

/** `api.github.com` and `api.NAME.ghe.com` have theirs beside them, a GitHub Enterprise Server below it. */
function archivesOf({ protocol, host }: URL): string {
  return `${protocol}//codeload.${host.replace(/^api\./, "")}`;
}
