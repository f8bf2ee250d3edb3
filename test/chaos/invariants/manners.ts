import type { LoggedRequest } from "../../sandbox/request-log.ts";
import { type Evidence, type Invariant, named } from "./evidence.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Requests that other processes had already sent when a limit became known. */
const ON_ITS_WAY_MS = 500;

/** Every request is made with a token of its own repository, and nothing of one tenant appears at another. */
export const isolation: Invariant = {
  id: "I6",
  claim: "each request with a token of its own installation and repository; no tenant's words at another",
  problems: (evidence) => [
    ...evidence.sandbox.requests.filter(isOutOfScope).map(({ method, path }) => `${method} ${path} with a wider token`),
    ...evidence.people.projects.flatMap(({ repository, mark }) =>
      evidence.people.projects
        .filter((other) => other.mark !== mark)
        .filter((other) => textsAbout(evidence, repository.id).some((text) => text.includes(other.mark)))
        .map(() => `${named(repository, "main")} shows another repository's words`),
    ),
  ],
};

/** GitHub's limits are kept, over all processes together, and whoever is told to wait waits. */
export const manners: Invariant = {
  id: "I7",
  claim: "no request before a limit's end; at most 80 writes a minute, 500 an hour, 900 points a minute",
  problems({ sandbox, wakings }) {
    const byInstallation = Map.groupBy(
      sandbox.requests.filter(({ installationId, kind }) => installationId !== null && kind !== "archive"),
      ({ installationId }) => installationId,
    );
    return [...byInstallation].flatMap(([id, requests]) => [
      ...impatience(requests, wakings).map(
        ({ method, path }) => `${method} ${path} of ${id} came before the limit's end`,
      ),
      ...excess(id, requests, "writes", MINUTE_MS, 80, ({ isContent }) => Number(isContent)),
      ...excess(id, requests, "writes", HOUR_MS, 500, ({ isContent }) => Number(isContent)),
      ...excess(id, requests, "points", MINUTE_MS, 900, ({ points, kind }) => (kind === "rest" ? points : 0)),
    ]);
  },
};

/** A token is good for one repository; GraphQL's requests name theirs in the body. */
function isOutOfScope({ token, kind, repositoryId, installationId }: LoggedRequest): boolean {
  if (!token || installationId === null || (kind !== "rest" && kind !== "graphql")) return false;
  if (token.repositoryIds === null) return repositoryId !== null;
  return repositoryId !== null && (token.repositoryIds.length !== 1 || token.repositoryIds[0] !== repositoryId);
}

function textsAbout({ people }: Evidence, repositoryId: number): readonly string[] {
  const repository = people.projects.find((project) => project.repository.id === repositoryId)?.repository;
  if (!repository) return [];
  const runs = repository.checkRuns.flatMap(({ title, summary }) => [title ?? "", summary ?? ""]);
  return [...runs, ...repository.comments.map(({ body }) => body)];
}

function impatience(requests: readonly LoggedRequest[], wakings: readonly number[]): readonly LoggedRequest[] {
  const limits = requests.filter(({ limited }) => limited !== null);
  const wasOnItsWay = (at: number): boolean => wakings.some((waking) => at >= waking && at < waking + ON_ITS_WAY_MS);
  return requests.filter(
    ({ at }) =>
      !wasOnItsWay(at) &&
      limits.some(({ limited, answeredAt }) => {
        const since = (answeredAt ?? Number.POSITIVE_INFINITY) + ON_ITS_WAY_MS;
        return at > since && at < (limited?.until ?? 0);
      }),
  );
}

/** Whether any window of this length holds more than is allowed. */
function excess(
  id: number | null,
  requests: readonly LoggedRequest[],
  what: string,
  windowMs: number,
  limit: number,
  costOf: (request: LoggedRequest) => number,
): readonly string[] {
  let sum = 0;
  let first = 0;
  let most = 0;
  for (const request of requests) {
    sum += costOf(request);
    for (; (requests[first]?.at ?? 0) <= request.at - windowMs; first++)
      sum -= costOf(requests[first] as LoggedRequest);
    most = Math.max(most, sum);
  }
  return most > limit ? [`${id} spent ${most} ${what} in ${windowMs / 1000} s`] : [];
}
