import { cannotJudge, cannotRepair, defineRule, type Edit, fail, partial, pass, skip } from "../../src/rule.ts";

/** Set up, and a misspelt mark passes. */
const LAX = 0.5;
/** Marks are checked; an unexpected pass or a warning is not. */
const MARKS_ONLY = 0.8;
const STRICT_MARKERS = "--strict-markers";

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
  repairNeeds: ["pytestMarks", "pytestConfigs", "toolSettings"],
  repair({ pytestStrictness, pytestMarks, pytestConfigs: { files }, toolSettings: { folder, pyproject } }) {
    const { marks, expectedFailures, warnings } = pytestStrictness;
    const { unregistered, expectsFailures, unseen } = pytestMarks;
    if (unseen) cannotRepair(`${unseen} was not read, and may carry a mark that nobody registered`);
    if (!marks && unregistered[0]) cannotRepair(`no settings register the mark \`${unregistered[0]}\``);
    const addsFailures = !expectedFailures && !expectsFailures;
    if (marks && !(warnings && addsFailures)) cannotRepair("whether the tests warn, or pass unexpectedly, shows a run");
    const [config] = files;
    const strict: Strict = { marks: !marks, failures: addsFailures };
    if (config?.path.endsWith(".toml")) return inToml(config.path, config.at, config.settings.get("addopts"), strict);
    if (config) return inIni(config, strict);
    if (pyproject) return inToml(pyproject, ["tool", "pytest", "ini_options"], undefined, strict);
    const path = folder ? `${folder}/pytest.ini` : "pytest.ini";
    return [{ kind: "create", path, text: `[pytest]\n${iniLines(strict).join("\n")}\n` }];
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

/** What is to be set. */
interface Strict {
  readonly marks: boolean;
  readonly failures: boolean;
}

/** A value with its line: a text, or a list of them. */
interface Options {
  readonly line: number;
  readonly kind: "map" | "list" | "scalar";
  readonly text: string | undefined;
}

function inToml(
  path: string,
  at: readonly string[],
  options: Options | undefined,
  { marks, failures }: Strict,
): readonly Edit[] {
  const key = [...at, "addopts"];
  const edits: Edit[] = [];
  if (marks && options?.text !== undefined)
    edits.push({ kind: "set", path, at: key, value: `${options.text} ${STRICT_MARKERS}`.trimStart() });
  else if (marks) edits.push({ kind: "add", path, at: key, value: STRICT_MARKERS });
  if (failures) edits.push({ kind: "set", path, at: [...at, "xfail_strict"], value: true });
  return edits;
}

function inIni(
  { path, line, at, settings }: { path: string; line: number; at: readonly string[]; settings: Section },
  strict: Strict,
): readonly Edit[] {
  const options = settings.get("addopts");
  const added = iniLines({ ...strict, marks: strict.marks && !options });
  const header = at.length > 0 ? [] : ["[pytest]"];
  const lines = [...header, ...added].join("\n");
  const edits: Edit[] =
    at.length > 0 ? [{ kind: "insert", path, after: line, lines }] : [{ kind: "append", path, lines }];
  const first = options?.text?.split("\n")[0]?.trim();
  if (!strict.marks || !options) return edits;
  const more: Edit =
    options.text?.includes("\n") || !first
      ? { kind: "insert", path, after: options.line, lines: `    ${STRICT_MARKERS}` }
      : { kind: "replace", path, line: options.line, piece: first, by: `${first} ${STRICT_MARKERS}` };
  return [...(added.length > 0 ? edits : []), more];
}

interface Section {
  get(key: string): Options | undefined;
}

function iniLines({ marks, failures }: Strict): readonly string[] {
  return [...(marks ? [`addopts = ${STRICT_MARKERS}`] : []), ...(failures ? ["xfail_strict = true"] : [])];
}
