import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

/** Fewer lines need no suite. */
const FEW_LINES = 50;

export default defineRule({
  title: "The code has automated tests",
  severity: "high",
  why: "Without tests nobody can change the code, or update what it depends on, and know that it still works.",
  fix: "Add `tests/test_smoke.py` with a test that imports the package and calls its main function, and grow from there.",
  byHand: "what the code is to do is for people to say, and a test that asserts nothing would hide that there is none",
  references: ["https://docs.pytest.org/en/stable/explanation/goodpractices.html"],
  peers: ["sp-repo-review PY005", "OpenSSF OSPS-QA-06.01"],
  appliesTo: ["web-service", "library", "cli", "worker", "serverless", "data-pipeline", "ml", "automation"],
  needs: ["testLayout", "pythonFiles"],
  check({ testLayout: { folder, candidates, confirmed, complete, elsewhere, doctests, unread }, pythonFiles }) {
    const [test] = confirmed;
    if (test) return pass([{ path: test.path, line: test.line, found: "It holds a test." }]);
    if (pythonFiles.lines < FEW_LINES && candidates.length === 0) return skip("there are only a few lines of Python");
    if (elsewhere)
      cannotJudge(
        `${folder || "the root"} has no tests of its own, and those elsewhere in the repository may cover it`,
      );
    if (candidates.length === 0 && doctests)
      cannotJudge(`${doctests.path}:${doctests.line} collects the examples in docstrings, which were not looked for`);
    if (candidates.length === 0)
      return fail([{ found: `There is no test ${folder ? `in ${folder}` : "among the files"}.` }]);
    if (unread[0]) cannotJudge(`${unread[0].path} is named like a test and could not be read: ${unread[0].reason}`);
    if (!complete) cannotJudge(`the largest of ${candidates.length} files named like tests hold none`);
    return fail(candidates.map((path) => ({ path, line: 1, found: "It is named like a test and holds none." })));
  },
  message: ({ found }) => found,
  examples: {
    passes: { "shop/api.py": "x = 1\n", "tests/test_api.py": "def test_api():\n    assert True\n" },
    fails: { "shop/api.py": `${"total = price * count  # of the order\n".repeat(80)}` },
  },
});
