import { describe, expect, test } from "@jest/globals";
import type { GitFiles } from "../sandbox/git-objects.ts";
import type { Repository } from "../sandbox/state.ts";
import { healthy, poor } from "../support/repositories.ts";
import { useTestBed } from "../support/scene.ts";

const scene = useTestBed();

const PATH = ".github/pyready.yml";
const BLOCKING = "deployment/no-secrets-in-images-or-manifests";
const today = new Date().toISOString().slice(0, 10);
/** A day that a waiver of a critical rule may reach. */
const soon = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const waiver = `waivers:\n  - rule: ${BLOCKING}\n    reason: Nobody can reach that warehouse.\n    owner: "@mallory"\n    expires: ${soon}\n`;

/** Each of them would let the blocker of `poor` through. */
const attempts: readonly (readonly [string, GitFiles])[] = [
  ["switches rules off", { [PATH]: `rules: { ${BLOCKING}: off }\n` }],
  ["lowers severities", { [PATH]: `rules: { ${BLOCKING}: low }\n` }],
  ["waives", { [PATH]: waiver }],
  ["lowers the gate", { [PATH]: "gate: { fail-on: never }\n" }],
  ["leaves paths out", { [PATH]: "exclude: ['**']\n" }],
  ["calls files vendored", { ".gitattributes": "** linguist-vendored\n" }],
  [
    "speaks in pyproject.toml",
    { "pyproject.toml": `${healthy["pyproject.toml"]}\n[tool.pyready.gate]\nfail-on = "never"\n` },
  ],
];

/** All of them at once. */
const everything: GitFiles = {
  ...poor,
  [PATH]: `gate: { fail-on: never }\nexclude: ['**']\nprofile: docs-only\nrules: { ${BLOCKING}: off }\n${waiver}`,
  ".gitattributes": "** linguist-vendored\n",
};

const conclusionAt = async (repository: Parameters<typeof scene.completedRun>[0], sha: string) =>
  (await scene.completedRun(repository, sha)).conclusion;

describe("a pull request that brings a policy of its own changes nothing for itself", () => {
  test("whatever it tries, alone or together", async () => {
    const repository = await scene.newRepository();
    for (const [name, files] of [...attempts, ["does all of it", everything] as const]) {
      const pull = await scene.openChange(repository, {
        branch: name.replaceAll(" ", "-"),
        files: { ...poor, ...files },
      });
      expect([name, await conclusionAt(repository, pull.headSha)]).toEqual([name, "failure"]);
    }
  }, 60_000);

  test("from a fork", async () => {
    const repository = await scene.newRepository();
    const pull = await scene.openChange(repository, { author: "eve", branch: "main", fork: "eve", files: everything });
    expect(await conclusionAt(repository, pull.headSha)).toBe("failure");
  });

  test("into a branch that is not the default, whose own policy holds", async () => {
    const repository = await scene.newRepository();
    await scene.bed.sandbox.push(repository, "release", { ...healthy, [PATH]: "gate: { fail-on: never }\n" });
    const pull = await scene.openChange(repository, { files: everything });
    expect(await conclusionAt(repository, pull.headSha)).toBe("failure");
    await scene.bed.settled();
    await scene.bed.sandbox.retarget(repository, pull, "release");
    await scene.bed.sandbox.waitFor("the verdict by the other base", () =>
      scene.bed.sandbox.checkRuns(repository, pull.headSha).some(({ conclusion }) => conclusion === "neutral"),
    );
  });

  test("in a merge group", async () => {
    const repository = await scene.newRepository();
    const sha = await scene.bed.sandbox.requestMergeGroup(repository, everything);
    expect(await conclusionAt(repository, sha)).toBe("failure");
  });
});

describe("the policy of the base", () => {
  test("holds once it is merged", async () => {
    const repository = await scene.newRepository({ ...healthy, [PATH]: waiver });
    const pull = await scene.openChange(repository);
    expect(await conclusionAt(repository, pull.headSha)).toBe("success");
  });

  test("that cannot be used gives way to the last one that could", async () => {
    const repository = await scene.newRepository({ ...healthy, [PATH]: waiver });
    const first = await scene.openChange(repository, { branch: "first" });
    expect(await conclusionAt(repository, first.headSha)).toBe("success");
    await scene.bed.sandbox.push(repository, "main", { ...healthy, [PATH]: "gate: strict\n" });
    const second = await scene.openChange(repository, { branch: "second", files: { ...poor, "NEWS.md": "# News\n" } });
    expect(await conclusionAt(repository, second.headSha)).toBe("success");
  });
});

