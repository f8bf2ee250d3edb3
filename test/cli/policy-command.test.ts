import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startSandbox } from "../sandbox/sandbox.ts";
import { pyready } from "../support/command.ts";
import { temporaryFolders } from "../support/folders.ts";
import { healthy, poor } from "../support/repositories.ts";

const folders = temporaryFolders();
afterAll(() => folders.clear());

const policy = `gate: { min-score: 50 }
rules:
  documentation/runbook-present: off
  testing/test-present: off
waivers:
  - rule: dependencies/sbom-produced
    reason: "The platform makes one for every image.\\u001b[31m"
    owner: "@acme/platform"
    expires: 2026-12-01
`;
const wrong =
  '.github/pyready.yml:4: "testing/test-present" is no rule. Did you mean testing/tests-present? This entry is left out.';
const own = folders.createCheckout({ ...healthy, ".github/pyready.yml": policy });
const plain = folders.createCheckout(healthy);
const bad = folders.createCheckout(poor);
const organisation = folders.create({
  ".github/pyready.yml": "extends: [base.yml]\nenforce:\n  rules:\n    documentation/runbook-present: critical\n",
  "base.yml": "comment: never\n",
  "half.yml": "enforce:\n  rules:\n    documentation/runbook: on\n",
});
const floor = join(organisation, ".github/pyready.yml");
const date = ["--date", "2026-11-24"];

describe("pyready review", () => {
  test("goes by the folder's own policy, and says on standard error what is wrong with it", async () => {
    const { out, error, exit } = await pyready(["review", own, ...date]);
    expect([exit, error]).toEqual([0, `pyready: ${wrong}\n`]);
    expect(out).toContain("dependencies/sbom-produced  Dockerfile:7  until 2026-12-01, @acme/platform: The platform");
    expect(out).toContain("ends in 7 days, on 2026-12-01");
    expect(out).not.toContain("\u001b[31m");
    const { out: json } = await pyready(["review", own, "--format", "json", ...date]);
    const { rules, policy: said } = JSON.parse(json);
    const outcomes = new Map(rules.map((rule: { id: string; outcome: string }) => [rule.id, rule.outcome]));
    expect(outcomes.get("documentation/runbook-present")).toBe("skip");
    expect(outcomes.get("dependencies/sbom-produced")).toBe("waived");
    expect(said.notices.map(({ kind, line }: { kind: string; line: number }) => [kind, line])).toEqual([
      ["error", 4],
      ["expiry", 6],
    ]);
  });
});

describe("pyready policy", () => {
  test("shows every value with its origin, and ends with 1 where something is wrong", async () => {
    const { out, error, exit } = await pyready(["policy", own, "--organisation", floor, ...date]);
    expect([exit, error.split("\n")[0]]).toEqual([1, `pyready: ${wrong}`]);
    expect(out.replace(/ {2,}/g, "  ").split("\n")).toEqual(
      expect.arrayContaining([
        "gate.fail-on  new-blocker  (default)",
        "gate.min-score  50  (.github/pyready.yml:1)",
        `comment  never  (${join(organisation, "base.yml")}:1)`,
        `rules.documentation/runbook-present  critical  (enforced by ${floor}:4)`,
        "waiver of dependencies/sbom-produced  everywhere, until 2026-12-01, @acme/platform  (.github/pyready.yml:6)",
      ]),
    );
  });

  test("as JSON gives the same, and ends with 0 where all is well", async () => {
    const { out, exit } = await pyready(["policy", plain, "--format", "json"]);
    const { valid, values, notices } = JSON.parse(out);
    expect([exit, valid, notices]).toEqual([0, true, []]);
    expect(values[0]).toEqual({
      name: "profile",
      value: "as found",
      origin: { by: "default", path: null, line: null },
    });
  });

  test("of what is not there ends with 2 and one line", async () => {
    const ended = await pyready(["policy", plain, "--organisation", "/nowhere.yml"]);
    expect([ended.exit, ended.out, ended.error]).toEqual([2, "", "pyready: /nowhere.yml cannot be read (ENOENT)\n"]);
  });
});

describe("pyready policy simulate", () => {
  test("tells who would turn red, by which rule, and who is red already", async () => {
    const { out, error, exit } = await pyready(["policy", "simulate", "--floor", floor, plain, bad, ...date]);
    expect([exit, error]).toEqual([1, ""]);
    expect(out.split("\n")).toEqual([
      `turns red       ${plain}  documentation/runbook-present (1); There is 1 blocker.`,
      expect.stringMatching(/^is red already .*documentation\/runbook-present \(1\); There are \d blockers\.$/),
      "",
    ]);
  });

  test("as JSON gives a line for each, and one that cannot be read is told", async () => {
    const args = ["--floor", floor, "--format", "json", ...date];
    const { out, exit } = await pyready(["policy", "simulate", ...args, "/nowhere", plain]);
    const [first, second] = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect([exit, first]).toEqual([2, { target: "/nowhere", error: "/nowhere is not a folder" }]);
    expect(second).toMatchObject({ target: plain, before: "success", after: "failure", turnsRed: true });
  });

  test("refuses a floor that cannot be used whole", async () => {
    const half = join(organisation, "half.yml");
    const { out, error, exit } = await pyready(["policy", "simulate", "--floor", half, plain]);
    expect([exit, out]).toEqual([2, ""]);
    expect(error).toBe(
      `pyready: ${half}:3: "documentation/runbook" is no rule. Did you mean documentation/runbook-present? This entry is left out.\n`,
    );
  });
});

describe("pyready policy simulate --org", () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let environment: NodeJS.ProcessEnv;

  beforeAll(async () => {
    sandbox = await startSandbox();
    sandbox.createRepository({ owner: "acme", name: "orders", files: healthy });
    sandbox.createRepository({ owner: "acme", name: "archive", files: healthy }).archived = true;
    environment = { GITHUB_TOKEN: sandbox.personalToken("ada"), GHE_HOST: sandbox.host, GHE_PROTOCOL: "http" };
  });
  afterAll(() => sandbox.close());

  test("judges every repository of an organisation that is not archived", async () => {
    const { out, error, exit } = await pyready(["policy", "simulate", "--floor", floor, "--org", "acme"], environment);
    expect([exit, error]).toEqual([1, ""]);
    expect(out).toBe("turns red       acme/orders  documentation/runbook-present (1); There is 1 blocker.\n");
  });

  test.each([
    ["no such organisation", ["--org", "nobody"], {}, "there is no organisation nobody, or the token may not see it"],
    ["a wrong token", ["--org", "acme"], { GITHUB_TOKEN: "wrong" }, "GitHub does not accept the token in GITHUB_TOKEN"],
    ["no token", ["--org", "acme"], { GITHUB_TOKEN: "" }, "to list the repositories of acme, set GITHUB_TOKEN"],
    ["nothing to judge", [], {}, "name targets, or an organisation by --org"],
  ])("with %s ends with 2 and says so", async (_, args, changes, says) => {
    const ended = await pyready(["policy", "simulate", "--floor", floor, ...args], { ...environment, ...changes });
    expect([ended.exit, ended.out, ended.error]).toEqual([2, "", `pyready: ${says}\n`]);
  });
});
