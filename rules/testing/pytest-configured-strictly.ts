import { cannotJudge, cannotRepair, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

/** Set up, and a misspelt mark passes. */
const LAX = 0.5;
/** Marks are checked; an unexpected pass or a warning is not. */
const MARKS_ONLY = 0.8;

export default defineRule({
  title: "Runs of pytest are strict about marks, expected failures and warnings",
  severity: "low",
  why: "A misspelt mark deselects its test in silence, and a test that is expected to fail may pass for years unseen.",
  fix: 'Set `addopts = "-ra --strict-markers"`, `xfail_strict = true` and `filterwarnings = ["error"]` under `[tool.pytest.ini_options]`.',
  references: ["https://docs.pytest.org/en/stable/reference/customize.html"],
  peers: ["sp-repo-review PP302", "sp-repo-review PP305", "sp-repo-review PP306", "sp-repo-review PP309"],
  appliesTo: ["web-service", "library", "cli", "worker", "serverless", "data-pipeline", "ml", "automation"],
  needs: ["pytestStrictness", "testLayout", "namedDistributions"],
  check({ pytestStrictness, testLayout: { candidates, sources }, namedDistributions }) {
    const { config, marks, expectedFailures, warnings, isUsed, unread } = pytestStrictness;
    if (candidates.length === 0) return skip("there are no tests");
    // Tests that were read show better what they use than what is declared does.
    const isDeclared = sources.length === 0 && namedDistributions.places.has("pytest");
    if (!config && !isUsed && !isDeclared) return skip("the tests do not use pytest");
    if (!config) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      return fail([{ found: "No file sets up pytest, which the tests use." }]);
    }
    const at = (found: string) => [{ path: config.path, line: config.line, found }];
    if (!marks) return partial(LAX, at("Marks that nobody registered are accepted."));
    const missing = [...(expectedFailures ? [] : ["expected failures that pass"]), ...(warnings ? [] : ["warnings"])];
    if (missing.length > 0) return partial(MARKS_ONLY, at(`Marks are checked; ${missing.join(" and ")} are not.`));
    return pass(at("Marks, expected failures and warnings are checked."));
  },
  message: ({ found }) => found,
  repairNeeds: ["strictPytest"],
  repair({ strictPytest }) {
    return "reason" in strictPytest ? cannotRepair(strictPytest.reason) : strictPytest.edits;
  },
  examples: {
    passes: {
      "tests/test_api.py": "import pytest\n\ndef test_api(): ...\n",
      "pyproject.toml":
        '[tool.pytest.ini_options]\ntestpaths = ["tests"]\naddopts = ["-ra", "--strict-markers"]\nxfail_strict = true\nfilterwarnings = ["error"]\n',
    },
    fails: { "requirements.txt": "pytest\n", "tests/test_api.py": "import pytest\n\ndef test_api(): ...\n" },
  },
});
