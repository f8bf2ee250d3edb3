import { GithubError, Limited, NotPermitted, UnreadableAnswer } from "./failures.ts";

/** For so long a secondary limit holds at least, where GitHub does not say. */
const SECONDARY_MS = 60_000;
/** GitHub's longest limit is an hour; its maintenance seldom takes longer than this. */
const LONGEST_MS = 6 * 3_600_000;
const LIMIT = /secondary rate limit|rate limit exceeded|abuse detection|RATE_LIMIT|submitted too quickly/i;

/** What an answer says of limits; undefined where it says nothing. Times are GitHub's, told by our clock. */
function limitOf(status: number, headers: Headers, text: string, now = Date.now()): Limited | undefined {
  if (status !== 403 && status !== 429 && status !== 503) return undefined;
  const there = Date.parse(headers.get("date") ?? "") || now;
  const until = (milliseconds: number): Date => new Date(now + Math.min(Math.max(milliseconds, 1000), LONGEST_MS));
  const after = retryAfter(headers.get("retry-after"), there);
  if (status === 503) return after === undefined ? undefined : new Limited("maintenance", until(after));
  if (after !== undefined) return new Limited("secondary", until(after));
  if (headers.get("x-ratelimit-remaining") === "0" && !/secondary|abuse/i.test(text)) {
    const reset = Number(headers.get("x-ratelimit-reset") ?? Number.NaN) * 1000;
    return new Limited("primary", until(Number.isFinite(reset) ? reset - there : SECONDARY_MS));
  }
  return status === 429 || LIMIT.test(text)
    ? new Limited("secondary", until(SECONDARY_MS), { isGuess: true })
    : undefined;
}

/** Milliseconds to wait: seconds, or the time of a date. */
function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const milliseconds = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(milliseconds) ? milliseconds : undefined;
}

interface GraphqlError {
  readonly type?: string;
  readonly message?: string;
}

/** @throws Limited where an answer is that nothing is answered for a while, in whatever form GitHub says it. */
export async function refuseLimits(url: string, response: Response): Promise<void> {
  const { status, headers, ok } = response;
  const isRefusal = status === 403 || status === 429 || status === 503;
  if (!isRefusal && !(ok && url.endsWith("/graphql"))) return;
  const text = await response.clone().text();
  const limit = isRefusal ? limitOf(status, headers, text) : limitBesideData(headers, text);
  if (limit) throw limit;
}

/** GraphQL tells of limits in answers of 200. */
function limitBesideData(headers: Headers, text: string): Limited | undefined {
  // Within a file's text the marks would be escaped.
  if (!/"errors"\s{0,9}:/.test(text)) return undefined;
  const { errors } = JSON.parse(text) as { readonly errors?: readonly GraphqlError[] };
  const limited = errors?.find(({ type, message }) => LIMIT.test(`${type} ${message}`));
  return limited && limitOf(429, headers, limited.message ?? "");
}

/** What GraphQL refuses is told as errors beside the data: here in the words of the other API. */
export function refusalOfGraphql(error: Error & { readonly errors?: unknown }): Error {
  if (!Array.isArray(error.errors)) return error;
  const types = (error.errors as readonly GraphqlError[]).map(({ type }) => type);
  if (types.includes("NOT_FOUND")) return new GithubError(404, "GitHub does not show it");
  if (types.includes("FORBIDDEN")) return new NotPermitted(null);
  return new UnreadableAnswer("GitHub could not answer the query");
}
