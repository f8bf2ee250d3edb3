import { describe, expect, test } from "@jest/globals";
import type { PullRequest, Repository } from "../sandbox/state.ts";
import { healthy, poor } from "../support/repositories.ts";
import { useTestBed } from "../support/scene.ts";
import { githubToken } from "../support/secrets.ts";

const scene = useTestBed({ pace: { seconds: 0, atOnce: 100 } });

/** Another credential in another image. */
const worse = {
  ...poor,
  "jobs/Dockerfile":
    'FROM python:3.13-slim\nENV LEDGER_TOKEN=ld-4b7c91e2-slow-lantern\nCMD ["python", "-m", "orders"]\n',
};

/** The run that stands for a head: the newest. */
const standing = (repository: Repository, sha: string) => scene.bed.sandbox.checkRuns(repository, sha).at(-1);
const conclusionOf = async (repository: Repository, sha: string) => {
  await scene.bed.settled();
  return standing(repository, sha)?.conclusion;
};
const inMain = (files: typeof healthy) => ({ branch: "change", files });

describe("a change is judged, and not the debt", () => {
  test("of a repository with old blockers a change that brings none passes, one that brings one does not", async () => {
    const repository = await scene.newRepository(poor);
    const small = await scene.openChange(repository, inMain({ ...poor, "orders/notes.py": "RETRIES = 3\n" }));
    expect(await conclusionOf(repository, small.headSha)).toBe("success");
    const large = await scene.openChange(repository, { branch: "other", files: worse });
    expect(await conclusionOf(repository, large.headSha)).toBe("failure");
  });

  test("nor does a fork's, or a merge group's, or what is pushed to the default branch", async () => {
    const repository = await scene.newRepository(poor);
    const files = { ...poor, "orders/notes.py": "RETRIES = 3\n" };
    const fork = await scene.openChange(repository, { author: "eve", branch: "main", fork: "eve", files });
    const group = await scene.bed.sandbox.requestMergeGroup(repository, { ...files, "orders/group.py": "" });
    const badGroup = await scene.bed.sandbox.requestMergeGroup(repository, worse);
    const pushed = await scene.bed.sandbox.push(repository, "main", { ...files, "orders/main.py": "" });
    expect(await conclusionOf(repository, fork.headSha)).toBe("success");
    expect(await conclusionOf(repository, group)).toBe("success");
    expect(await conclusionOf(repository, badGroup)).toBe("failure");
    expect(await conclusionOf(repository, pushed)).toBe("success");
    const bad = await scene.bed.sandbox.push(repository, "main", { ...worse, "orders/main.py": "" });
    expect(await conclusionOf(repository, bad)).toBe("failure");
  });

  test("what the base branch gained since is no part of it", async () => {
    const repository = await scene.newRepository(healthy);
    const pull = await scene.openChange(repository, inMain({ ...healthy, "orders/notes.py": "RETRIES = 3\n" }));
    await scene.bed.settled();
    await scene.bed.sandbox.push(repository, "main", poor);
    const sha = await scene.bed.sandbox.push(repository, "change", { ...healthy, "orders/notes.py": "RETRIES = 4\n" });
    expect(await conclusionOf(repository, sha)).toBe("success");
    expect(pull.headSha).toBe(sha);
  });

  test("nor what comes to light in old files because the base branch silences less than it did", async () => {
    const old = { ...healthy, "legacy/notes.txt": `token: ${githubToken()}\n` };
    const silenced = { ...old, ".gitleaksignore": "legacy/notes.txt:github-pat:1\n" };
    const repository = await scene.newRepository(silenced);
    await scene.openChange(repository, inMain({ ...silenced, "a.py": "" }));
    await scene.bed.settled();
    await scene.bed.sandbox.push(repository, "main", old);
    const sha = await scene.bed.sandbox.push(repository, "change", { ...silenced, "a.py": "RETRIES = 3\n" });
    expect(await conclusionOf(repository, sha)).toBe("success");
    expect(standing(repository, sha)?.title).toMatch(/1 blocker/);
  });

  test("a change must not become unreadable in order to pass", async () => {
    const repository = await scene.newRepository(poor);
    const files = {
      ...poor,
      Dockerfile: Buffer.from("FROM python:3.13-slim\nENV WAREHOUSE_TOKEN=\xff\xfe\n", "latin1"),
    };
    const pull = await scene.openChange(repository, inMain(files));
    expect(await conclusionOf(repository, pull.headSha)).toBe("action_required");
  });
});

