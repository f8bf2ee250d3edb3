import { newPull } from "../actions/pulls.ts";
import { tell } from "../actions/world.ts";
import { isHidden, shown } from "../read-lag.ts";
import { pullRequestOf } from "../representations.ts";
import type { PullRequest, Repository } from "../state.ts";
import { worldOf } from "./git-data.ts";
import { ApiError, found, page, type Route, repositoryOfCall, writableRepositoryOfCall } from "./route.ts";

const READ = { permission: "pull_requests", level: "read" } as const;

/** Pull requests as they are, or as they were where reads lag. */
export const pulls: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/pulls",
    needs: READ,
    handle: (call) => {
      const repository = repositoryOfCall(call);
      const wanted = call.query.get("state") ?? "open";
      const matching = [...repository.pulls.values()]
        .flatMap((pull) => shown(repository, pull) ?? [])
        .filter(({ state }) => wanted === "all" || state === wanted)
        .filter((pull) => isFrom(repository, pull, call.query.get("head")))
        .sort(byOrder(call.query));
      const { owner, repo } = call.parameters;
      const { items, headers } = page(call, `/api/v3/repos/${owner}/${repo}/pulls`, matching);
      return { status: 200, headers, body: items.map((pull) => pullRequestOf(call.context, repository, pull)) };
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/pulls",
    needs: { permission: "pull_requests", level: "write" },
    handle: (call) => {
      const repository = writableRepositoryOfCall(call);
      const [headRef, baseRef] = [String(call.body.head), String(call.body.base)];
      const headSha = repository.branches.get(headRef);
      if (!headSha || !repository.branches.has(baseRef)) throw new ApiError(422, "Validation Failed");
      if ([...repository.pulls.values()].some((pull) => pull.headRef === headRef && pull.state === "open"))
        throw new ApiError(422, `A pull request already exists for ${repository.owner.login}:${headRef}.`);
      const [title, body] = [String(call.body.title), String(call.body.body ?? "")];
      const pull = newPull(call, repository, { title, body, headRef, headSha, baseRef, author: call.bot });
      const pull_request = pullRequestOf(call.context, repository, pull);
      const payload = { action: "opened", number: pull.number, pull_request };
      void tell(worldOf(call), repository, "pull_request", payload, call.bot.login);
      return { status: 201, body: pull_request };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/pulls/{pull_number}",
    needs: READ,
    handle: (call) => {
      const repository = repositoryOfCall(call);
      const pull = found(repository.pulls.get(Number(call.parameters.pull_number)));
      return { status: 200, body: pullRequestOf(call.context, repository, found(shown(repository, pull))) };
    },
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/pulls/{pull_number}",
    needs: { permission: "pull_requests", level: "write" },
    handle: (call) => {
      const repository = writableRepositoryOfCall(call);
      const pull = found(repository.pulls.get(Number(call.parameters.pull_number)));
      if (call.body.state === "closed") pull.state = "closed";
      const pull_request = pullRequestOf(call.context, repository, pull);
      const payload = { action: "closed", number: pull.number, pull_request };
      void tell(worldOf(call), repository, "pull_request", payload, call.bot.login);
      return { status: 200, body: pull_request };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/commits/{commit_sha}/pulls",
    needs: READ,
    handle: (call) => {
      const repository = repositoryOfCall(call);
      const sha = call.parameters.commit_sha ?? "";
      if (isHidden(repository, sha)) throw new ApiError(422, `No commit found for SHA: ${sha}`);
      const matching = [...repository.pulls.values()].filter(({ headSha }) => headSha === sha);
      return { status: 200, body: matching.map((pull) => pullRequestOf(call.context, repository, pull)) };
    },
  },
];

/** Whether its head is the branch that a query names, as `owner:branch`. */
function isFrom({ owner }: Repository, { headRef, forkOwner }: PullRequest, head: string | null): boolean {
  return head === null || head === `${(forkOwner ?? owner).login}:${headRef}`;
}

/** Newest first, by creation unless the query says otherwise; of equal times the greater number. */
function byOrder(query: URLSearchParams): (a: PullRequest, b: PullRequest) => number {
  const key = query.get("sort") === "updated" ? "updatedAt" : "createdAt";
  const sign = query.get("direction") === "asc" ? 1 : -1;
  return (a, b) => sign * (a[key].localeCompare(b[key]) || a.number - b.number);
}
