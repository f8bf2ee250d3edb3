import { afterAll, beforeAll } from "@jest/globals";
import type { Tuning } from "../../src/server/start.ts";
import type { Settings } from "../../src/settings.ts";
import type { NewPullRequest } from "../sandbox/sandbox.ts";
import type { Permission, Repository } from "../sandbox/state.ts";
import { healthy, poor } from "./repositories.ts";
import { startTestBed, type TestBed } from "./running-server.ts";

/** pyready and its GitHub for one file of tests, with what most of them begin with. */
export function useTestBed(tuning: Tuning = {}, settings: Partial<Settings> = {}) {
  let started: TestBed | undefined;
  let names = 0;

  beforeAll(async () => {
    started = await startTestBed(settings, tuning);
  }, 60_000);

  afterAll(async () => {
    await started?.close();
    // The process that ran these tests runs others: its memory is theirs.
    started = undefined;
  }, 60_000);

  const running = (): TestBed => {
    if (!started) throw new Error("pyready runs during tests alone");
    return started;
  };

  /** A repository with the App installed, new for every test. */
  async function newRepository(files = healthy, permissions: Readonly<Record<string, Permission>> = {}) {
    const { sandbox } = running();
    const repository = sandbox.createRepository({ owner: "acme", name: `orders-${++names}`, files, permissions });
    await sandbox.install([repository]);
    return repository;
  }

  const comments = (repository: Repository, number = 1) => running().sandbox.ourComments(repository, number);

  /** A pull request of a person of the team, in bad order unless told otherwise. */
  const openChange = (repository: Repository, changes: Partial<NewPullRequest> = {}) =>
    running().sandbox.openPullRequest(repository, {
      title: "Change",
      author: "ada",
      branch: "change",
      files: poor,
      ...changes,
    });

  return {
    get bed(): TestBed {
      return running();
    },
    newRepository,
    openChange,
    comments,

    completedRun: (repository: Repository, sha: string) =>
      running().sandbox.waitFor("a completed check run", () =>
        running()
          .sandbox.checkRuns(repository, sha)
          .find(({ status }) => status === "completed"),
      ),

    /** A pull request in bad order, once it has its comment. */
    async commentedPullRequest(permissions: Readonly<Record<string, Permission>> = {}) {
      const repository = await newRepository(healthy, permissions);
      const pull = await openChange(repository);
      await running().sandbox.waitFor("a comment", () => comments(repository)[0]);
      await running().settled();
      return { repository, pull };
    },
  };
}

export function reactionsTo(comment: { readonly reactions: readonly { readonly content: string }[] }) {
  return comment.reactions.map(({ content }) => content);
}
