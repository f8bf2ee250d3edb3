import { describe, expect, test } from "@jest/globals";
import { defaultPolicy } from "../../src/policy/policy.ts";
import { maker, POLICY, policyFiles, policyOf, told } from "../support/policies.ts";

const waiver = (changes: Readonly<Record<string, string>> = {}) =>
  `waivers:\n  - ${Object.entries({
    rule: "testing/tests-present",
    reason: "The suite arrives with the rewrite.",
    owner: '"@acme/platform"',
    expires: "2027-03-01",
    ...changes,
  })
    .map(([key, value]) => `${key}: ${value}`)
    .join("\n    ")}\n`;

describe("a policy", () => {
  test("is the default where nobody wrote one, or where all of it is commented out", () => {
    for (const text of ["", "# gate:\n#   fail-on: never\n", "gate:\n  # fail-on: never\nrules:\n"])
      expect(policyOf(text)).toMatchObject({ policy: defaultPolicy, notices: [], origins: {}, isValid: true });
  });

  test("says what its keys say, and where each value stands", () => {
    const { policy, origins, notices } = policyOf(
      [
        "profile: worker",
        "gate: { fail-on: blocker, min-score: 70.5, max-drop: 2 }",
        "comment: never",
        "branches: [main, release/*]",
        "exclude: [./legacy/, 'tools/*.py']",
        "components: [., { path: services/api/, profile: web-service }]",
        "rules:",
        "  ci-cd/actions-pinned-to-commit: { severity: medium }",
        "  documentation/runbook-present: off",
        "  testing/tests-present: critical",
        "  security/no-weak-crypto: { enabled: false, severity: low }",
        "  own/has-owner-label: high",
        "compliance: [soc2, { regime: hipaa, check: block }]",
        "deploy: { repo: acme/infrastructure }",
        "observability: { alerts: acme/alerts }",
        "waiver-approval: code-owners",
        "sarif: true",
        'rule-set: "2026.11.1"',
      ].join("\n"),
    );
    const by = (line: number) => `${POLICY}, line ${line}`;
    expect(notices).toEqual([]);
    expect(policy).toEqual({
      ...defaultPolicy,
      profile: "worker",
      gate: { failOn: "blocker", minScore: 70.5, maxDrop: 2 },
      comment: "never",
      branches: ["main", "release/*"],
      exclude: ["legacy", "tools/*.py"],
      components: [
        { path: "", profile: null },
        { path: "services/api", profile: "web-service" },
      ],
      rules: {
        "ci-cd/actions-pinned-to-commit": { off: false, severity: "medium", by: by(8) },
        "documentation/runbook-present": { off: true, severity: null, by: by(9) },
        "testing/tests-present": { off: false, severity: "critical", by: by(10) },
        "security/no-weak-crypto": { off: true, severity: "low", by: by(11) },
        "own/has-owner-label": { off: false, severity: "high", by: by(12) },
      },
      compliance: { regimes: ["soc2", "hipaa"], none: null, checks: { hipaa: "block" }, evidence: {} },
      elsewhere: { deploy: "acme/infrastructure", alerts: "acme/alerts" },
      approval: "code-owners",
      sarif: true,
      ruleSet: "2026.11.1",
    });
    expect(origins["rules.documentation/runbook-present"]).toEqual({ by: "repository", path: POLICY, line: 9 });
  });

  test("may stand in pyproject.toml, with its lines there", () => {
    const text =
      '[project]\nname = "orders"\n\n[tool.pyready]\ncomment = "never"\n\n[[tool.pyready.waivers]]\nrule = "testing/tests-present"\nreason = "The suite arrives with the rewrite."\nowner = "@ada"\nexpires = 2027-03-01\n\n[tool.pyready.rules]\n"testing/test-present" = "off"\n';
    const { policy, notices } = policyOf("", undefined, { files: policyFiles({ "pyproject.toml": text }) });
    expect([policy.comment, policy.waivers[0]?.expires, policy.waivers[0]?.origin.line]).toEqual([
      "never",
      "2027-03-01",
      7,
    ]);
    expect(told(notices)).toEqual([
      'pyproject.toml:14 "testing/test-present" is no rule. Did you mean testing/tests-present? This entry is left out.',
    ]);
  });

  test("in pyready.yml wins over the one in pyproject.toml, and says so", () => {
    const files = policyFiles({ [POLICY]: "comment: never\n", "pyproject.toml": '\n[tool.pyready]\nprofile = "ml"\n' });
    const { policy, notices } = policyOf("", undefined, { files });
    expect([policy.comment, policy.profile]).toEqual(["never", null]);
    expect(told(notices)).toEqual([`pyproject.toml:2 [tool.pyready] is not read, because ${POLICY} is there.`]);
  });

  test("of a manifest that cannot be parsed is none, unless it speaks of pyready", () => {
    const of = (text: string) => policyOf("", undefined, { files: policyFiles({ "pyproject.toml": text }) }).isValid;
    expect([of("[project\n"), of("[project\n[tool.pyready]\n")]).toEqual([true, false]);
  });

  test("has the same hash wherever it is written, and another when it says something else", () => {
    const hash = (text: string) => policyOf(text).hash;
    expect(hash("\n\ncomment: never\n")).toBe(hash("comment: never\n"));
    expect(hash("comment: never\n")).not.toBe(hash("comment: always\n"));
    const of = (text: string) => policyOf("", undefined, { files: policyFiles({ "pyproject.toml": text }) }).hash;
    expect(of('[tool.pyready]\ncomment = "never"\n')).toBe(hash("comment: never\n"));
  });

  test("yes and no, and numbers in quotes, are read as what they are", () => {
    expect(policyOf("sarif: yes\n").policy.sarif).toBe(true);
    expect(told(policyOf('gate: {min-score: "70"}\n').notices)[0]).toContain('gate.min-score is "70"');
  });
});

