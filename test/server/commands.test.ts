import { describe, expect, test } from "@jest/globals";
import { reactionsTo, useTestBed } from "../support/scene.ts";

const scene = useTestBed();

describe("/recheck", () => {
  test.each<[string, string, Readonly<Record<string, "write">>]>([
    ["the author", "ada", {}],
    ["a person who may write", "grace", { grace: "write" }],
  ])("by %s is seen, done and answered", async (_, login, permissions) => {
    const { repository, pull } = await scene.commentedPullRequest(permissions);
    const command = await scene.bed.sandbox.comment(repository, pull.number, login, "/recheck\nplease");
    await scene.bed.sandbox.waitFor("the answer", () => reactionsTo(command).includes("rocket") || undefined);
    expect(reactionsTo(command)).toEqual(["eyes", "rocket"]);
    expect(scene.bed.sandbox.checkRuns(repository, pull.headSha)).toHaveLength(1);
  });

  test("by a stranger is refused, once", async () => {
    const { repository, pull } = await scene.commentedPullRequest();
    const first = await scene.bed.sandbox.comment(repository, pull.number, "eve", "/recheck");
    await scene.bed.sandbox.waitFor("the refusal", () => reactionsTo(first)[0]);
    const second = await scene.bed.sandbox.comment(repository, pull.number, "eve", "/recheck");
    await scene.bed.settled();
    expect([reactionsTo(first), reactionsTo(second)]).toEqual([["confused"], []]);
  });

  test.each([
    ["of a bot", "helper[bot]", "Bot" as const, "/recheck"],
    ["in the middle of a text", "ada", "User" as const, "Please /recheck"],
    ["on the second line", "ada", "User" as const, "Thanks!\n/recheck"],
  ])("%s is no command", async (_, login, type, body) => {
    const { repository, pull } = await scene.commentedPullRequest();
    const comment = await scene.bed.sandbox.comment(repository, pull.number, login, body, type);
    await scene.bed.settled();
    expect(comment.reactions).toEqual([]);
  });

  test("on a pull request that was closed is seen and refused", async () => {
    const { repository, pull } = await scene.commentedPullRequest();
    await scene.bed.sandbox.closePullRequest(repository, pull);
    const command = await scene.bed.sandbox.comment(repository, pull.number, "ada", "/recheck");
    await scene.bed.sandbox.waitFor("the refusal", () => reactionsTo(command).includes("confused") || undefined);
    expect(reactionsTo(command)).toEqual(["eyes", "confused"]);
  });

  test("a seventh time within the hour is refused", async () => {
    const { repository, pull } = await scene.commentedPullRequest();
    for (let time = 0; time < 6; time++) {
      const command = await scene.bed.sandbox.comment(repository, pull.number, "ada", "/recheck");
      await scene.bed.sandbox.waitFor("the answer", () => reactionsTo(command).includes("rocket") || undefined);
    }
    const seventh = await scene.bed.sandbox.comment(repository, pull.number, "ada", "/recheck");
    await scene.bed.sandbox.waitFor("the refusal", () => reactionsTo(seventh)[0]);
    expect(reactionsTo(seventh)).toEqual(["confused"]);
  }, 60_000);
});
