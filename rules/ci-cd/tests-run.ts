import { cannotJudge, cannotRepair, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "CI runs the tests",
  severity: "high",
  why: "Tests that run only on somebody's laptop do not keep a broken change from being merged.",
  fix: "Add a job that installs the project and runs its tests: `pytest`, `tox` or the command that developers use.",
  references: [
    "https://docs.github.com/actions/use-cases-and-examples/building-and-testing/building-and-testing-python",
  ],
  peers: ["Scorecard CI-Tests", "OpenSSF OSPS-QA-06.01"],
  scope: "repository",
  needs: ["ci", "testLayout"],
  check({ ci: { systems, jobs, unread, mayHide }, testLayout: { candidates } }) {
    if (systems.length === 0) return skip("there is no CI");
    if (candidates.length === 0) return skip("there are no tests to run");
    const automatic = jobs.filter(({ manual }) => !manual);
    const runs = automatic.flatMap(({ commands }) => commands).find(({ purposes }) => purposes.includes("tests"));
    if (runs) {
      const [program, ...given] = runs.words;
      // What is put in only when it runs says nothing to a reader.
      const end = given.findIndex((word) => /[{}$]/.test(word));
      const shown = [program, ...given.slice(0, end < 0 ? 2 : Math.min(end, 2))];
      return pass([{ path: runs.path, line: runs.line, found: `${shown.join(" ")} runs the tests.` }]);
    }
    const hidden = mayHide(["tests"]);
    if (hidden) cannotJudge(`no test command was found, and ${hidden.reason} (${hidden.path}:${hidden.line})`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (automatic.length === 0 && jobs.length === 0) cannotJudge(`what ${systems[0]?.path} runs is not known`);
    return fail([
      {
        path: systems[0]?.path,
        line: automatic[0]?.path === systems[0]?.path ? automatic[0]?.line : 1,
        found: "No job runs the tests.",
      },
    ]);
  },
  message: ({ found }) => found,
  repairNeeds: ["testWorkflow"],
  repair({ ci: { systems }, testWorkflow }) {
    if (systems.some(({ system }) => system !== "GitHub Actions")) cannotRepair("only workflows of GitHub are written");
    if ("reason" in testWorkflow) cannotRepair(testWorkflow.reason);
    return [{ kind: "create", path: ".github/workflows/tests.yml", text: testWorkflow.text }];
  },
  examples: {
    passes: {
      ".github/workflows/ci.yml": "on: pull_request\njobs:\n  test:\n    steps:\n      - run: uv run pytest\n",
      "tests/test_api.py": "def test_x(): ...\n",
    },
    fails: {
      ".github/workflows/ci.yml": "on: pull_request\njobs:\n  build:\n    steps:\n      - run: python -m build\n",
      "tests/test_api.py": "def test_x(): ...\n",
    },
  },
});