describe("an entry that is wrong is left out alone", () => {
  test.each([
    [
      "an unknown rule",
      "rules:\n  testing/test-present: off\n",
      ':2 "testing/test-present" is no rule. Did you mean testing/tests-present? This entry is left out.',
    ],
    ["one like no other", "rules:\n  zzz: off\n", ':2 "zzz" is no rule. This entry is left out.'],
    [
      "a severity that is none",
      "rules:\n  testing/tests-present: { severity: hihg }\n",
      ':2 rules."testing/tests-present".severity is "hihg", and has to be low, medium, high or critical. Did you mean high? This entry is left out.',
    ],
    [
      "a setting that is none",
      "rules:\n  testing/tests-present: 3\n",
      ':2 rules."testing/tests-present" is 3, and has to be off, on, low, medium, high or critical. This entry is left out.',
    ],
    [
      "a key of a rule",
      "rules:\n  testing/tests-present: { severty: high }\n",
      ':2 rules."testing/tests-present" has no key "severty". Did you mean severity? This entry is left out.',
    ],
    [
      "a misspelt key",
      "comments: never\n",
      ':1 The policy has no key "comments". Did you mean comment? This entry is left out.',
    ],
    [
      "a key of the gate",
      "gate:\n  fail_on: never\n",
      ':2 gate has no key "fail_on". Did you mean fail-on? This entry is left out.',
    ],
    ["a waiver without its owner", waiver({ owner: "" }), ":2 waivers[0] lacks owner. This entry is left out."],
    [
      "a waiver of no rule",
      waiver({ rule: "testing/tests" }),
      ':2 waivers[0].rule is "testing/tests", and has to be the id of a rule. This entry is left out.',
    ],
    [
      "an owner that is nobody",
      waiver({ owner: "bob" }),
      ':4 waivers[0].owner is "bob", and has to be a person or team as @name or @organisation/team, or a mail address. This entry is left out.',
    ],
    [
      "a reason that says nothing",
      waiver({ reason: "legacy" }),
      ':3 waivers[0].reason is "legacy", and has to be a sentence of 10 to 500 characters. This entry is left out.',
    ],
    [
      "a day in words",
      waiver({ expires: "next March" }),
      ':5 waivers[0].expires is "next March", and has to be a day, as 2027-03-01. This entry is left out.',
    ],
    [
      "a day that is none",
      waiver({ expires: "2027-02-31" }),
      ":2 expires is 2027-02-31, which is no day of the calendar. The waiver is left out.",
    ],
    [
      "a waiver for too long",
      waiver({ expires: "2027-05-24" }),
      ":2 The waiver of testing/tests-present expires on 2027-05-24, and at most 180 days are allowed: 2027-05-23 is the latest. The waiver is left out.",
    ],
    [
      "one of a critical rule",
      waiver({ rule: "security/no-committed-secrets" }),
      ":2 The waiver of security/no-committed-secrets expires on 2027-03-01, and of a critical rule at most 90 days are allowed: 2027-02-22 is the latest. The waiver is left out.",
    ],
    [
      "a path with too many wildcards",
      waiver({ paths: "['*a*b*c*']" }),
      ':6 waivers[0].paths[0] is "*a*b*c*", and has to be a glob from the repository\'s root, as "legacy/**" (no first slash, none of !()|\\, at most two * in a part, two ** and one {}). This entry is left out.',
    ],
    [
      "a waiver that is a word",
      "waivers: [all]\n",
      ':1 waivers[0] is "all", and has to be a map of rule, paths, reason, owner and expires. This entry is left out.',
    ],
    [
      "what only the organisation may say",
      "enforce: { waivers: true }\n",
      ":1 enforce has an effect in the organisation's .github repository alone.",
    ],
    [
      "what it extends without an organisation",
      "extends: [base.yml]\n",
      ":1 extends names base.yml, and no organisation's policy was read.",
    ],
  ])("%s", (_, text, expected) => {
    const { notices, isValid } = policyOf(`${text}profile: ml\n`);
    const { policy } = policyOf(`${text}profile: ml\n`);
    expect(told(notices)).toEqual([`${POLICY}${expected}`]);
    expect([isValid, policy.profile]).toEqual([true, "ml"]);
  });

  test("and the others of its kind stay, in their places", () => {
    const text = `${waiver({ owner: "bob" })}${waiver({ rule: "ci-cd/tests-run" }).replace("waivers:\n", "")}`;
    const { policy } = policyOf(text);
    expect(policy.waivers.map(({ rule, origin }) => [rule, origin.line])).toEqual([["ci-cd/tests-run", 6]]);
  });

  test("a rule under a name that it had before is the rule", () => {
    const known = maker.policyOf({ files: policyFiles({ [POLICY]: "rules: {}\n" }), date: "2026-11-24" });
    expect(known.policy.rules).toEqual({});
  });
});

