import { cannotJudge, defineRule, fail, partial, pass, skip } from "../../src/rule.ts";

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
  needs: ["pytestConfigs", "testLayout", "namedDistributions", "ci"],
  check({ pytestConfigs: { files, unread }, testLayout: { folder, candidates, sources }, namedDistributions, ci }) {
    if (candidates.length === 0) return skip("there are no tests");
    const [config] = files;
    const runs = ci.jobs.flatMap(({ commands }) => commands).filter(({ words }) => words[0] === "pytest");
    const isImported = sources.some(({ imports }) => imports.some(({ module }) => module === "pytest"));
    // What CI runs, it may run for another component; and what is declared, tests that were read show better.
    const isUsed =
      isImported ||
      (runs.length > 0 && (folder === "" || sources.some(({ hasFunctions }) => hasFunctions))) ||
      (sources.length === 0 && namedDistributions.places.has("pytest"));
    if (!config && !isUsed) return skip("the tests do not use pytest");
    if (!config) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      return fail([{ found: "No file sets up pytest, which the tests use." }]);
    }
    const { path, line, settings, filters, refusesUnknownMarks } = config;
    const isOn = (...keys: readonly string[]) => keys.some((key) => settings.get(key)?.text?.toLowerCase() === "true");
    const options = [settings.get("addopts")?.texts ?? [], ...runs.map(({ words }) => words)].flat().join(" ");
    const isStrict = isOn("strict");
    const checksMarks =
      isStrict || isOn("strict_markers") || /(^|\s)(--strict(-markers)?|-W[= ]?error)(?=\s|$)/.test(options);
    if (!checksMarks && !refusesUnknownMarks)
      return partial(LAX, [{ path, line, found: "Marks that nobody registered are accepted." }]);
    const missing = [
      ...(isStrict || isOn("xfail_strict", "strict_xfail") ? [] : ["expected failures that pass"]),
      ...(filters.some((filter) => filter.startsWith("error")) || /(^|\s)-W[= ]?error\b/.test(options)
        ? []
        : ["warnings"]),
    ];
    if (missing.length > 0)
      return partial(MARKS_ONLY, [{ path, line, found: `Marks are checked; ${missing.join(" and ")} are not.` }]);
    return pass([{ path, line, found: "Marks, expected failures and warnings are checked." }]);
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "tests/test_api.py": "import pytest\n\ndef test_api(): ...\n",
      "pyproject.toml":
        '[tool.pytest.ini_options]\ntestpaths = ["tests"]\naddopts = ["-ra", "--strict-markers"]\nxfail_strict = true\nfilterwarnings = ["error"]\n',
    },
    fails: { "requirements.txt": "pytest\n", "tests/test_api.py": "import pytest\n\ndef test_api(): ...\n" },
  },
});
