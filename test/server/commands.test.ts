import { describe, expect, test } from "@jest/globals";
import type { Repository } from "../sandbox/state.ts";
import { healthy } from "../support/repositories.ts";
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
    ["that is quoted", "ada", "User" as const, "> /recheck\nwhat does this do?"],
  ])("%s is no command", async (_, login, type, body) => {
    const { repository, pull } = await scene.commentedPullRequest();
    const comment = await scene.bed.sandbox.comment(repository, pull.number, login, body, type);
    await scene.bed.settled();
    expect(comment.reactions).toEqual([]);
  });

  test("written into a comment afterwards is no command", async () => {
    const { repository, pull } = await scene.commentedPullRequest();
    const comment = await scene.bed.sandbox.comment(repository, pull.number, "ada", "Hm.");
    await scene.bed.sandbox.editComment(repository, comment, "ada", "/recheck");
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

describe("/pyready", () => {
  /** What was answered to a command, beside the one comment that is always there. */
  const answers = (repository: Repository, number: number) =>
    scene.comments(repository, number).filter(({ body }) => !body.includes("sticky"));

  let shared: ReturnType<typeof scene.commentedPullRequest> | undefined;
  let people = 0;

  /** What a person who was not here before gets for a comment; all on one pull request. */
  async function answerTo(body: string, permission: "write" | "read" = "write") {
    shared ??= scene.commentedPullRequest();
    const { repository, pull } = await shared;
    const login = `person-${++people}`;
    repository.permissions.set(login, permission);
    const before = answers(repository, pull.number).length;
    const command = await scene.bed.sandbox.comment(repository, pull.number, login, body);
    await scene.bed.settled();
    return { reactions: reactionsTo(command), answers: answers(repository, pull.number).slice(before) };
  }

  test.each([
    ["help", "/pyready help", "| `/pyready explain RULE` |"],
    ["help about a slip of the finger", "/pyready help puase", "Did you mean `pause`?"],
    ["explain", "/pyready explain documentation/readme-present", "**A README says what this is** · `documentation/"],
    ["explain by the claim alone", "/pyready explain readme-present", "**Why:** "],
  ])("%s is answered in a comment of its own", async (_, body, expected) => {
    const given = await answerTo(body);
    expect(given.reactions).toEqual(["eyes", "rocket"]);
    expect(given.answers.map((answer) => answer.body)).toEqual([expect.stringContaining(expected)]);
  });

  test.each([
    ["offers those that do", "readme-presnt", "Did you mean `documentation/readme-present`?"],
    ["means what it repeats as code", "'<img/src=x>@grace#1'", "There is no rule `<img/src=x>@grace#1`."],
  ])("explain of a rule that does not exist %s", async (_, name, expected) => {
    const given = await answerTo(`/pyready explain ${name}`);
    expect(given.reactions).toEqual(["eyes", "confused"]);
    expect(given.answers[0]?.body).toContain(expected);
  });

  test("with a word that is none gets a reaction and no text", async () => {
    expect(await answerTo("/pyready dance")).toEqual({ reactions: ["confused"], answers: [] });
  });

  test.each(["help", "explain documentation/readme-present", "dance"])(
    "%s of a stranger is refused without a word",
    async (words) => {
      expect(await answerTo(`/pyready ${words}`, "read")).toEqual({ reactions: ["confused"], answers: [] });
    },
  );

  test("is answered once, whatever becomes of the receipt", async () => {
    const path = /\/issues\/1\/comments$/;
    scene.bed.sandbox.fault({ method: "POST", path, effect: "reset after commit" });
    const given = await answerTo("/pyready help");
    expect([given.reactions, given.answers.length]).toEqual([["eyes", "rocket"], 1]);
  });
});

describe("a pause", () => {
  test("leaves the comment as it is but for saying so, until it is ended", async () => {
    const { sandbox } = scene.bed;
    const { repository, pull } = await scene.commentedPullRequest({ grace: "write" });
    const [comment] = scene.comments(repository);
    const before = comment?.body ?? "";
    for (const login of ["grace", "ada"]) repository.permissions.set(login, "write");
    for (const login of ["grace", "ada"]) {
      const command = await sandbox.comment(repository, pull.number, login, "/pyready pause");
      await sandbox.waitFor("the pause", () => reactionsTo(command).includes("rocket") || undefined);
    }
    const paused = comment?.body ?? "";
    expect([paused.match(/Paused\./g), comment?.edits]).toEqual([["Paused."], 1]);
    expect(paused.replace(/^\*\*Paused.*\n\n/m, "")).toBe(before);

    const sha = await sandbox.push(repository, "change", healthy);
    expect(await scene.completedRun(repository, sha)).toMatchObject({ conclusion: "success" });
    const recheck = await sandbox.comment(repository, pull.number, "ada", "/recheck");
    await sandbox.waitFor("the check", () => reactionsTo(recheck).includes("rocket") || undefined);
    expect(comment?.body).toBe(paused);

    const resumed = await sandbox.comment(repository, pull.number, "grace", "/pyready resume");
    await sandbox.waitFor("the end", () => reactionsTo(resumed).includes("rocket") || undefined);
    expect(comment?.body).not.toContain("Paused");
    expect(comment?.body.split("\n")).toHaveLength(2);
  });

  test("before the first review keeps it silent, and is refused to the author alone", async () => {
    const { sandbox } = scene.bed;
    const repository = await scene.newRepository(healthy, { grace: "write" });
    const pull = await scene.openChange(repository, { draft: true });
    await scene.completedRun(repository, pull.headSha);
    const refused = await sandbox.comment(repository, pull.number, "ada", "/pyready pause");
    const heeded = await sandbox.comment(repository, pull.number, "grace", "/pyready pause");
    await scene.bed.settled();
    expect([reactionsTo(refused), reactionsTo(heeded)]).toEqual([["confused"], ["eyes", "rocket"]]);
    await sandbox.markReady(repository, pull);
    await scene.bed.settled();
    expect(scene.comments(repository)).toEqual([]);
  });
});
