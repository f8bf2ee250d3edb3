import { Octokit } from "@octokit/rest";
import { GithubError, Limited, NotInstalled, NotPermitted, UnreadableAnswer } from "./failures.ts";
import { refusalOfGraphql } from "./limits.ts";
import { type Connection, githubFetch } from "./requests.ts";

/** An Octokit over a connection. */
export function octokitFor(connection: Connection): Octokit {
  const octokit = new Octokit({
    baseUrl: connection.apiUrl,
    userAgent: "pyready",
    request: { fetch: githubFetch(connection) },
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  tellFailures(octokit);
  return octokit;
}

/** Octokit's errors carry requests and answers, tokens and files in them: none of that leaves this folder. */
export function tellFailures(octokit: {
  readonly hook: { error(name: "request", callback: (error: Error) => never): void };
}): void {
  octokit.hook.error("request", (error) => {
    throw failureOf(error);
  });
}

interface RequestFailure extends Error {
  readonly status?: number;
  readonly response?: { readonly headers?: Readonly<Record<string, string | number | undefined>> };
}

function failureOf(error: RequestFailure): Error {
  const { cause, status, message, response } = error;
  for (const kind of [Limited, NotInstalled, NotPermitted, UnreadableAnswer, GithubError])
    if (cause instanceof kind) return cause;
  if (status === 403 && /not accessible by integration/i.test(message))
    return new NotPermitted(String(response?.headers?.["x-accepted-github-permissions"] ?? "") || null);
  return new GithubError(status ?? 500, message);
}

/** The answer to a GraphQL query, its errors told as those of the other API. */
export async function answered<Data>(query: Promise<Data>): Promise<Data> {
  return query.catch((error: Error & { readonly errors?: unknown }) => {
    throw refusalOfGraphql(error);
  });
}