describe("a file that cannot be used", () => {
  const broken: readonly (readonly [string, string, string])[] = [
    ["broken YAML", "gate: [\n", ":2 Not valid YAML: unexpected end of the stream within a flow collection."],
    [
      "two documents",
      "comment: never\n---\ncomment: always\n",
      ":3 Line 3 begins a second document, and only one is read.",
    ],
    ["a list", "- gate\n", ":1 It is a list, and has to be a map of keys. The file is not used."],
    [
      "a gate that is a word",
      "gate: strict\n",
      ':1 gate is "strict", and has to be a map of fail-on, min-score and max-drop. The file is not used.',
    ],
    [
      "a score that is too high",
      "gate:\n  min-score: 120\n",
      ":2 gate.min-score is 120, and has to be a number from 0 to 100. The file is not used.",
    ],
    [
      "a word that is near",
      "gate:\n  fail-on: blockers\n",
      ':2 gate.fail-on is "blockers", and has to be never, new-blocker or blocker. Did you mean blocker? The file is not used.',
    ],
    [
      "a comment that is off",
      "comment: off\n",
      ":1 comment is false, and has to be changes, always or never. The file is not used.",
    ],
    [
      "a profile of nobody",
      "profile: webservice\n",
      ':1 profile is "webservice", and has to be web-service, library, cli, worker, serverless, data-pipeline, ml, automation, notebooks or docs-only. Did you mean web-service? The file is not used.',
    ],
    [
      "a regime of nobody",
      "compliance: [soc3]\n",
      ':1 compliance[0] is "soc3", and has to be soc2, hipaa, pci-dss, osps-baseline or nist-ssdf. Did you mean soc2? The file is not used.',
    ],
    [
      "a misspelt key that was needed",
      "compliance: { nnone: internal tool }\n",
      ':1 compliance has no key "nnone". Did you mean none? The file is not used.',
    ],
    [
      "a folder outside",
      "components: [/srv/api]\n",
      ':1 components[0] is "/srv/api", and has to be a folder, or a map of path and profile. The file is not used.',
    ],
    [
      "rules that are a list",
      "rules: [testing/tests-present]\n",
      ":1 rules is a list, and has to be a map of rule ids. The file is not used.",
    ],
    [
      "a rule set that is not there",
      "rule-set: 1999.1\n",
      ":1 rule-set is 1999.1, and has to be 2026.11.1. The file is not used.",
    ],
    ["too much text", `# ${"x".repeat(64_000)}\ncomment: never\n`, " It is longer than 64000 characters."],
    ["too many values", `branches: [${"a, ".repeat(5000)}a]\n`, " It has more than 5000 values."],
    [
      "values that aliases make",
      `a: &a [${"x, ".repeat(99)}x]\nb: &b [${"*a, ".repeat(99)}*a]\nc: [${"*b, ".repeat(99)}*b]\n`,
      " Its aliases expand to too many values.",
    ],
    ["too deep nesting", `a: ${"[".repeat(200)}`, ""],
    [
      "too many of one list",
      `branches: [${Array.from({ length: 51 }, (_, index) => `b${index}`).join(", ")}]\n`,
      ":1 branches has more than 50 elements. The file is not used.",
    ],
  ];

  test.each(broken)("says so: %s", (_, text, expected) => {
    const { notices, isValid, policy } = policyOf(text);
    expect(isValid).toBe(false);
    expect(policy).toEqual(defaultPolicy);
    expect(told(notices)[0]?.startsWith(`${POLICY}${expected}`)).toBe(true);
    expect(told(notices).at(-1)).toBe(`${POLICY} The default policy holds until it is mended.`);
  });

  test("gives way to the last one that could be used, which is named", () => {
    const last = { files: policyFiles({ [POLICY]: "comment: never\n" }), commit: "4f1c2ab".padEnd(40, "0") };
    const { policy, notices } = policyOf("gate: strict\ncomment: always\n", undefined, { last });
    expect(policy.comment).toBe("never");
    expect(told(notices).at(-1)).toBe(
      `${POLICY} The last policy that could be used, of commit 4f1c2ab, holds until it is mended.`,
    );
  });

  test("gives way to the organisation's where there is one", () => {
    const { policy, notices } = policyOf("gate: strict\n", "comment: never\n");
    expect(policy.comment).toBe("never");
    expect(told(notices).at(-1)).toBe(`${POLICY} The organisation's policy holds until it is mended.`);
  });

  test("that nobody could read is not taken for none", () => {
    const files = { [POLICY]: { kind: "unreadable", reason: "it is binary" } } as const;
    const { notices, isValid } = policyOf("", undefined, { files });
    expect([isValid, told(notices)[0]]).toEqual([false, `${POLICY} It cannot be read: it is binary.`]);
  });
});

