import { describe, expect, test } from "@jest/globals";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { countsIn } from "../../src/engine/rule-set.ts";
import { defaultTerms, type Terms, type WaiverTerms } from "../../src/engine/terms.ts";
import { type AnyRule, defineRule, fail, failIfAny, pass, skip } from "../../src/rule.ts";
import { type MiniFile, miniSnapshot } from "../support/mini-snapshot.ts";
import { python } from "../support/python.ts";

const date = "2026-11-22";

/** A rule that finds every file of Python that is the project's own. */
const everyFile = ruleThat(({ pythonFiles }) =>
  failIfAny(pythonFiles.paths.map((path) => ({ path, line: 1, found: {} }))),
);

function ruleThat(check: AnyRule["check"], rest: Partial<AnyRule> = {}): AnyRule {
  return {
    ...defineRule({
      title: "No file of Python is there",
      severity: "high",
      why: "It is told to.",
      fix: "Delete it.",
      references: [],
      needs: ["pythonFiles", "profile"],
      check: () => pass(),
      message: () => "It is there.",
      examples: { passes: {}, fails: {} },
    }),
    check,
    ...rest,
  } as AnyRule;
}

function waiver(changes: Partial<WaiverTerms> = {}): WaiverTerms {
  return {
    rule: "testing/x",
    paths: [],
    reason: "It goes away in March.",
    owner: "@acme/platform",
    expires: "2026-12-31",
    ...changes,
  };
}

const service = { "a.py": "x = 1\n", "legacy/b.py": "y = 2\n", "legacy/deep/c.py": "z = 3\n" };

async function reviewed(
  terms: Partial<Terms>,
  rule: AnyRule = everyFile,
  files: Readonly<Record<string, MiniFile>> = service,
) {
  const rules = [
    { id: "testing/x", rule },
    { id: "testing/other", rule: ruleThat(() => pass()) },
  ];
  const review = await reviewSnapshot(miniSnapshot(files), {
    rules,
    date,
    python,
    terms: async () => ({ ...defaultTerms, ...terms }),
  });
  const result = review.rules[0];
  if (!result) throw new Error("no result");
  return { review, result, places: result.evidence.map(({ path }) => path) };
}

describe("a rule that is off", () => {
  const off = { "testing/x": { off: true, severity: null, by: ".github/pyready.yml, line 3" } };

  test("is skipped, says by whom, and leaves the score", async () => {
    const { review, result } = await reviewed({ rules: off });
    expect([result.outcome, result.reason]).toEqual(["skip", "switched off by .github/pyready.yml, line 3"]);
    expect(review.score).toBe(100);
  });

  test("is judged all the same where the organisation enforces it", async () => {
    const { result } = await reviewed({
      rules: off,
      enforced: { ...defaultTerms.enforced, rules: ["testing/x"] },
    });
    expect(result.outcome).toBe("fail");
  });
});

test("a severity of the policy is that of the result, of blockers, and of the score", async () => {
  const { review, result } = await reviewed({
    rules: { "testing/x": { off: false, severity: "critical", by: "" } },
  });
  expect([result.severity, review.blockers, review.verdict]).toEqual(["critical", 3, "not-ready"]);
  const { review: lowered } = await reviewed({ rules: { "testing/x": { off: false, severity: "low", by: "" } } });
  expect([review.score, lowered.score].map((score) => Math.round(score ?? 0))).toEqual([38, 86]);
});

describe("paths that are left out", () => {
  test("are as if they were not there, with all that is below them", async () => {
    expect((await reviewed({ exclude: ["legacy"] })).places).toEqual(["a.py"]);
    expect((await reviewed({ exclude: ["legacy/*.py"] })).places).toEqual(["a.py", "legacy/deep/c.py"]);
  });

  test("are looked at by what the organisation enforces", async () => {
    const enforced = { ...defaultTerms.enforced, rules: ["testing/x"] };
    expect((await reviewed({ exclude: ["legacy"], enforced })).places).toHaveLength(3);
    const vendored = { ...service, ".gitattributes": "legacy/** linguist-vendored\n" };
    expect((await reviewed({}, everyFile, vendored)).places).toEqual(["a.py"]);
    expect((await reviewed({ enforced }, everyFile, vendored)).places).toHaveLength(3);
    const own = { ...enforced, scope: { ...enforced.scope, exclude: ["legacy/deep"] } };
    expect((await reviewed({ exclude: ["legacy"], enforced: own })).places).toEqual(["a.py", "legacy/b.py"]);
  });
});

describe("what another repository holds, as the policy says", () => {
  const lacking = ruleThat(() => fail([{ found: {} }]), { attestedBy: "deploy" });
  const elsewhere = { deploy: "acme/infrastructure", alerts: null };

  test("is half as bad to lack here, and told", async () => {
    const { result } = await reviewed({ elsewhere }, lacking);
    expect([result.outcome, result.value]).toEqual(["partial", 0.5]);
    expect(result.evidence[0]?.message).toBe(
      "The policy says that acme/infrastructure holds it, and nobody looked there.",
    );
  });

  test("excuses nothing that stands here, and no other rule", async () => {
    const present = ruleThat(() => fail([{ path: "a.py", line: 1, found: {} }]), { attestedBy: "deploy" });
    expect((await reviewed({ elsewhere }, present)).result.outcome).toBe("fail");
    expect((await reviewed({ elsewhere }, { ...lacking, attestedBy: "alerts" })).result.outcome).toBe("fail");
  });

  test("excuses nothing that the organisation enforces, unless it says so itself", async () => {
    const { scope } = defaultTerms.enforced;
    const enforced = { ...defaultTerms.enforced, rules: ["testing/x"] };
    expect((await reviewed({ elsewhere, enforced }, lacking)).result.outcome).toBe("fail");
    const said = { ...enforced, scope: { ...scope, elsewhere } };
    expect((await reviewed({ elsewhere, enforced: said }, lacking)).result.outcome).toBe("partial");
  });
});

