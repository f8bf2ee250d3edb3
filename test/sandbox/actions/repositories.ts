import { type GitFiles, GitObjects } from "../git-objects.ts";
import { hideHead, type ReadLag, touch } from "../read-lag.ts";
import { pullRequestOf } from "../representations.ts";
import { defaultSettings } from "../settings.ts";
import type { Permission, PullRequest, Repository } from "../state.ts";
import { installationActions } from "./installations.ts";
import { tell, type World } from "./world.ts";

export interface NewRepository {
  readonly owner: string;
  readonly name: string;
  readonly files: GitFiles;
  readonly ownerType?: "User" | "Organization";
  readonly isPrivate?: boolean;
  readonly isReadByAll?: boolean;
  /** Logins and what they may do; everybody else may read. */
  readonly permissions?: Readonly<Record<string, Permission>>;
}

const NOWHERE = "0".repeat(40);

/** What owners do with repositories, and people with branches. */
export function repositoryActions(world: World) {
  const { state } = world;
  const { select, deselect } = installationActions(world);

  /** Moves a branch, and the pull requests that it is the head of. */
  async function moveBranch(repository: Repository, branch: string, sha: string, forced: boolean): Promise<void> {
    const before = repository.branches.get(branch) ?? NOWHERE;
    const moved = [...repository.pulls.values()].filter(
      ({ headRef, state, forkOwner }) => headRef === branch && state === "open" && !forkOwner,
    );
    hideHead(repository, sha);
    repository.branches.set(branch, sha);
    repository.pushedAt = state.timestamp();
    for (const pull of moved) moveHead(pull, sha);
    const push = { ref: `refs/heads/${branch}`, before, after: sha, deleted: false, forced, commits: [] };
    await tell(world, repository, "push", push);
    for (const pull of moved) await tellOfHead(repository, pull, before);
  }

  function moveHead(pull: PullRequest, sha: string): void {
    pull.headSha = sha;
    touch(state, pull);
  }

  async function tellOfHead(repository: Repository, pull: PullRequest, before: string): Promise<void> {
    await tell(
      world,
      repository,
      "pull_request",
      {
        action: "synchronize",
        number: pull.number,
        pull_request: pullRequestOf(world.context(), repository, pull),
        before,
        after: pull.headSha,
      },
      pull.author.login,
    );
  }

  return {
    createRepository(wanted: NewRepository): Repository {
      const {
        owner,
        name,
        files,
        ownerType = "Organization",
        isPrivate = false,
        isReadByAll = false,
        permissions = {},
      } = wanted;
      const git = new GitObjects();
      const repository: Repository = {
        id: state.nextId(),
        owner: state.user(owner, ownerType),
        name,
        isPrivate,
        isReadByAll,
        archived: false,
        deleted: false,
        defaultBranch: "main",
        pushedAt: state.timestamp(),
        git,
        branches: new Map([["main", git.commit(files, [], "Begin")]]),
        tags: new Map(),
        permissions: new Map(Object.entries(permissions)),
        pulls: new Map(),
        checkRuns: [],
        comments: [],
        reviews: [],
        analyses: [],
        removedComments: [],
        readLag: null,
        hiddenHeads: new Map(),
        treeLimit: 100_000,
        installationId: null,
        settings: defaultSettings(),
      };
      state.addRepository(repository);
      return repository;
    },

    async push(repository: Repository, branch: string, files: GitFiles, message = "Change"): Promise<string> {
      const before = repository.branches.get(branch);
      const sha = repository.git.commit(files, before ? [before] : [], message);
      await moveBranch(repository, branch, sha, false);
      return sha;
    },

    /** Puts another commit on the default branch in the place of what the branch held. */
    async forcePush(repository: Repository, branch: string, files: GitFiles, message = "Rewrite"): Promise<string> {
      const base = repository.branches.get(repository.defaultBranch);
      const sha = repository.git.commit(files, base ? [base] : [], message);
      await moveBranch(repository, branch, sha, true);
      return sha;
    },

    /** A commit to the fork of a pull request: the App hears of no push. */
    async pushToFork(repository: Repository, pull: PullRequest, files: GitFiles, message = "Change"): Promise<string> {
      const before = pull.headSha;
      const sha = repository.git.commit(files, [before], message);
      hideHead(repository, sha);
      moveHead(pull, sha);
      await tellOfHead(repository, pull, before);
      return sha;
    },

    async rename(repository: Repository, name: string): Promise<void> {
      const changes = { repository: { name: { from: repository.name } } };
      state.moveRepository(repository, repository.owner, name);
      await tell(world, repository, "repository", { action: "renamed", changes });
    },

    /** Hands it to another owner, whose installation of the App is named, if there is one. */
    async transfer(repository: Repository, to: string, installationId: number | null = null): Promise<void> {
      const changes = { owner: { from: { organization: { login: repository.owner.login, id: repository.owner.id } } } };
      if (repository.installationId !== null) await deselect(repository);
      state.moveRepository(repository, state.user(to, "Organization"), repository.name);
      if (installationId !== null) await select(repository, installationId);
      await tell(world, repository, "repository", { action: "transferred", changes });
    },

    async archive(repository: Repository): Promise<void> {
      repository.archived = true;
      await tell(world, repository, "repository", { action: "archived" });
    },

    async unarchive(repository: Repository): Promise<void> {
      repository.archived = false;
      await tell(world, repository, "repository", { action: "unarchived" });
    },

    async setPrivate(repository: Repository, isPrivate: boolean): Promise<void> {
      repository.isPrivate = isPrivate;
      await tell(world, repository, "repository", { action: isPrivate ? "privatized" : "publicized" });
    },

    /** Nothing of it is found any more; what it held stays in the state. */
    async deleteRepository(repository: Repository): Promise<void> {
      repository.deleted = true;
      await tell(world, repository, "repository", { action: "deleted" });
    },

    /** For so long every new head of the repository is told of before it can be read; null ends it. */
    lagReads(repository: Repository, lag: ReadLag | null): void {
      repository.readLag = lag;
    },
  };
}
