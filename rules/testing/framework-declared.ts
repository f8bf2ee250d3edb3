import { cannotJudge, cannotRepair, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "What runs the tests is declared",
  severity: "medium",
  why: "Somebody with a fresh checkout cannot run tests whose runner nothing names, and what they install by hand is another version.",
  fix: "Add pytest, or the runner that the tests import, to the `dev` group of `[dependency-groups]` or to the requirements for development.",
  references: ["https://packaging.python.org/en/latest/specifications/dependency-groups/"],
  peers: ["sp-repo-review PP006", "OpenSSF Best Practices test_invocation"],
  appliesTo: ["web-service", "library", "cli", "worker", "serverless", "data-pipeline", "ml", "automation"],
  needs: ["testLayout", "testRunners"],
  check({ testLayout: { candidates, sources, unread }, testRunners }) {
    if (candidates.length === 0) return skip("there are no tests to run");
    const { needed, buildFile } = testRunners;
    const missing = needed.filter(({ declared }) => !declared);
    if (missing.length === 0) {
      const declared = needed[0]?.declared ?? testRunners.declared;
      if (declared) return pass([{ ...declared, found: `${declared.distribution} is declared.` }]);
      if (unread[0] && sources.length === 0) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      return pass();
    }
    const [hidden] = testRunners.unread;
    if (hidden) cannotJudge(`${hidden.path} may name the runner and could not be read: ${hidden.reason}`);
    if (buildFile) cannotJudge(`${buildFile} may bring the runner`);
    return fail(
      missing.map(({ path, line, name }) => ({ path, line, found: `It imports ${name}, which nothing declares.` })),
    );
  },
  message: ({ found }) => found,
  repairNeeds: ["developmentLists", "locks"],
  repair({ testRunners: { needed }, developmentLists: [list], locks }) {
    const missing = needed.filter(({ declared }) => !declared).map(({ name }) => name);
    if (missing.some((name) => name !== "pytest"))
      cannotRepair("which distributions bring the runner is for people to say");
    if (locks.files[0]) cannotRepair(`${locks.files[0].path} would have to be made anew`);
    if (!list) cannotRepair("no list says what development needs");
    const { path } = list;
    return [list.at ? { kind: "add", path, at: list.at, value: "pytest" } : { kind: "append", path, lines: "pytest" }];
  },
  examples: {
    passes: {
      "tests/test_api.py": "import pytest\n\ndef test_api(): ...\n",
      "pyproject.toml": '[dependency-groups]\ndev = ["pytest>=9"]\n',
    },
    fails: {
      "shop/api.py": "x = 1\n",
      "requirements.txt": "django\n",
      "tests/test_api.py": "import pytest\n\ndef test_api(): ...\n",
    },
  },
});
