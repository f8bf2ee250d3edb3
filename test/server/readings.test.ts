import { describe, expect, test } from "@jest/globals";
import { settingsPermissions } from "../../src/github/settings/permissions.ts";
import type { GithubSettings } from "../sandbox/settings.ts";
import type { Repository } from "../sandbox/state.ts";
import { healthy } from "../support/repositories.ts";
import { useTestBed } from "../support/scene.ts";

const scene = useTestBed({ retryDelaySeconds: 0.05, pace: { seconds: 1, atOnce: 20 } }, { reconcileSeconds: 1 });
const BASIC = { contents: "read", metadata: "read", checks: "write", pull_requests: "write", merge_queues: "read" };
const ALL = { ...BASIC, ...settingsPermissions };
let names = 0;

/** A repository whose settings were read once. */
async function readRepository(settings: Partial<GithubSettings>, permissions: Readonly<Record<string, string>>) {
  const { sandbox } = scene.bed;
  const repository = sandbox.createRepository({ owner: "acme", name: `read-${++names}`, files: healthy });
  Object.assign(repository.settings, settings);
  const from = sandbox.requests.length;
  await sandbox.install([repository], permissions);
  await sandbox.waitFor("the reading", () =>
    sandbox.requests.slice(from).find(({ path }) => path.endsWith(`${repository.name}/community/profile`)),
  );
  await scene.bed.settled();
  return repository;
}

/** The summary of the newest check run of a head, once it says this. */
const summaryWith = (repository: Repository, sha: string, words: string) =>
  scene.bed.sandbox.waitFor(`a summary with "${words}"`, () => {
    const summary = scene.bed.sandbox.checkRuns(repository, sha).at(-1)?.summary ?? "";
    return summary.includes(words) ? summary : undefined;
  });

describe("GitHub's settings", () => {
  test("are read after the installation, and judged with the next pull request", async () => {
    const repository = await readRepository({ vulnerabilityAlerts: false, privateReporting: true }, ALL);
    const pull = await scene.openChange(repository);
    const summary = await summaryWith(repository, pull.headSha, "Dependabot alerts are off");
    expect(summary).toContain("settings, as they were at");
    expect(summary).toContain("changes need no pull request");
  });

  test("that are not permitted are not judged, and name the permission", async () => {
    const repository = await readRepository({ vulnerabilityAlerts: true }, BASIC);
    const pull = await scene.openChange(repository);
    await summaryWith(repository, pull.headSha, "it needs the permission administration: read");
  });

  test("are never read on the way of a pull request", async () => {
    const repository = await readRepository({}, ALL);
    const from = scene.bed.sandbox.requests.length;
    const pull = await scene.openChange(repository);
    await scene.completedRun(repository, pull.headSha);
    await scene.bed.settled();
    const asked = scene.bed.sandbox.requests.slice(from).map(({ path }) => path);
    expect(
      asked.filter((path) => path.includes(repository.name) && /protection|alerts|rules|community/.test(path)),
    ).toEqual([]);
  });
});

describe("advisories", () => {
  const pinned = (version: string) => ({
    ...healthy,
    "requirements.txt": `urllib3==${version}\n`,
  });

  test("of versions that a change locks are read, and the head is judged again", async () => {
    const { sandbox } = scene.bed;
    sandbox.state.advisories.push({
      id: "GHSA-2xpw-w6gg-jr37",
      cve: "CVE-2025-66471",
      name: "urllib3",
      severity: "high",
      range: ">= 1.0, < 2.6.0",
      fixedIn: "2.6.0",
    });
    const repository = await scene.newRepository();
    const pull = await scene.openChange(repository, { files: pinned("2.5.0"), branch: "pin" });
    const summary = await summaryWith(repository, pull.headSha, "GHSA-2xpw-w6gg-jr37");
    expect(summary).toContain("requirements.txt");
    expect(summary).toContain("2.6.0");
    const newest = sandbox.checkRuns(repository, pull.headSha).at(-1);
    expect(newest).toMatchObject({ status: "completed", conclusion: "failure" });

    const mended = await sandbox.push(repository, "pin", pinned("2.6.0"));
    const after = await summaryWith(repository, mended, "Advisories for");
    expect(after).not.toContain("GHSA-");
  });
});
