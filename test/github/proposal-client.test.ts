import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { fixedToken } from "../../src/github/credentials.ts";
import { proposalClient } from "../../src/github/proposal-client.ts";
import { propose } from "../../src/publish/proposal.ts";
import { type Sandbox, startSandbox } from "../sandbox/sandbox.ts";
import type { Repository } from "../sandbox/state.ts";
import { sandboxClient } from "../support/sandbox-client.ts";

const GRANTED = { metadata: "read", contents: "write", pull_requests: "write" } as const;
const WORKFLOW = ".github/workflows/ci.yml";
let sandbox: Sandbox;
let names = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

async function begun(permissions: Readonly<Record<string, string>> = GRANTED) {
  const name = `orders-${++names}`;
  const files = { "app.py": "print()\n", "run.sh": { executable: "#!/bin/sh\n" }, [WORKFLOW]: "on: push\n" };
  const repository = sandbox.createRepository({ owner: "acme", name, files });
  await sandbox.install([repository], permissions);
  const token = await sandboxClient(sandbox).tokenFor(repository);
  const client = proposalClient(
    { apiUrl: `${sandbox.url}/api/v3`, credentials: fixedToken(token), patience: { pausesMs: [] } },
    { owner: "acme", name },
  );
  const wanted = {
    series: "pyready/waive-",
    branch: "pyready/waive-1",
    into: "main",
    parent: repository.branches.get("main") ?? "",
    files: [{ path: ".github/pyready.yml", mode: "100644", text: "waivers: []\n" }],
    message: "Waive it",
    title: "Waive it",
    body: "Because.",
  };
  return { repository, client, wanted, main: wanted.parent };
}

const textAt = ({ git, branches }: Repository, branch: string, path: string) =>
  git.blobs.get(git.filesOf(branches.get(branch) ?? "").get(path)?.sha ?? "")?.toString("utf8");

describe("a proposal", () => {
  test("is one commit on a branch of its own, and a pull request", async () => {
    const { repository, client, wanted, main } = await begun();
    expect(await propose(client, wanted)).toMatchObject({ number: 1, state: "open" });
    expect(repository.pulls.get(1)).toMatchObject({ title: "Waive it", body: "Because.", baseRef: "main" });
    const { git, branches } = repository;
    expect(git.commits.get(branches.get(wanted.branch) ?? "")).toMatchObject({ parents: [main], message: "Waive it" });
    expect(textAt(repository, wanted.branch, ".github/pyready.yml")).toBe("waivers: []\n");
    expect(textAt(repository, wanted.branch, "app.py")).toBe("print()\n");
    expect(branches.get("main")).toBe(main);
  });

  test("keeps what may be executed", async () => {
    const { repository, client, wanted } = await begun();
    await propose(client, { ...wanted, files: [{ path: "run.sh", mode: "100755", text: "#!/bin/sh\nset -e\n" }] });
    const { git, branches } = repository;
    expect(git.filesOf(branches.get(wanted.branch) ?? "").get("run.sh")).toMatchObject({ mode: "100755" });
  });

  test("made twice is there once, and one that people closed is not opened again", async () => {
    const { repository, client, wanted } = await begun();
    await propose(client, wanted);
    expect(await propose(client, wanted)).toMatchObject({ number: 1, state: "open" });
    const pull = repository.pulls.get(1);
    if (pull) await sandbox.closePullRequest(repository, pull);
    expect(await propose(client, wanted)).toMatchObject({ number: 1, state: "closed" });
    if (pull) await sandbox.merge(repository, pull);
    expect(await propose(client, wanted)).toMatchObject({ number: 1, state: "merged" });
    expect(repository.pulls.size).toBe(1);
  });

  test.each([
    ["tree", "trees"],
    ["commit", "commits"],
    ["branch", "refs"],
    ["pull request", "pulls"],
  ])("whose %s was made and whose answer was lost is there once after it is repeated", async (_, what) => {
    const { repository, client, wanted } = await begun();
    const path = new RegExp(`/${repository.name}/(git/)?${what}$`);
    sandbox.fault({ method: "POST", path, effect: "reset after commit" });
    await propose(client, wanted).catch(() => {});
    expect(await propose(client, wanted)).toMatchObject({ number: 1, state: "open" });
    expect([...repository.branches.keys()]).toEqual(["main", wanted.branch]);
  });

  test("closes the older ones of its series, with a word why, and none that people worked on", async () => {
    const { repository, client, wanted } = await begun();
    await propose(client, wanted);
    await propose(client, { ...wanted, series: "pyready/fix-", branch: "pyready/fix-1" });
    await propose(client, { ...wanted, branch: "pyready/waive-2" });
    const states = () => [...repository.pulls.values()].map(({ state }) => state);
    expect(states()).toEqual(["closed", "open", "open"]);
    expect(repository.comments.map(({ number, body }) => [number, body])).toEqual([[1, "#3 takes its place."]]);
    await sandbox.push(repository, "pyready/waive-2", { "app.py": "print(1)\n" });
    for (let times = 0; times < 2; times++) await propose(client, { ...wanted, branch: "pyready/waive-3" });
    expect(states()).toEqual(["closed", "open", "open", "open"]);
    expect(repository.comments).toHaveLength(1);
  });

  test("of two at once is one", async () => {
    const { repository, client, wanted } = await begun();
    const both = await Promise.all([propose(client, wanted), propose(client, wanted)]);
    expect(both.map(({ number }) => number)).toEqual([1, 1]);
    expect(repository.pulls.size).toBe(1);
  });

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ["without the permission to write", "app.py", { ...GRANTED, contents: "read" }],
    ["of a workflow without that permission", WORKFLOW, GRANTED],
  ])("%s is refused by GitHub", async (_, path, permissions) => {
    const { repository, client, wanted } = await begun(permissions);
    const change = { ...wanted, files: [{ path, mode: "100644", text: "x\n" }] };
    await expect(propose(client, change)).rejects.toMatchObject({ status: 403 });
    expect(repository.pulls.size).toBe(0);
  });

  test("of a workflow with that permission is made", async () => {
    const { client, wanted } = await begun({ ...GRANTED, workflows: "write" });
    const change = { ...wanted, files: [{ path: WORKFLOW, mode: "100644", text: "on: pull_request\n" }] };
    expect(await propose(client, change)).toMatchObject({ number: 1, state: "open" });
  });
});