describe("an organisation", () => {
  const shared =
    "gate: { fail-on: blocker, min-score: 60 }\nrules: { testing/tests-present: critical }\nexclude: [vendor-copies]\n";

  test("gives what the repository does not say itself, key by key", () => {
    const { policy, origins } = policyOf("gate: { min-score: 70 }\nexclude: [legacy]\n", shared);
    expect(policy.gate).toEqual({ failOn: "blocker", minScore: 70, maxDrop: null });
    expect([policy.exclude, policy.rules["testing/tests-present"]?.severity]).toEqual([["legacy"], "critical"]);
    expect([origins["gate.fail-on"], origins["gate.min-score"]]).toEqual([
      { by: "organisation", path: `acme/.github: ${POLICY}`, line: 1 },
      { by: "repository", path: POLICY, line: 1 },
    ]);
  });

  test("has its waivers beside those of the repository", () => {
    const { policy } = policyOf(waiver({ rule: "ci-cd/tests-run" }), waiver());
    expect(policy.waivers.map(({ rule, origin }) => [rule, origin.by])).toEqual([
      ["testing/tests-present", "organisation"],
      ["ci-cd/tests-run", "repository"],
    ]);
  });

  test("hands out more files to build on, and tells which are still wanted", () => {
    const given = {
      repository: "acme/.github",
      files: policyFiles({ "teams/pay.yml": "comment: never\nextends: [x.yml]\n" }),
    };
    const text = "extends: [teams/pay.yml, teams/gone.yml]\ncomment: always\n";
    const { policy, notices, wanted } = policyOf(text, undefined, { organisation: given });
    expect([policy.comment, wanted]).toEqual(["always", ["teams/gone.yml"]]);
    expect(told(notices)).toEqual([
      "acme/.github: teams/pay.yml:2 extends has no effect in a file that others build on.",
      `${POLICY}:1 extends names teams/gone.yml, which is not in acme/.github.`,
    ]);
  });

  test("whose files may be old says so", () => {
    const organisation = { repository: "acme/.github", files: {}, stale: "It could not be read since 2026-11-20." };
    expect(told(policyOf("", undefined, { organisation }).notices)).toEqual([
      "acme/.github It could not be read since 2026-11-20.",
    ]);
  });

  test("whose file is broken is told by its name", () => {
    expect(told(policyOf("", "gate: strict\n").notices)[0]).toMatch(
      /^acme\/\.github: \.github\/pyready\.yml:1 gate is/,
    );
    const organisation = { repository: "acme/.github", files: policyFiles({ [POLICY]: "gate: strict\n" }) };
    expect(maker.check(organisation).isValid).toBe(false);
  });
});
