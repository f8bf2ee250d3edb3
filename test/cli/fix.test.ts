import { chmodSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { writeChanges } from "../../src/cli/write-changes.ts";
import { startSandbox } from "../sandbox/sandbox.ts";
import { pyready } from "../support/command.ts";
import { git, temporaryFolders } from "../support/folders.ts";

const folders = temporaryFolders();
afterAll(() => folders.clear());

const CI = ".github/workflows/ci.yml";
const BOT = ".github/dependabot.yml";
const PERMISSIONS = "ci-cd/workflow-token-least-privilege";
const service = {
  [CI]: "\uFEFFon: push\r\njobs:\r\n  test:\r\n    runs-on: ubuntu-latest\r\n    steps:\r\n      - uses: actions/checkout@v6\r\n      - run: pytest",
  "requirements.txt": "flask==3.1.0\n",
  "shop.py": "import flask\n",
};
const read = (folder: string, path: string): string => readFileSync(join(folder, path), "utf8");

describe("pyready fix", () => {
  test("repairs a folder, keeps marks and line ends, tells what it did, and does nothing the second time", async () => {
    const folder = folders.createCheckout(service);
    const { exit, out, error } = await pyready(["fix", folder]);
    expect([exit, error]).toEqual([0, ""]);
    expect(out).toMatch(new RegExp(`^repaired +${PERMISSIONS} +${CI}$`, "m"));
    expect(out).toMatch(/^not repaired +ci-cd\/actions-pinned-to-commit +only GitHub knows/m);
    expect(out).toMatch(/^by hand +documentation\/readme-present +\S/m);
    expect(out).toMatch(/repaired in 5 files\. Score \d+ → \d+\.$/m);
    expect(read(folder, CI)).toMatch(
      /^\uFEFFon: \[push, pull_request\]\r\npermissions:\r\n {2}contents: read\r\njobs:\r\n/,
    );
    expect(read(folder, BOT)).toMatch(/^version: 2\n/);
    const again = await pyready(["fix", folder]);
    expect(again.out).toMatch(/^Nothing to repair\.$/m);
  });

  test("prints a patch that git applies, and changes nothing", async () => {
    const folder = folders.createCheckout({ ...service, [CI]: service[CI].slice(1) });
    const { out, error } = await pyready(["fix", folder, "--dry-run"]);
    expect(error).toMatch(new RegExp(`^would repair +${PERMISSIONS}`, "m"));
    expect([read(folder, CI), existsSync(join(folder, BOT))]).toEqual([service[CI].slice(1), false]);
    writeFileSync(join(folder, "fix.patch"), out);
    git(folder, "apply", "fix.patch");
    expect(read(folder, CI)).toContain("permissions:\r\n  contents: read\r\njobs:");
    expect(read(folder, BOT)).toMatch(/^version: 2\nupdates:\n/);
  });

  test("repairs what one rule finds, and nothing else", async () => {
    const folder = folders.createCheckout(service);
    const { out } = await pyready(["fix", folder, "--rule", PERMISSIONS]);
    expect(out).toMatch(/^1 of 1 failing rules were repaired in 1 file\./m);
    expect(existsSync(join(folder, BOT))).toBe(false);
  });

  test("leaves alone what the folder's policy switches off or waives, and says what is wrong with the policy", async () => {
    const bare = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pytest\n";
    const policy = `rules:
  dependencies/updates-automated: off
  nothing/at-all: off
waivers:
  - rule: ${PERMISSIONS}
    paths: [.github/workflows/old.yml]
    reason: it goes with the old shop
    owner: "@acme/shop"
    expires: 2026-12-31
`;
    const folder = folders.createCheckout({
      ...service,
      ...{ [CI]: bare, ".github/workflows/old.yml": bare, ".github/pyready.yml": policy },
    });
    const { error } = await pyready(["fix", folder, "--date", "2026-11-24"]);
    expect(error).toMatch(/^pyready: \.github\/pyready\.yml:3: /);
    expect([read(folder, CI) === bare, read(folder, ".github/workflows/old.yml") === bare]).toEqual([false, true]);
    expect(existsSync(join(folder, BOT))).toBe(false);
  });

  test("asks GitHub for the commits of tags where it has a token", async () => {
    const sandbox = await startSandbox();
    try {
      sandbox.createRepository({ owner: "acme", name: "setup", files: { "action.yml": "name: setup\n" } });
      const uses = (ref: string) => `on: push\njobs:\n  a:\n    steps:\n      - uses: acme/setup@${ref}\n`;
      const folder = folders.createCheckout({
        ...service,
        [CI]: uses("main"),
        ".github/workflows/old.yml": uses("v404"),
      });
      const environment = { GITHUB_TOKEN: sandbox.personalToken("ada"), GHE_HOST: sandbox.host, GHE_PROTOCOL: "http" };
      const fix = ["fix", folder, "--rule", "ci-cd/actions-pinned-to-commit"];
      const first = await pyready(fix, environment);
      expect(first.out).toMatch(new RegExp(`^repaired +ci-cd/actions-pinned-to-commit +${CI} \\(in part\\)$`, "m"));
      expect(read(folder, CI)).toMatch(/uses: acme\/setup@[0-9a-f]{40} # main\n/);
      const refused = await pyready(fix, { ...environment, GITHUB_TOKEN: "wrong" });
      expect([refused.exit, refused.error]).toEqual([2, "pyready: GitHub does not accept the token in GITHUB_TOKEN\n"]);
    } finally {
      await sandbox.close();
    }
  });

  test.each([
    [["fix", "/nowhere"], "/nowhere is not a folder"],
    [["fix", ".", "--rule", "ci-cd/nothing"], 'there is no rule "ci-cd/nothing"'],
  ])("%j is wrong use", async (args, says) => {
    const { exit, error } = await pyready(args);
    expect([exit, error]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe("changes are written", () => {
  const change = (path: string, before: string | null, after = "new\n") => [{ path, before, after }];

  test("with the rights of the file, and into folders that are not there yet", async () => {
    const folder = folders.create({ "run.sh": "old\n" });
    chmodSync(join(folder, "run.sh"), 0o750);
    await writeChanges(folder, [...change("run.sh", "old\n"), ...change("a/b/new.yml", null)]);
    expect([read(folder, "run.sh"), read(folder, "a/b/new.yml")]).toEqual(["new\n", "new\n"]);
    expect(statSync(join(folder, "run.sh")).mode & 0o777).toBe(0o750);
  });

  test("never outside the folder, through links, over other files, or over what has changed", async () => {
    const outside = folders.create({ "file.yml": "old\n" });
    const folder = folders.create({ "file.yml": "old\n", there: "old\n" });
    symlinkSync(outside, join(folder, "linked"));
    symlinkSync(join(outside, "file.yml"), join(folder, "link.yml"));
    const refused: readonly (readonly [path: string, before: string | null, says: string])[] = [
      ["../file.yml", "old\n", "../file.yml is not below the folder"],
      ["linked/file.yml", "old\n", "linked is not a folder"],
      ["linked/new.yml", null, "linked is not a folder"],
      ["link.yml", "old\n", "link.yml is not a regular file"],
      ["file.yml", "older\n", "file.yml has changed since it was read"],
      ["there", null, "there cannot be written (EEXIST)"],
      ["gone.yml", "old\n", "gone.yml cannot be written (ENOENT)"],
    ];
    for (const [path, before, says] of refused)
      await expect(writeChanges(folder, change(path, before))).rejects.toThrow(says);
    expect([read(outside, "file.yml"), existsSync(join(outside, "new.yml"))]).toEqual(["old\n", false]);
    expect([read(folder, "file.yml"), read(folder, "there")]).toEqual(["old\n", "old\n"]);
  });
});
