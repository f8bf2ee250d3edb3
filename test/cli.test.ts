import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { startSandbox } from "./sandbox/sandbox.ts";
import { type Ended, pyready } from "./support/command.ts";
import { git, temporaryFolders } from "./support/folders.ts";
import { healthy, poor } from "./support/repositories.ts";

const folders = temporaryFolders();
const good = folders.createCheckout(healthy);
const bad = folders.createCheckout(poor);
const nowhere = join(good, "nowhere");
afterAll(() => folders.clear());

const ajv = new Ajv2020({ allowUnionTypes: true });
ajv.addFormat("date", /^\d{4}-\d{2}-\d{2}$/);
const isReport = ajv.compile(JSON.parse(readFileSync("schema/report.schema.json", "utf8")));
const linesOf = ({ out }: Ended) =>
  out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("pyready review", () => {
  test("of a repository in good order ends with 0, and says what it looked at", async () => {
    const { exit, out, error } = await pyready(["review", good]);
    expect([exit, error]).toEqual([0, ""]);
    expect(out).toMatch(/Ready {2}\d+ of 100/);
    expect(out).toMatch(/\d+ files read/);
  });

  test("of one with a blocker ends with 1, and names the place", async () => {
    const { exit, out } = await pyready(["review", bad]);
    expect(exit).toBe(1);
    expect(out).toContain("Dockerfile:2");
    expect(out).toContain("The gate does not pass.");
  });

  test("of several targets prints one line of JSON each, in their order; the gravest counts", async () => {
    const ended = await pyready(["review", bad, nowhere, good, "--format", "json", "--repairs"]);
    const [first, second, third, ...rest] = linesOf(ended);
    expect(rest).toEqual([]);
    expect([first.verdict, second.error, third.verdict]).toEqual(["not-ready", expect.any(String), "ready"]);
    expect([ended.exit, ended.error]).toEqual([2, `pyready: ${nowhere} is not a folder\n`]);
    expect(first.rules.find(({ id }: { id: string }) => id === "deployment/container-runs-as-non-root").repair).toEqual(
      {
        isWhole: true,
        paths: ["Dockerfile"],
      },
    );
    for (const report of [first, third]) expect([isReport(report), isReport.errors]).toEqual([true, null]);
  });

  test("prints the same bytes for the same input", async () => {
    const [first, second] = await Promise.all(
      ["json", "json"].map((format) => pyready(["review", bad, "--format", format])),
    );
    expect(first?.out).toBe(second?.out);
  });

  test("of a folder without Python is not applicable, and passes", async () => {
    const ended = await pyready(["review", folders.create({ "main.go": "package main\n" }), "--format", "json"]);
    expect(ended.exit).toBe(0);
    expect(linesOf(ended)[0]).toMatchObject({ verdict: "not-applicable", profile: "none", score: null });
  });

  test("fails below --min-score, and says so", async () => {
    const { exit, out } = await pyready(["review", good, "--min-score", "100"]);
    expect([exit, out.trimEnd().split("\n").at(-1)]).toEqual([1, "The gate does not pass. The score is below 100."]);
  });

  describe("with --base", () => {
    /** A checkout in bad order on its branch main, with this on top. */
    const changed = (files: Readonly<Record<string, string>>): string => {
      const folder = folders.createCheckout(poor);
      git(folder, "checkout", "--quiet", "-b", "main");
      git(folder, "commit", "--quiet", "--message", "Begin");
      for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
      return folder;
    };

    test("judges the change, and not the debt", async () => {
      const folder = changed({ "notes.py": "RETRIES = 3\n" });
      const ended = await pyready(["review", folder, "--base", "main", "--format", "json"]);
      expect([ended.exit, ended.error]).toEqual([0, ""]);
      const [report] = linesOf(ended);
      expect(isReport(report) || isReport.errors).toBe(true);
      expect(report).toMatchObject({
        gate: { conclusion: "success", reasons: [] },
        comparison: { base: { blockers: 1, verdict: "not-ready" }, added: [], fixed: [] },
      });
      expect(report.comparison.base.commit).toBe(git(folder, "rev-parse", "main"));
    });

    test("fails what the change brings, and says what is new", async () => {
      const folder = changed({
        "worker.Dockerfile": "FROM python:3.13-slim\nENV LEDGER_TOKEN=ld-4b7c91e2-slow-lantern\n",
      });
      const { exit, out } = await pyready(["review", folder, "--base", "main"]);
      expect(exit).toBe(1);
      expect(out).toMatch(/new {2}worker\.Dockerfile:2/);
      expect(out).not.toMatch(/new {2}Dockerfile:2/);
      expect(out).toMatch(/^Since [0-9a-f]{7}: score \d+ → \d+ \([+−]\d+\.\d\), \d+ new findings?, \d+ fixed$/m);
      expect(out.trimEnd().split("\n").at(-1)).toBe("The gate does not pass. The change brings 1 blocker.");
    });

    test("heeds a comment of the base that silences a finding, and lists one that the change adds", async () => {
      const get = (url: string) => `import requests\n\nrequests.get("${url}")  # noqa: S113\n`;
      const folder = changed({ "old.py": get("https://old.example.com") });
      git(folder, "add", ".");
      git(folder, "commit", "--quiet", "--message", "Ask");
      writeFileSync(join(folder, "new.py"), get("https://new.example.com"));
      const { out } = await pyready(["review", folder, "--base", "main", "--format", "terminal"]);
      expect(out).toMatch(/new {2}new\.py:3/);
      expect(out).toMatch(/^Suppressed by comments.*:\n.*outbound-calls-have-timeouts {2}old\.py:3/m);
      expect(out).toContain(
        "This change tells a tool to pass over what code-quality/outbound-calls-have-timeouts finds here",
      );
    });

    test("says what is wrong with a reference that is not there", async () => {
      const { exit, out, error } = await pyready(["review", changed({}), "--base", "nowhere"]);
      expect([exit, out]).toEqual([2, ""]);
      expect(error).toBe("pyready: nowhere is no commit of this checkout; fetch it first (git fetch origin nowhere)\n");
    });

    test("compares saved snapshots", async () => {
      const [before, after] = ["before", "after"].map((name) => join(folders.create(), `${name}.json`)) as [
        string,
        string,
      ];
      await pyready(["review", good, "--save", before]);
      await pyready(["review", bad, "--save", after]);
      const ended = await pyready(["replay", after, "--base", before, "--format", "json"]);
      expect(ended.exit).toBe(1);
      expect(linesOf(ended)[0].comparison.added).toContainEqual({
        rule: "deployment/no-secrets-in-images-or-manifests",
        path: "Dockerfile",
        line: 2,
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        isBlocking: true,
      });
    });
  });

  test("writes Markdown to --output, and nothing to standard output", async () => {
    const file = join(folders.create(), "report.md");
    const { exit, out } = await pyready(["review", bad, "--format", "markdown", "--output", file]);
    expect([exit, out]).toEqual([1, ""]);
    expect(readFileSync(file, "utf8")).toMatch(/^# .+/);
  });

  test("writes SARIF and HTML, each a document of its own", async () => {
    const [sarif, html] = await Promise.all(
      ["sarif", "html"].map((format) => pyready(["review", bad, "--format", format])),
    );
    expect(JSON.parse(sarif?.out ?? "").runs[0].results[0]).toMatchObject({ level: "error" });
    expect(html?.out).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  test("writes a file each into a folder, named after the targets", async () => {
    const folder = `${join(folders.create(), "reports")}/`;
    const { exit, out } = await pyready(["review", bad, nowhere, good, "--format", "html", "--output", folder]);
    const names = [bad, good].map((target) => `${target.slice(1).replaceAll("/", "-")}.html`);
    expect([exit, out, readdirSync(folder).sort()]).toEqual([2, "", names.sort()]);
  });

  test("keeps a snapshot with --save, and replay says the same of it", async () => {
    const file = join(folders.create(), "orders.json.gz");
    const reviewed = await pyready(["review", bad, "--format", "json", "--save", file]);
    const replayed = await pyready(["replay", file, "--format", "json"]);
    expect(replayed.exit).toBe(1);
    expect(linesOf(replayed)).toEqual(linesOf(reviewed));
  });

  test("counts end of life from --date", async () => {
    const old = folders.create({ ...healthy, Dockerfile: "FROM python:3.12-slim\nUSER 1000\n" });
    const outcomeOn = async (date: string) =>
      linesOf(await pyready(["review", old, "--format", "json", "--date", date]))[0].rules.find(
        ({ id }: { id: string }) => id === "dependencies/python-runtime-not-eol",
      ).outcome;
    expect([await outcomeOn("2026-01-01"), await outcomeOn("2029-06-01")]).toEqual(["pass", "fail"]);
  });

  test.each<[string, readonly string[], RegExp]>([
    ["an unknown format", ["review", good, "--format", "xml"], /^pyready: .*--format.*xml.*\n$/s],
    ["a score over 100", ["review", good, "--min-score", "101"], /from 0 to 100/],
    ["a day that is none", ["review", good, "--date", "2026-13-01"], /as 2026-11-22/],
    ["an unknown option", ["review", "--fix"], /unknown option '--fix'/],
    ["an unknown command", ["reveiw"], /unknown command 'reveiw'/],
    [
      "an output that cannot be written",
      ["review", good, "--output", `${nowhere}/a/b`],
      /cannot be written \(ENOENT\)/,
    ],
    [
      "several reports in one file of HTML",
      ["review", good, bad, "--format", "html", "--output", `${good}/a.html`],
      /a file of html holds one report/,
    ],
    ["a snapshot that cannot be kept", ["review", good, "--save", `${nowhere}/a/b`], /cannot be written \(ENOENT\)/],
    ["a file as a folder", ["review", "package.json"], /package.json is not a folder/],
    ["a remote without a token", ["review", "acme/orders"], /set GITHUB_TOKEN/],
    ["a snapshot that is none", ["replay", "package.json"], /package.json is no saved snapshot/],
    ["a snapshot that is not there", ["replay", "gone.json"], /gone.json cannot be read \(ENOENT\)/],
    ["an unknown rule", ["explain", "testing/tests"], /there is no rule "testing\/tests"; there is testing\//],
  ])("ends with 2 and one line for %s", async (_, args, says) => {
    const { exit, error } = await pyready(args);
    expect(exit).toBe(2);
    expect(error).toMatch(says);
    expect(error).not.toMatch(/^\s+at /m);
  });
});

describe("pyready rules and explain", () => {
  test("list the catalogue, and say why a rule matters", async () => {
    const rules = await pyready(["rules"]);
    expect(rules.out).toContain("deployment/images-pinned");
    expect(rules.out).toMatch(/\d+ rules\n$/);
    const explained = await pyready(["explain", "deployment/images-pinned"]);
    expect(explained.out).toMatch(/Why: .*\nFix: .*\n`pyready fix` repairs this .*\n\nPasses\nDockerfile/);
  });
});

describe("pyready review OWNER/REPO", () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let environment: NodeJS.ProcessEnv;

  beforeAll(async () => {
    sandbox = await startSandbox();
    sandbox.createRepository({ owner: "acme", name: "orders", files: poor });
    environment = {
      GITHUB_TOKEN: sandbox.personalToken("ada"),
      GHE_HOST: sandbox.host,
      GHE_PROTOCOL: "http",
    };
  });
  afterAll(() => sandbox.close());

  test("reads the default branch, or a ref, as the folder would be read", async () => {
    const remote = await pyready(["review", "acme/orders", "acme/orders@main", "--format", "json"], environment);
    const [byName, byRef] = linesOf(remote);
    const [local] = linesOf(await pyready(["review", bad, "--format", "json"]));
    expect(byName).toEqual(byRef);
    expect(byName.commit).toMatch(/^[0-9a-f]{40}$/);
    const outcomes = ({ rules }: { rules: readonly { id: string; outcome: string }[] }) =>
      rules.map(({ id, outcome }) => `${id} ${outcome}`);
    expect(outcomes(byName)).toEqual(outcomes(local));
  });

  test("compares a ref with where it left its base", async () => {
    const [repository] = [...sandbox.state.repositories.values()];
    if (!repository) throw new Error("there is no repository");
    await sandbox.forcePush(repository, "change", { ...poor, "notes.py": "RETRIES = 3\n" });
    const ended = await pyready(["review", "acme/orders@change", "--base", "main", "--format", "json"], environment);
    expect(ended.exit).toBe(0);
    const { commit } = linesOf(ended)[0].comparison.base;
    expect(commit).toBe(repository.branches.get("main"));
    const { exit, error } = await pyready(["review", "acme/orders", "--base", "gone"], environment);
    expect([exit, error]).toEqual([2, "pyready: gone is nothing that acme/orders could be compared with\n"]);
  });

  test.each([
    ["is not there", "acme/missing", {}, "acme/missing is not on GitHub, or the token may not read it"],
    ["has no such ref", "acme/orders@gone", {}, "acme/orders@gone is not on GitHub, or the token may not read it"],
    [
      "is asked for with a wrong token",
      "acme/orders",
      { GITHUB_TOKEN: "wrong" },
      "GitHub does not accept the token in GITHUB_TOKEN",
    ],
  ])("that %s ends with 2 and says so", async (_, target, changes, says) => {
    const { exit, error } = await pyready(["review", target], { ...environment, ...changes });
    expect([exit, error]).toEqual([2, `pyready: ${says}\n`]);
  });
});
