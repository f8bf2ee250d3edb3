import { afterAll, beforeAll } from "@jest/globals";
import type { Tuning } from "../../src/server/start.ts";
import type { Settings } from "../../src/settings.ts";
import type { NewPullRequest } from "../sandbox/sandbox.ts";
import type { Permission, Repository } from "../sandbox/state.ts";
import { healthy, poor } from "./repositories.ts";
import { startTestBed, type TestBed } from "./running-server.ts";

/** pyready and its GitHub for one file of tests, with what most of them begin with. */
export function useTestBed(tuning: Tuning = {}, settings: Partial<Settings> = {}) {
  let bed: TestBed;
  let names = 0;

  beforeAll(async () => {
    bed = await startTestBed(settings, tuning);
  }, 60_000);

  afterAll(() => bed?.close(), 60_000);

  /** A repository with the App installed, new for every test. */
  async function newRepository(files = healthy, permissions: Readonly<Record<string, Permission>> = {}) {
    const repository = bed.sandbox.createRepository({ owner: "acme", name: `orders-${++names}`, files, permissions });
    await bed.sandbox.install([repository]);
    return repository;
  }

  const comments = (repository: Repository, number = 1) => bed.sandbox.ourComments(repository, number);

  /** A pull request of a person of the team, in bad order unless told otherwise. */
  const openChange = (repository: Repository, changes: Partial<NewPullRequest> = {}) =>
    bed.sandbox.openPullRequest(repository, {
      title: "Change",
      author: "ada",
      branch: "change",
      files: poor,
      ...changes,
    });

  return {
    get bed(): TestBed {
      return bed;
    },
    newRepository,
    openChange,
    comments,

    completedRun: (repository: Repository, sha: string) =>
      bed.sandbox.waitFor("a completed check run", () =>
        bed.sandbox.checkRuns(repository, sha).find(({ status }) => status === "completed"),
      ),

    /** A pull request in bad order, once it has its comment. */
    async commentedPullRequest(permissions: Readonly<Record<string, Permission>> = {}) {
      const repository = await newRepository(healthy, permissions);
      const pull = await openChange(repository);
      await bed.sandbox.waitFor("a comment", () => comments(repository)[0]);
      await bed.settled();
      return { repository, pull };
    },
  };
}

export function reactionsTo(comment: { readonly reactions: readonly { readonly content: string }[] }) {
  return comment.reactions.map(({ content }) => content);
}
