import { cannotJudge, cannotRepair, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** Distributions that measure it. */
const TOOLS = ["pytest-cov", "coverage", "nose-cov"];

export default defineRule({
  title: "Test coverage is measured, and a drop fails the build",
  severity: "medium",
  why: "Code that no test runs breaks unseen; without a gate, coverage falls a little with every change.",
  fix: "Run pytest with `--cov` in CI and set `fail_under` under `[tool.coverage.report]` to what is covered today.",
  references: ["https://coverage.readthedocs.io/en/latest/config.html#report-fail-under"],
  peers: ["OpenSSF Best Practices test_statement_coverage80"],
  appliesTo: ["web-service", "library", "cli", "worker", "serverless", "data-pipeline", "ml", "automation"],
  needs: ["coverage", "testLayout", "ci"],
  check({ coverage: { measured, gated, unread }, testLayout: { candidates }, ci }) {
    const place = ({ path, line, says }: { path: string; line: number; says: string }) => ({ path, line, found: says });
    if (candidates.length === 0) return skip("there are no tests to measure");
    if (gated[0]) return pass(gated.slice(0, 1).map(place));
    if (measured[0])
      return partial(0.6, [
        ...new Map(measured.map((one) => [one.path, place(one)])).values(),
        { found: "no drop of coverage fails the build." },
      ]);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    const hidden = ci.mayHide(["coverage"]);
    if (hidden) cannotJudge(`what CI runs is not fully known: ${hidden.reason} (${hidden.path}:${hidden.line})`);
    if (ci.unread[0]) cannotJudge(`${ci.unread[0].path} could not be read: ${ci.unread[0].reason}`);
    return fail([{ found: "Coverage is not measured." }]);
  },
  message: ({ found }) => `${found.charAt(0).toUpperCase()}${found.slice(1)}`,
  repairNeeds: ["namedDistributions", "toolSettings"],
  repair({ coverage: { measured }, namedDistributions: { places }, toolSettings: { folder, pyproject: path } }) {
    if (measured.length > 0) cannotRepair("what is covered today, which the gate would hold, shows a run");
    if (!TOOLS.some((name) => places.has(name))) cannotRepair("nothing that is installed here measures coverage");
    if (path) return [{ kind: "set", path, at: ["tool", "coverage", "run", "branch"], value: true }];
    if (folder === undefined) cannotRepair("each of many components would get a file of its own");
    return [{ kind: "create", path: folder ? `${folder}/.coveragerc` : ".coveragerc", text: "[run]\nbranch = True\n" }];
  },
  examples: {
    passes: {
      "tests/test_api.py": "def test_api(): ...\n",
      "pyproject.toml": "[tool.coverage.report]\nfail_under = 85\n",
    },
    fails: { "tests/test_api.py": "def test_api(): ...\n", "shop/api.py": "x = 1\n" },
  },
});
