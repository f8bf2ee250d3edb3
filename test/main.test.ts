import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { healthy, poor } from "./support/repositories.ts";
import { startTestBed, type TestBed } from "./support/running-server.ts";

let bed: TestBed;
let names = 0;

beforeAll(async () => {
  bed = await startTestBed();
}, 30_000);

afterAll(() => bed.close());

/** A repository with the App installed, new for every test. */
async function newRepository(files = healthy, permissions = {}) {
  const repository = bed.sandbox.createRepository({ owner: "acme", name: `orders-${++names}`, files, permissions });
  await bed.sandbox.install([repository]);
  return repository;
}

describe("a pull request", () => {
  test("that is in bad order gets one check run and one comment", async () => {
    const repository = await newRepository();
    const pull = await bed.sandbox.openPullRequest(repository, {
      title: "Change",
      author: "ada",
      branch: "change",
      files: poor,
    });
    const comment = await bed.sandbox.waitFor("a comment", () => bed.sandbox.ourComments(repository, pull.number)[0]);
    const [run] = bed.sandbox.checkRuns(repository, pull.headSha);
    expect(run).toMatchObject({ name: "pyready", status: "completed", title: expect.stringMatching(/ · \d+/) });
    expect(run?.summary).toContain("documentation/readme-present");
    expect(comment.body).toContain("Production readiness");
    expect(comment.body).toContain("README.md:1");
    await bed.settled();
    expect(bed.sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
    expect(bed.sandbox.ourComments(repository, pull.number)).toHaveLength(1);
  });
});
