import type { GitFiles } from "../git-objects.ts";
import { hideHead, touch } from "../read-lag.ts";
import { pullRequestOf } from "../representations.ts";
import type { PullRequest, Repository } from "../state.ts";
import { tell, type World } from "./world.ts";

export interface NewPullRequest {
  readonly title: string;
  readonly author: string;
  readonly branch: string;
  readonly files: GitFiles;
  readonly draft?: boolean;
  readonly authorType?: "User" | "Bot";
  /** The login of a fork's owner. */
  readonly fork?: string;
  /** When it was opened and last touched, in milliseconds; now, unless told. */
  readonly openedAt?: number;
}

interface PullBeginning extends Pick<PullRequest, "title" | "author" | "headRef" | "headSha" | "baseRef"> {
  readonly draft?: boolean;
  readonly body?: string | null;
  readonly forkOwner?: PullRequest["forkOwner"];
  readonly openedAt?: number | undefined;
}

/** Puts a pull request into a repository, and tells nobody. */
export function newPull({ state }: Pick<World, "state">, repository: Repository, begun: PullBeginning): PullRequest {
  const { draft = false, body = null, forkOwner = null, openedAt, ...rest } = begun;
  const pull: PullRequest = {
    ...rest,
    id: state.nextId(),
    number: repository.pulls.size + 1,
    draft,
    body,
    forkOwner,
    state: "open",
    merged: false,
    approvals: [],
    locked: false,
    forkDeleted: false,
    createdAt: state.timestamp(openedAt),
    updatedAt: "",
    versions: [],
  };
  touch(state, pull, openedAt);
  repository.pulls.set(pull.number, pull);
  return pull;
}

export type GroupEnd = "merged" | "invalidated" | "dequeued";

/** What people do with pull requests and merge queues. */
export function pullActions(world: World) {
  const { state } = world;

  async function changed(repository: Repository, pull: PullRequest, action: string, more: object = {}): Promise<void> {
    touch(state, pull);
    await told(repository, pull, action, more);
  }

  async function told(repository: Repository, pull: PullRequest, action: string, more: object = {}): Promise<void> {
    const pull_request = pullRequestOf(world.context(), repository, pull);
    const payload = { action, number: pull.number, pull_request, ...more };
    await tell(world, repository, "pull_request", payload, pull.author.login);
  }

  return {
    async openPullRequest(
      repository: Repository,
      { title, author, branch, files, draft = false, authorType = "User", fork, openedAt }: NewPullRequest,
    ): Promise<PullRequest> {
      const base = repository.branches.get(repository.defaultBranch) ?? "";
      const headSha = repository.git.commit(files, [base], title);
      hideHead(repository, headSha);
      if (!fork) repository.branches.set(branch, headSha);
      const wanted = { title, headRef: branch, headSha, baseRef: repository.defaultBranch, draft, openedAt };
      const forkOwner = fork ? state.user(fork) : null;
      const pull = newPull(world, repository, { ...wanted, author: state.user(author, authorType), forkOwner });
      await told(repository, pull, "opened");
      return pull;
    },

    /** A person merges it, after these approved it, and the branch is kept. */
    async merge(repository: Repository, pull: PullRequest, approvedBy: readonly string[] = []): Promise<void> {
      pull.approvals.push(...approvedBy.map((login) => state.user(login)));
      repository.branches.set(pull.baseRef, pull.headSha);
      pull.state = "closed";
      pull.merged = true;
      await changed(repository, pull, "closed");
    },

    async markReady(repository: Repository, pull: PullRequest): Promise<void> {
      pull.draft = false;
      await changed(repository, pull, "ready_for_review");
    },

    async closePullRequest(repository: Repository, pull: PullRequest): Promise<void> {
      pull.state = "closed";
      await changed(repository, pull, "closed");
    },

    async reopen(repository: Repository, pull: PullRequest): Promise<void> {
      pull.state = "open";
      await changed(repository, pull, "reopened");
    },

    async retarget(repository: Repository, pull: PullRequest, baseRef: string): Promise<void> {
      const changes = { base: { ref: { from: pull.baseRef } } };
      pull.baseRef = baseRef;
      await changed(repository, pull, "edited", { changes });
    },

    /** Nobody may write into its conversation any more. */
    lock(pull: PullRequest): void {
      pull.locked = true;
    },

    /** The fork is gone; its head can still be read through the base. */
    deleteFork(pull: PullRequest): void {
      pull.forkDeleted = true;
    },

    /** The merge queue asks for checks on a group that holds these files. */
    async requestMergeGroup(repository: Repository, files: GitFiles): Promise<string> {
      const base = repository.branches.get(repository.defaultBranch) ?? "";
      const sha = repository.git.commit(files, [base], "Merge group");
      hideHead(repository, sha);
      const merge_group = mergeGroupOf(sha, base);
      await tell(world, repository, "merge_group", { action: "checks_requested", merge_group });
      return sha;
    },

    async destroyMergeGroup(repository: Repository, sha: string, reason: GroupEnd = "dequeued"): Promise<void> {
      const merge_group = mergeGroupOf(sha, repository.branches.get(repository.defaultBranch) ?? "");
      await tell(world, repository, "merge_group", { action: "destroyed", reason, merge_group });
    },
  };
}

function mergeGroupOf(sha: string, base: string): object {
  return {
    head_sha: sha,
    head_ref: "refs/heads/gh-readonly-queue/main/pr-1",
    base_sha: base,
    base_ref: "refs/heads/main",
  };
}
