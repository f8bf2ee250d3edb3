import { afterAll, beforeAll } from "@jest/globals";
import type { Permission, Repository } from "../sandbox/state.ts";
import { healthy, poor } from "./repositories.ts";
import { startTestBed, type TestBed } from "./running-server.ts";

/** pyready and its GitHub for one file of tests, with what most of them begin with. */
export function useTestBed() {
  let bed: TestBed;
  let names = 0;

  beforeAll(async () => {
    bed = await startTestBed();
  }, 60_000);

  afterAll(() => bed?.close(), 60_000);

  /** A repository with the App installed, new for every test. */
  async function newRepository(files = healthy, permissions: Readonly<Record<string, Permission>> = {}) {
    const repository = bed.sandbox.createRepository({ owner: "acme", name: `orders-${++names}`, files, permissions });
    await bed.sandbox.install([repository]);
    return repository;
  }

  const comments = (repository: Repository, number = 1) => bed.sandbox.ourComments(repository, number);

  return {
    get bed(): TestBed {
      return bed;
    },
    newRepository,
    comments,

    completedRun: (repository: Repository, sha: string) =>
      bed.sandbox.waitFor("a completed check run", () =>
        bed.sandbox.checkRuns(repository, sha).find(({ status }) => status === "completed"),
      ),

    /** A pull request in bad order, once it has its comment. */
    async commentedPullRequest(permissions: Readonly<Record<string, Permission>> = {}) {
      const repository = await newRepository(healthy, permissions);
      const change = { title: "Change", author: "ada", branch: "change", files: poor };
      const pull = await bed.sandbox.openPullRequest(repository, change);
      await bed.sandbox.waitFor("a comment", () => comments(repository)[0]);
      await bed.settled();
      return { repository, pull };
    },
  };
}

export function reactionsTo(comment: { readonly reactions: readonly { readonly content: string }[] }) {
  return comment.reactions.map(({ content }) => content);
}
