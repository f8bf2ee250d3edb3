import { randomUUID } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { commentsAreOff } from "../../src/report/comment.ts";
import { healthy, poor } from "../support/repositories.ts";
import { useTestBed } from "../support/scene.ts";

const scene = useTestBed({ pace: { seconds: 1, atOnce: 2 } });

describe("a pull request", () => {
  test("in bad order gets one check run and one comment", async () => {
    const { repository, pull } = await scene.commentedPullRequest();
    const [run] = scene.bed.sandbox.checkRuns(repository, pull.headSha);
    expect(run).toMatchObject({
      name: "pyready",
      status: "completed",
      conclusion: "failure",
      title: expect.stringMatching(/^Not ready: 1 blocker · \d+ \(−\d+\)$/),
    });
    expect(run?.summary).toContain("documentation/readme-present");
    expect(scene.comments(repository)[0]?.body).toContain("`Dockerfile:2`");
    expect(scene.bed.sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
    expect(scene.comments(repository)).toHaveLength(1);
  });

  test("that changes no finding gets a check run and silence, whatever is wrong at its base", async () => {
    const repository = await scene.newRepository(poor);
    const pull = await scene.openChange(repository, { files: { ...poor, "notes.txt": "x" } });
    expect(await scene.completedRun(repository, pull.headSha)).toMatchObject({
      conclusion: "success",
      title: expect.stringMatching(/^Not ready: 1 blocker, none new · \d+$/),
      annotations: [],
    });
    await scene.bed.settled();
    expect(scene.comments(repository)).toEqual([]);
  });

  test("that mends something gets one line that says so", async () => {
    const repository = await scene.newRepository({ ...healthy, "README.md": "# Orders\n" });
    const pull = await scene.openChange(repository, { files: healthy });
    const comment = await scene.bed.sandbox.waitFor("the comment", () => scene.comments(repository)[0]);
    expect(comment.body.split("\n")).toEqual([
      expect.stringContaining("<!--"),
      expect.stringMatching(/^\*\*Production readiness: ready\*\* .* 2 other findings fixed in `[0-9a-f]{7}`$/),
    ]);
    const [run] = scene.bed.sandbox.checkRuns(repository, pull.headSha);
    expect(run?.summary).toContain("This is pyready's first check here.");
  });

  test("in good order gets a check run and silence", async () => {
    const repository = await scene.newRepository();
    const pull = await scene.openChange(repository, { files: { ...healthy, "notes.txt": "x" } });
    expect(await scene.completedRun(repository, pull.headSha)).toMatchObject({
      conclusion: "success",
      title: expect.stringContaining("Ready"),
    });
    await scene.bed.settled();
    expect(scene.comments(repository)).toEqual([]);
  });

  test("that is mended has its comment edited to one line", async () => {
    const { repository } = await scene.commentedPullRequest();
    await scene.bed.sandbox.push(repository, "change", healthy);
    const comment = await scene.bed.sandbox.waitFor("the edit", () =>
      scene.comments(repository).find(({ edits }) => edits > 0),
    );
    expect(comment.body.split("\n")).toHaveLength(2);
    expect(scene.comments(repository)).toHaveLength(1);
  });

  test("of a fork is read through the base repository", async () => {
    const repository = await scene.newRepository();
    const pull = await scene.openChange(repository, { author: "eve", branch: "main", fork: "eve" });
    expect(await scene.completedRun(repository, pull.headSha)).toMatchObject({ conclusion: "failure" });
  });

  test("that is a draft gets a check and no comment until it is ready", async () => {
    const repository = await scene.newRepository();
    const pull = await scene.openChange(repository, { draft: true });
    await scene.completedRun(repository, pull.headSha);
    await scene.bed.settled();
    expect(scene.comments(repository)).toEqual([]);
    await scene.bed.sandbox.markReady(repository, pull);
    await scene.bed.sandbox.waitFor("the comment", () => scene.comments(repository)[0]);
    await scene.bed.settled();
    expect(scene.bed.sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
  });

  test("of a bot gets a check and no comment", async () => {
    const repository = await scene.newRepository();
    const pull = await scene.bed.sandbox.openPullRequest(repository, {
      title: "Bump",
      author: "renovate[bot]",
      authorType: "Bot",
      branch: "bump",
      files: poor,
    });
    await scene.completedRun(repository, pull.headSha);
    await scene.bed.settled();
    expect(scene.comments(repository)).toEqual([]);
  });

  test("whose comment a person deleted stays without one, until somebody asks", async () => {
    const { repository, pull } = await scene.commentedPullRequest();
    const [comment] = scene.comments(repository);
    if (comment) scene.bed.sandbox.deleteComment(repository, comment);
    const sha = await scene.bed.sandbox.push(repository, "change", { ...poor, "notes.txt": "x" });
    await scene.completedRun(repository, sha);
    await scene.bed.settled();
    expect(scene.comments(repository)).toEqual([]);
    await scene.bed.sandbox.comment(repository, pull.number, "ada", "/recheck");
    await scene.bed.sandbox.waitFor("the comment", () => scene.comments(repository)[0]);
  });

  test("whose base wants no comments any more keeps one line of its comment, whatever is pushed", async () => {
    const { repository } = await scene.commentedPullRequest();
    await scene.bed.sandbox.push(repository, "main", { ...healthy, ".github/pyready.yml": "comment: never\n" });
    for (const text of ["x", "y"]) {
      await scene.bed.sandbox.push(repository, "change", { ...poor, "notes.txt": text });
      await scene.bed.settled();
      expect(scene.comments(repository).map(({ body }) => body)).toEqual([commentsAreOff]);
    }
  });

  test("without Python is neutral, and nothing is said", async () => {
    const repository = await scene.newRepository({ "main.go": "package main\n" });
    const pull = await scene.bed.sandbox.openPullRequest(repository, {
      title: "Change",
      author: "ada",
      branch: "change",
      files: { "main.go": "package main // x\n" },
    });
    expect(await scene.completedRun(repository, pull.headSha)).toMatchObject({ conclusion: "neutral" });
    await scene.bed.settled();
    expect(scene.comments(repository)).toEqual([]);
  });

  test("that was closed is left alone", async () => {
    const repository = await scene.newRepository();
    const { deliveries } = scene.bed.sandbox;
    const pull = await scene.openChange(repository, { draft: true });
    await scene.completedRun(repository, pull.headSha);
    await scene.bed.sandbox.closePullRequest(repository, pull);
    const opened = deliveries.find(
      ({ event, body }) => event === "pull_request" && body.includes(`"full_name":"acme/${repository.name}"`),
    );
    if (opened) await scene.bed.sandbox.redeliver({ ...opened, guid: randomUUID() });
    await scene.bed.settled();
    expect(scene.comments(repository)).toEqual([]);
  });

  test("whose events come five times is reviewed once", async () => {
    const { repository, pull } = await scene.commentedPullRequest();
    const opened = scene.bed.sandbox.deliveries.filter(
      ({ event, body }) => event === "pull_request" && body.includes(pull.headSha),
    )[0];
    const before = scene.bed.sandbox.requests.length;
    await Promise.all(Array.from({ length: 5 }, async () => opened && scene.bed.sandbox.redeliver(opened)));
    await scene.bed.settled();
    expect(scene.bed.sandbox.requests.length).toBe(before);
    if (opened) await scene.bed.sandbox.redeliver({ ...opened, guid: randomUUID() });
    await scene.bed.settled();
    expect(scene.bed.sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
    expect(scene.comments(repository)[0]?.edits).toBe(0);
  });
});

test("the log holds no secret, no payload and no source", async () => {
  await scene.commentedPullRequest();
  const log = scene.bed.log.join("");
  const tokens = [...scene.bed.sandbox.state.tokens.keys()];
  expect(tokens.length).toBeGreaterThan(0);
  for (const secret of [
    ...tokens,
    scene.bed.sandbox.app.webhookSecret,
    "BEGIN PRIVATE KEY",
    "from fastapi import",
    "WAREHOUSE_TOKEN",
    '"payload"',
    "acme",
    "sha256=",
  ]) {
    expect(log.includes(secret)).toBe(false);
  }
});
