import { describe, expect, test } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { withWaiver } from "../../src/policy/add-waiver.ts";
import { policyMaker } from "../../src/policy/policy-of.ts";

const waiver = {
  rule: "security/no-weak-crypto",
  path: "legacy/hash.py",
  reason: 'It is "no" secret: # really',
  owner: "@grace",
  expires: "2027-01-31",
};
const ENTRY = `  - rule: security/no-weak-crypto
    paths:
      - legacy/hash.py
    reason: 'It is "no" secret: # really'
    owner: "@grace"
    expires: "2027-01-31"
`;
const TOML = `rule = "security/no-weak-crypto"
paths = ["legacy/hash.py"]
reason = "It is \\"no\\" secret: # really"
owner = "@grace"
expires = "2027-01-31"
`;
const added = (files: Readonly<Record<string, string | null>>, changes: Partial<typeof waiver> = {}) =>
  withWaiver(new Map(Object.entries(files)), { ...waiver, ...changes });
const YAML = ".github/pyready.yml";

describe("a waiver", () => {
  test.each<[string, Readonly<Record<string, string>>, string, string]>([
    [
      "begins a policy where there is none",
      { "pyproject.toml": "[project]\nname = 'x'\n" },
      YAML,
      `# The policy of pyready for this repository.\nwaivers:\n${ENTRY}`,
    ],
    [
      "comes last, and what stands there stays",
      {
        [YAML]: `gate: { fail-on: never } # hm\nwaivers:\n  # old\n  - rule: a/b\n    expires: 2027-01-01\n\n# end\ncomment: never\n`,
      },
      YAML,
      `gate: { fail-on: never } # hm\nwaivers:\n  # old\n  - rule: a/b\n    expires: 2027-01-01\n${ENTRY}\n# end\ncomment: never\n`,
    ],
    [
      "begins the list where there is none",
      { [YAML]: "comment: never" },
      YAML,
      `comment: never\nwaivers:\n${ENTRY.trimEnd()}`,
    ],
    [
      "follows a file of comments alone",
      { [YAML]: "# nothing yet" },
      YAML,
      `# nothing yet\n# The policy of pyready for this repository.\nwaivers:\n${ENTRY}`,
    ],
    [
      "keeps the line ends of the file",
      { [YAML]: "comment: never\r\nwaivers:\r\n" },
      YAML,
      `comment: never\r\nwaivers:\r\n${ENTRY.replaceAll("\n", "\r\n")}`,
    ],
    [
      "goes to pyproject.toml where the policy stands there",
      { "pyproject.toml": "[tool.pyready]\n[[tool.pyready.waivers]]\nrule = 'a/b'\n" },
      "pyproject.toml",
      `[tool.pyready]\n[[tool.pyready.waivers]]\nrule = 'a/b'\n\n[[tool.pyready.waivers]]\n${TOML}`,
    ],
  ])("%s", (_, files, path, after) => {
    expect(added(files)).toEqual({ path, before: files[path] ?? null, after });
  });

  test("of a whole rule has no paths", () => {
    expect(added({}, { path: null as unknown as string })).toMatchObject({
      after: expect.not.stringContaining("paths"),
    });
  });

  test("begins a list in the table of pyproject.toml", () => {
    const before = '[tool.pyready]\ncomment = "never" # hm\n\n[tool.ruff]\n';
    expect(added({ "pyproject.toml": before })).toMatchObject({
      path: "pyproject.toml",
      after: expect.stringMatching(
        /^\[tool\.pyready\]\ncomment = "never" # hm\nwaivers = \[[\s\S]+\]\n\n\[tool\.ruff\]\n$/,
      ),
    });
  });

  test.each(["no: key", "- item", "'quoted'", "a\tb", "{{ jinja }}", "*alias", "null", "2027-01-01", "x".repeat(200)])(
    "whose reason is %s is read back as it was written",
    (reason) => {
      expect(added({ [YAML]: "waivers:\n" }, { reason })).toMatchObject({ path: YAML });
      expect(added({ "pyproject.toml": "[tool.pyready]\n" }, { reason })).toMatchObject({ path: "pyproject.toml" });
    },
  );

  test.each([
    [YAML, "comment: never\n"],
    ["pyproject.toml", "[tool.pyready]\n"],
    ["pyproject.toml", "[[tool.pyready.waivers]]\n"],
  ])("is one that the policy takes, in %s", (path, before) => {
    const change = added({ [path]: before }, { owner: "@ada_acme" });
    if (typeof change === "string") throw new Error(change);
    const text = change.after.replace("[[tool.pyready.waivers]]\n\n", "");
    const files = { [path]: { kind: "text" as const, text } };
    const { policy, notices } = policyMaker(rules).policyOf({ files, date: "2026-11-25" });
    expect(notices).toEqual([]);
    expect(policy.waivers).toMatchObject([{ rule: waiver.rule, paths: [waiver.path], owner: "@ada_acme" }]);
  });

  test.each<[string, Readonly<Record<string, string | null>>, string]>([
    ["is broken", { [YAML]: "waivers: [\n" }, `${YAML} is not written as usual`],
    ["holds something else", { [YAML]: "waivers: none\n" }, `${YAML} is not written as usual`],
    ["is no map", { [YAML]: "- a\n" }, `${YAML} is not written as usual`],
    ["is a list of an alias", { [YAML]: "a: &a []\nwaivers: *a\n" }, `${YAML} is not written as usual`],
    ["cannot be read", { [YAML]: null }, `${YAML} cannot be read`],
    [
      "may stand in a pyproject.toml that is broken",
      { "pyproject.toml": "[tool.pyready\n" },
      "pyproject.toml is not written as usual",
    ],
    ["may stand in a pyproject.toml that cannot be read", { "pyproject.toml": null }, "pyproject.toml cannot be read"],
  ])("is not added to a policy that %s", (_, files, reason) => {
    expect(added(files)).toBe(reason);
  });
});