test("branches that the policy names are reviewed when they are pushed to, and no others", async () => {
  const { sandbox } = scene.bed;
  const repository = await scene.newRepository();
  const named = { ...healthy, [PATH]: "branches: [release/*]\n" };
  await scene.completedRun(repository, await sandbox.push(repository, "main", named));
  const other = await sandbox.push(repository, "feature/x", poor);
  const release = await sandbox.push(repository, "release/1", { ...poor, [PATH]: "gate: { fail-on: never }\n" });
  // The one that was pushed first would have been reviewed first.
  expect(await conclusionAt(repository, release)).toBe("failure");
  expect(sandbox.checkRuns(repository, other)).toEqual([]);
});

describe("the floor of an organisation", () => {
  const floor = `enforce:\n  gate: { fail-on: new-blocker }\n  rules: { ${BLOCKING}: critical }\n`;
  const laxest = { ...healthy, [PATH]: `gate: { fail-on: never }\nexclude: ['**']\n${waiver}` };

  async function organisation(owner: string, policy: string, files: GitFiles) {
    const { sandbox } = scene.bed;
    const shared = sandbox.createRepository({ owner, name: ".github", files: { [PATH]: policy } });
    const repository = sandbox.createRepository({ owner, name: "orders", files });
    await sandbox.install([shared, repository]);
    return { shared, repository };
  }

  /** What the tokens reach that the organisation's repository is read with; null for a whole installation. */
  const reachesInto = ({ id }: Repository) => {
    const reading = scene.bed.sandbox.requests.filter(({ repositoryId }) => repositoryId === id);
    return new Set(reading.map(({ token }) => token?.repositoryIds?.join() ?? null));
  };

  test("is not undercut by what stands in a repository", async () => {
    const { repository } = await organisation("globex", floor, laxest);
    const pull = await scene.openChange(repository, { files: { ...poor, [PATH]: laxest[PATH] as string } });
    expect(await conclusionAt(repository, pull.headSha)).toBe("failure");
  });

  test("is read with a token that reaches nothing else", async () => {
    const { shared, repository } = await organisation("hooli", floor, healthy);
    const pull = await scene.openChange(repository, { files: { ...healthy, "NEWS.md": "# News\n" } });
    await conclusionAt(repository, pull.headSha);
    expect(reachesInto(shared)).toEqual(new Set([String(shared.id)]));
  });

  test("holds where it is public and the App is not installed on it", async () => {
    const { sandbox } = scene.bed;
    const files = { [PATH]: floor };
    const shared = sandbox.createRepository({ owner: "pied-piper", name: ".github", files, isReadByAll: true });
    const repository = sandbox.createRepository({ owner: "pied-piper", name: "orders", files: laxest });
    await sandbox.install([repository]);
    const pull = await scene.openChange(repository, { files: { ...poor, [PATH]: laxest[PATH] as string } });
    expect(await conclusionAt(repository, pull.headSha)).toBe("failure");
    expect(reachesInto(shared)).toEqual(new Set([String(repository.id)]));
  });

  test("holds at the next review once it is pushed", async () => {
    const { shared, repository } = await organisation("initech", "comment: never\n", laxest);
    const files = { ...poor, [PATH]: laxest[PATH] as string };
    const first = await scene.openChange(repository, { branch: "first", files });
    expect(await conclusionAt(repository, first.headSha)).toBe("neutral");
    const pushed = await scene.bed.sandbox.push(shared, "main", { [PATH]: floor });
    await scene.completedRun(shared, pushed);
    const second = await scene.openChange(repository, { branch: "second", files: { ...files, "NEWS.md": "# News\n" } });
    expect(await conclusionAt(repository, second.headSha)).toBe("failure");
  });

  test("may let through what it says so of, from a file that the repository builds on", async () => {
    const { shared, repository } = await organisation("umbrella", "comment: never\n", {
      ...healthy,
      [PATH]: "extends: [teams/lab.yml]\n",
    });
    await scene.bed.sandbox.push(shared, "main", { [PATH]: "comment: never\n", "teams/lab.yml": waiver });
    const pull = await scene.openChange(repository, { files: { ...poor, [PATH]: "extends: [teams/lab.yml]\n" } });
    expect(await conclusionAt(repository, pull.headSha)).toBe("success");
  });
});

