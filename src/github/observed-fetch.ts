/** An answer of GitHub to one request, or that none came; it holds nothing of what was asked about. */
export interface GithubAnswer {
  /** What was asked, as one of a few words. */
  readonly kind: string;
  /** Null where the request failed without an answer. */
  readonly status: number | null;
  readonly seconds: number;
  /** What GitHub says is left of an hour's budget. */
  readonly budget?: Budget;
}

/** An hour's budget of requests. */
export interface Budget {
  /** `core`, `graphql`: GitHub counts them apart. */
  readonly resource: string;
  readonly remaining: number;
  readonly limit: number;
  /** When it is full again, in milliseconds of the clock. */
  readonly resetAt: number;
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\/graphql$/, "graphql"],
  [/\/access_tokens$/, "token"],
  [/\/app\/hook\//, "delivery"],
  [/\/app(\/|$)/, "app"],
  [/\/reactions(\/|$)/, "reaction"],
  [/\/comments(\/|$)/, "comment"],
  [/\/check-(runs|suites)(\/|$)/, "check"],
  [/\/pulls(\/|$)/, "pull_request"],
  [/\/git\/trees\//, "tree"],
  [/\/git\/blobs\//, "blob"],
  [/\/tarball(\/|$)|^\/[^/]+\/[^/]+\/legacy\.tar/, "archive"],
  [/\/permission$/, "permission"],
];

/** A fetch that tells of each answer what may be counted. */
export function observedFetch(send: typeof fetch, onAnswer: (answer: GithubAnswer) => void): typeof fetch {
  return async (input, init) => {
    const startedAt = performance.now();
    const tell = (response?: Response): void =>
      onAnswer({
        kind: kindOf(String(input)),
        status: response?.status ?? null,
        seconds: (performance.now() - startedAt) / 1000,
        ...budgetOf(response?.headers),
      });
    try {
      const response = await send(input, init);
      tell(response);
      return response;
    } catch (error) {
      tell();
      throw error;
    }
  };
}

function kindOf(url: string): string {
  const { pathname } = new URL(url);
  return KINDS.find(([path]) => path.test(pathname))?.[1] ?? "other";
}

function budgetOf(headers: Headers | undefined): { readonly budget?: Budget } {
  const number = (name: string): number => Number(headers?.get(`x-ratelimit-${name}`) ?? Number.NaN);
  const [remaining, limit, reset] = [number("remaining"), number("limit"), number("reset")];
  if (![remaining, limit, reset].every(Number.isFinite)) return {};
  const resource = headers?.get("x-ratelimit-resource") ?? "core";
  // GitHub's clock and ours may differ.
  const skew = Date.now() - (Date.parse(headers?.get("date") ?? "") || Date.now());
  return { budget: { resource, remaining, limit, resetAt: reset * 1000 + skew } };
}