describe("a base is judged once", () => {
  test("a second pull request on it asks for nothing of it", async () => {
    const repository = await scene.newRepository(poor);
    const base = repository.branches.get("main") ?? "";
    const first = await scene.openChange(repository, inMain({ ...poor, "orders/notes.py": "" }));
    await conclusionOf(repository, first.headSha);
    const start = scene.bed.sandbox.requests.length;
    const second = await scene.openChange(repository, {
      branch: "other",
      files: { ...poor, "orders/more.py": "LIMIT = 7\n" },
    });
    expect(await conclusionOf(repository, second.headSha)).toBe("success");
    const asked = scene.bed.sandbox.requests.slice(start);
    expect(asked.filter(({ path }) => path.includes(base)).map(({ path }) => path)).toEqual([]);
    expect(asked.filter(({ path }) => path.includes("/compare/")).map(({ path }) => path)).toEqual([]);
    // The pull request, its tree, and one blob together with where it left its base.
    expect(asked.filter(({ token }) => token?.permissions.contents === "read")).toHaveLength(3);
  });
});

describe("a comment that tells a tool to pass over a finding", () => {
  const asked = (comment: string): string =>
    [
      "from django.db import connection",
      "",
      "",
      "def orders(request):",
      "    cursor = connection.cursor()",
      `    cursor.execute(f"SELECT * FROM orders WHERE name = '{request.GET['name']}'")${comment}`,
      "",
    ].join("\n");
  const strict = {
    ...healthy,
    ".github/pyready.yml": "rules:\n  security/no-sql-string-building: { severity: critical }\n",
  };
  const silenced = { ...strict, "orders/find.py": asked("  # noqa: S608") };

  test("silences nothing in the change that brings it, and does once it is merged", async () => {
    const repository = await scene.newRepository(strict);
    const pull = await scene.openChange(repository, inMain(silenced));
    expect(await conclusionOf(repository, pull.headSha)).toBe("failure");
    const summary = standing(repository, pull.headSha)?.summary;
    expect(summary).toContain(
      "`orders/find.py:6` This change tells a tool to pass over what security/no-sql-string-building finds here",
    );
    expect(summary).not.toContain("Suppressed by comments");
    const merged = await scene.bed.sandbox.push(repository, "main", { ...silenced, "CHANGES.txt": "1.0\n" });
    expect(await conclusionOf(repository, merged)).toBe("success");
    const next = await scene.openChange(repository, { branch: "next", files: { ...silenced, "orders/notes.py": "" } });
    expect(await conclusionOf(repository, next.headSha)).toBe("success");
    expect(standing(repository, next.headSha)?.summary).toMatch(
      /Suppressed by comments and lists of other tools \(1\)[\s\S]*orders\/find\.py:6/,
    );
  });
});

/** Two branches: the default branch has a blocker that the release, which began before it, has not. */
async function twoBranches() {
  const repository = await scene.newRepository(healthy);
  await scene.bed.sandbox.forcePush(repository, "release", { ...healthy, "CHANGES.txt": "1.0\n" });
  await scene.bed.sandbox.push(repository, "main", poor);
  const open = (): Promise<PullRequest> =>
    scene.openChange(repository, inMain({ ...poor, "orders/notes.py": "RETRIES = 3\n" }));
  const pull = await open();
  await scene.bed.settled();
  return { repository, pull, open };
}

describe("one head, and more than one base", () => {
  test("a pull request that is turned to another base is judged anew, and its old verdict is void before", async () => {
    const { repository, pull } = await twoBranches();
    const old = standing(repository, pull.headSha);
    expect(old).toMatchObject({ conclusion: "success" });
    const seen: unknown[] = [];
    scene.bed.sandbox.on({ method: "PATCH", path: /\/check-runs\/\d+$/ }, "before", ({ repositoryId }) => {
      if (repositoryId === repository.id) seen.push(standing(repository, pull.headSha)?.status);
    });
    await scene.bed.sandbox.retarget(repository, pull, "release");
    expect(await conclusionOf(repository, pull.headSha)).toBe("failure");
    expect(seen).toEqual(["in_progress"]);
    expect(scene.bed.sandbox.checkRuns(repository, pull.headSha).map(({ status }) => status)).toEqual([
      "completed",
      "completed",
    ]);
  });

  test("the gravest of several pull requests with one head is shown, until it is closed", async () => {
    const { repository, pull, open } = await twoBranches();
    const other = await open();
    await scene.bed.settled();
    expect(other.headSha).toBe(pull.headSha);
    await scene.bed.sandbox.retarget(repository, other, "release");
    expect(await conclusionOf(repository, pull.headSha)).toBe("failure");
    const run = standing(repository, pull.headSha);
    const shown = run?.externalId;
    // The other one asks again, and does not turn the run green.
    await scene.bed.sandbox.comment(repository, pull.number, "ada", "/recheck");
    expect(await conclusionOf(repository, pull.headSha)).toBe("failure");
    expect(run?.externalId).toBe(shown);
    await scene.bed.sandbox.closePullRequest(repository, other);
    expect(await conclusionOf(repository, pull.headSha)).toBe("success");
  });
});