describe("the profile", () => {
  const tellsProfile = ruleThat(({ profile }) => skip(profile.id));

  test("of the policy wins over the one that is found, and is told", async () => {
    const { review, result } = await reviewed({ profile: "worker" }, tellsProfile);
    expect([review.profile, result.reason]).toEqual(["worker", "worker"]);
    expect(review.profileEvidence).toEqual([{ path: null, line: null, message: "the policy says so" }]);
  });

  test("of a repository without Python stays none", async () => {
    const { review } = await reviewed({ profile: "worker" }, tellsProfile, { "main.go": "" });
    expect(review.profile).toBe("none");
  });

  test("is the one that is found, for what the organisation enforces", async () => {
    const enforced = { ...defaultTerms.enforced, rules: ["testing/x"] };
    const { review, result } = await reviewed({ profile: "notebooks", enforced }, tellsProfile);
    expect(review.profile).toBe("notebooks");
    expect(result.reason).not.toBe("notebooks");
  });
});

describe("components of the policy", () => {
  const services = { "services/api/a.py": "x = 1\n".repeat(50), "services/jobs/b.py": "y = 2\n".repeat(50) };

  test("take the place of those that are found, each with a profile of its own", async () => {
    const { review } = await reviewed(
      {
        components: [
          { path: "services/api", profile: "web-service" },
          { path: "services/jobs", profile: null },
        ],
        profile: "worker",
      },
      everyFile,
      services,
    );
    expect(review.components.map(({ root, profile }) => [root, profile])).toEqual([
      ["services/api", "web-service"],
      ["services/jobs", "worker"],
    ]);
  });

  test("without files are none, and then those that are found stay", async () => {
    const { review } = await reviewed({ components: [{ path: "services/ap", profile: null }] }, everyFile, services);
    expect(review.components.map(({ root }) => root)).toEqual([""]);
  });

  test("hide nothing from what the organisation enforces", async () => {
    const enforced = { ...defaultTerms.enforced, rules: ["testing/x"] };
    const components = [{ path: "services/api", profile: null }];
    expect((await reviewed({ components }, everyFile, services)).places).not.toContain("services/jobs/b.py");
    expect((await reviewed({ components, enforced }, everyFile, services)).places).toEqual(Object.keys(services));
  });
});

describe("a waiver", () => {
  test("of every place leaves both sums, is no pass, and is shown with who answers for it", async () => {
    const { review, result } = await reviewed({ waivers: [waiver()] });
    expect([result.outcome, result.value, result.evidence]).toEqual(["waived", null, []]);
    expect(result.waived).toHaveLength(3);
    expect(result.waived[0]).toMatchObject({ path: "a.py", owner: "@acme/platform", expires: "2026-12-31" });
    expect([review.score, review.coverage]).toEqual([100, 1]);
    expect(review.waivers).toEqual([{ rule: "testing/x", expires: "2026-12-31", findings: 3, isJudged: true }]);
  });

  test("of some places leaves the others failing", async () => {
    const { result, places } = await reviewed({ waivers: [waiver({ paths: ["legacy"] })] });
    expect([result.outcome, places]).toEqual(["fail", ["a.py"]]);
    expect(result.waived.map(({ path }) => path)).toEqual(["legacy/b.py", "legacy/deep/c.py"]);
  });

  test("holds on its last day and not on the next", async () => {
    expect((await reviewed({ waivers: [waiver({ expires: date })] })).result.outcome).toBe("waived");
    expect((await reviewed({ waivers: [waiver({ expires: "2026-11-21" })] })).result.outcome).toBe("fail");
  });

  test("with paths does not cover what is said of the repository as a whole", async () => {
    const absent = ruleThat(() => fail([{ found: {} }]));
    expect((await reviewed({ waivers: [waiver({ paths: ["**"] })] }, absent)).result.outcome).toBe("fail");
    expect((await reviewed({ waivers: [waiver()] }, absent)).result.outcome).toBe("waived");
  });

  test("that covers nothing is told from one whose rule was not judged", async () => {
    const useless = await reviewed({ waivers: [waiver({ paths: ["gone"] }), waiver({ rule: "own/absent" })] });
    expect(useless.review.waivers.map(({ findings, isJudged }) => [findings, isJudged])).toEqual([
      [0, true],
      [0, false],
    ]);
  });
});

describe("a rule that is new in a rule set", () => {
  const sets = ["2026.11.1", "2026.12.1", "2027.1.1"];
  const { since: _, ...old } = everyFile;

  test("counts from the set after, and those of the first set in every one", () => {
    const of = (since?: string) => sets.map((set) => countsIn({ ...old, ...(since && { since }) }, set, sets));
    expect(of()).toEqual([true, true, true]);
    expect(of("2026.12.1")).toEqual([false, false, true]);
    expect(of("2027.1.1")).toEqual([false, false, false]);
  });

  test("is shown before: what it would say, and that it does not count yet", async () => {
    const { review, result } = await reviewed({}, { ...everyFile, since: "2026.12.1", severity: "critical" });
    expect([result.outcome, result.reason]).toEqual([
      "skip",
      "new in rule set 2026.12.1, and counts from the one after",
    ]);
    expect(review.previews).toEqual([
      {
        id: "testing/x",
        title: "No file of Python is there",
        severity: "critical",
        since: "2026.12.1",
        outcome: "fail",
        findings: 3,
      },
    ]);
    expect([review.score, review.blockers]).toEqual([100, 0]);
  });
});