describe("a check run of a regime's own", () => {
  const asking = (check: string): GitFiles => ({
    ...healthy,
    [PATH]: `compliance: [{ regime: soc2, check: ${check} }, nist-ssdf]\n`,
  });
  const ofRegimes = (repository: Parameters<typeof scene.completedRun>[0], sha: string) =>
    scene.bed.sandbox.checkRuns(repository, sha).filter(({ name }) => name !== "pyready");
  const regimeRun = (repository: Parameters<typeof scene.completedRun>[0], sha: string) =>
    scene.bed.sandbox.waitFor("the regime's run", () => ofRegimes(repository, sha)[0]);

  async function rechecked(repository: Parameters<typeof scene.completedRun>[0], number: number): Promise<void> {
    const command = await scene.bed.sandbox.comment(repository, number, "ada", "/recheck");
    await scene.bed.sandbox.waitFor("its end", () => command.reactions.find(({ content }) => content === "rocket"));
  }

  test("is there where the policy of the base asks, informs on the head, and is kept when asked again", async () => {
    const repository = await scene.newRepository(asking("inform"));
    // What the change asks for holds after the merge.
    const files = { ...poor, [PATH]: "compliance: [{ regime: hipaa, check: block }]\n" };
    const pull = await scene.openChange(repository, { files });
    const run = await regimeRun(repository, pull.headSha);
    expect(run).toMatchObject({ name: "pyready / soc2", status: "completed", conclusion: "neutral" });
    expect(run.title).toMatch(/^New in 1 control · \d+ gaps? found, /);
    expect(run.summary).toContain("it is not an audit, an attestation or legal advice");
    expect(run.summary).toMatch(/- \*\*new\*\* `CC6\.1` .*\n(.*\n)*? {4}- \[`Dockerfile:2`\]/);
    await rechecked(repository, pull.number);
    expect(ofRegimes(repository, pull.headSha).map(({ id }) => id)).toEqual([run.id]);
  });

  test("fails where the policy lets it block and the change opens a gap, and never ends as success", async () => {
    const repository = await scene.newRepository(asking("block"));
    const bad = await scene.openChange(repository, { branch: "bad" });
    const good = await scene.openChange(repository, {
      branch: "good",
      files: { ...asking("block"), "notes.txt": "Later.\n" },
    });
    expect((await regimeRun(repository, bad.headSha)).conclusion).toBe("failure");
    expect((await regimeRun(repository, good.headSha)).conclusion).toBe("neutral");
  });

  test("is written once where the answer that names it is lost", async () => {
    const repository = await scene.newRepository(asking("inform"));
    const path = new RegExp(`/${repository.name}/check-runs$`);
    // The first is the main one's.
    scene.bed.sandbox.fault({ method: "POST", path, after: 1, effect: "reset after commit" });
    const pull = await scene.openChange(repository);
    await regimeRun(repository, pull.headSha);
    await rechecked(repository, pull.number);
    expect(scene.bed.sandbox.checkRuns(repository, pull.headSha).map(({ name }) => name)).toEqual([
      "pyready",
      "pyready / soc2",
    ]);
  });

  test("heeds no attestation that a change brings: from a fork, into another base, in a merge group", async () => {
    const { sandbox } = scene.bed;
    const repository = await scene.newRepository(asking("inform"));
    await sandbox.forcePush(repository, "release", asking("inform"));
    const attested = `${asking("inform")[PATH]}attestations:\n  - { regime: soc2, controls: [CC6.2], owner: "@mallory", date: ${today}, expires: ${soon}, evidence: Trust me. }\n`;
    const files = { ...healthy, [PATH]: attested };
    const fork = await scene.openChange(repository, { author: "eve", branch: "main", fork: "eve", files });
    const other = await scene.openChange(repository, { branch: "other", files });
    await sandbox.retarget(repository, other, "release");
    await rechecked(repository, other.number);
    const group = await sandbox.requestMergeGroup(repository, files);
    for (const sha of [fork.headSha, other.headSha, group]) {
      const { summary } = await regimeRun(repository, sha);
      expect(summary).toContain("`CC6.2`");
      expect(summary).not.toContain("Attested");
    }
  }, 60_000);

  test("says so when the base that it is about asks for none any more", async () => {
    const { sandbox } = scene.bed;
    const repository = await scene.newRepository(asking("block"));
    await sandbox.forcePush(repository, "release", healthy);
    const pull = await scene.openChange(repository);
    expect((await regimeRun(repository, pull.headSha)).conclusion).toBe("failure");
    await sandbox.retarget(repository, pull, "release");
    await sandbox.waitFor("the end of it", () =>
      ofRegimes(repository, pull.headSha).find(({ title }) => title?.includes("does not ask for this check any more")),
    );
  }, 60_000);
});
