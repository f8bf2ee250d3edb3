import type { PullRequest, Repository, State } from "./state.ts";

/** For so long a new head is told of and cannot be read, whichever ends later. */
export interface ReadLag {
  readonly ms?: number;
  readonly requests?: number;
  /** Whether a pull request is shown with its old head meanwhile, or not found. */
  readonly pullRequest?: "as it was" | "not found";
}

export interface HiddenHead {
  readonly until: number;
  readonly pullRequest: "as it was" | "not found";
  requestsLeft: number;
}

/** Keeps a new head unreadable for as long as the repository's lag says. */
export function hideHead({ hiddenHeads, readLag }: Repository, sha: string): void {
  if (!readLag) return;
  const { ms = 0, requests = 0, pullRequest = "as it was" } = readLag;
  hiddenHeads.set(sha, { until: Date.now() + ms, requestsLeft: requests, pullRequest });
}

/** Whether a commit is not readable yet; asking counts as one of the requests that it stays so. */
export function isHidden({ hiddenHeads }: Repository, sha: string): boolean {
  const hidden = hiddenHeads.get(sha);
  if (!hidden) return false;
  if (Date.now() >= hidden.until && hidden.requestsLeft <= 0) {
    hiddenHeads.delete(sha);
    return false;
  }
  hidden.requestsLeft--;
  return true;
}

/** The pull request as a read shows it, which may be as it was before; undefined where it is not found yet. */
export function shown(repository: Repository, pull: PullRequest): PullRequest | undefined {
  const hidden = repository.hiddenHeads.get(pull.headSha);
  if (!hidden || !isHidden(repository, pull.headSha)) return pull;
  if (hidden.pullRequest === "not found") return undefined;
  const before = pull.versions.findLast(({ headSha }) => !repository.hiddenHeads.has(headSha));
  return before && { ...pull, ...before };
}

/** Notes that a pull request is not as it was, since now unless told otherwise. */
export function touch(state: State, pull: PullRequest, at?: number): void {
  const { title, headSha, baseRef, draft, state: openness } = pull;
  pull.updatedAt = state.timestamp(at);
  pull.versions.push({ title, headSha, baseRef, draft, state: openness, updatedAt: pull.updatedAt });
}
