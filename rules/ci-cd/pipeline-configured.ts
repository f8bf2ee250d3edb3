import { cannotJudge, cannotRepair, defineRule, fail, partial, pass } from "../../src/rule.ts";

export default defineRule({
  title: "Continuous integration is set up",
  severity: "high",
  why: "What is not run on every change is not run: a broken commit is found by whoever needs the code next.",
  fix: "Add `.github/workflows/ci.yml` that checks the code out, installs it and runs the linter and the tests on every pull request.",
  references: [
    "https://docs.github.com/actions/use-cases-and-examples/building-and-testing/building-and-testing-python",
  ],
  peers: ["sp-repo-review GH100", "Scorecard CI-Tests"],
  scope: "repository",
  needs: ["ci"],
  check({ ci: { systems, unread } }) {
    const living = systems.filter(({ system }) => system !== "Travis CI");
    const isUnread = new Set(unread.map(({ path }) => path));
    const readable = living.find(({ path }) => !isUnread.has(path));
    if (readable) return pass([{ path: readable.path, line: 1, found: `${readable.system} is set up.` }]);
    const hidden = unread.find(({ path }) => path === living[0]?.path);
    if (hidden) cannotJudge(`${hidden.path} could not be read: ${hidden.reason}`);
    const [travis] = systems;
    if (travis)
      return partial(0.3, [
        {
          path: travis.path,
          line: 1,
          found: "Travis CI no longer builds open source by itself, and nothing else is set up.",
        },
      ]);
    return fail([{ found: "No continuous-integration system is set up in the repository." }]);
  },
  message: ({ found }) => found,
  repairNeeds: ["testWorkflow"],
  repair({ testWorkflow }) {
    if ("reason" in testWorkflow) cannotRepair(testWorkflow.reason);
    return [{ kind: "create", path: ".github/workflows/tests.yml", text: testWorkflow.text }];
  },
  examples: {
    passes: {
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pytest\n",
      "shop/api.py": "",
    },
    fails: { "shop/api.py": "" },
  },
});
