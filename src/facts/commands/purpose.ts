import { deployedBy, publishes } from "./deployment.ts";
import { type ImagePurpose, imagePurposesOf } from "./images.ts";
import { type Operation, operationsOf } from "./operations.ts";

/** What a command does for the quality of the code, or to what runs. */
export type Purpose =
  | "tests"
  | "lint"
  | "types"
  | "security"
  | "coverage-gate"
  | "coverage"
  /** Looks for known vulnerabilities in dependencies. */
  | "dependency-scan"
  /** Writes a bill of materials. */
  | "inventory"
  /** Brings a version to where it runs. */
  | "deployment"
  | "publish"
  | ImagePurpose
  | Operation;

const TESTS =
  /^(pytest|py\.test|robot|pabot|behave|stestr|nosetests|nose2|zope-testrunner|ansible-test|trial|testr|ward|green)$/;
const LINT =
  /^(ruff|flake8|pylint|pycodestyle|pyflakes|black|yapf|autopep8|isort|pylama|prospector|pydocstyle|vulture|xenon)$/;
const TYPES = /^(mypy|pyright|basedpyright|pyrefly|ty|pytype|pyre|dmypy|mypy\.stubtest|stubtest)$/;
const SECURITY =
  /^(bandit|semgrep|opengrep|snyk|pysa|sonar-scanner|codeql|horusec|pip-audit|safety|trivy|zizmor|gitleaks|trufflehog|detect-secrets|detect-secrets-hook|ggshield|git-secrets)$/;
/** A call that only asks a program about itself. */
const ABOUT_ITSELF = /^(--version|-V|--help|-h|--collect-only|--co|--fixtures|--markers)$/;
/** What only pytest understands, so that its caller runs pytest. */
const OF_PYTEST = /^--(junit-?xml|cov|cov-report|cov-fail-under|maxfail|doctest-modules)(=|$)/;
/** What `ansible-test` and `stestr` do besides running tests. */
const NO_RUN = /^(coverage|env|shell|slowest|last|failing|list|init|load)$/;

const SCAN = /^(pip-audit|safety|osv-scanner|grype|dep-?scan|jake|snyk|trivy|dependency-check(\.sh)?)$/;
const INVENTORY = /^(cyclonedx[-_](py|bom)|syft|sbom-tool|sbom4python|cdxgen)$/;
/** Options by which scanners, exporters and builders write one. */
const INVENTORY_FORMAT =
  /(^|\s)(-f|-o|--format|--output)[= ]?\S*(cyclonedx|spdx)|(^|\s)--sbom(?!=false)(=|\s|$)|--attest[= ]\S*type=sbom/i;

/** What an unwrapped command is for; several where one run does several things. */
export function purposesOf(words: readonly string[]): readonly Purpose[] {
  const [first = "", second = ""] = words;
  const program = programOf(first);
  const all = words.join(" ");
  const purposes: Purpose[] = [];
  if (words.slice(1).some((word) => ABOUT_ITSELF.test(word))) return [];
  if (isTestRun(program, second, words)) purposes.push("tests");
  if (
    LINT.test(program) ||
    (program === "pre-commit" && second === "run") ||
    (program === "prek" && /^(run|-|$)/.test(second))
  )
    purposes.push("lint");
  if (TYPES.test(program)) purposes.push("types");
  if (SECURITY.test(program)) purposes.push("security");
  if (/(--cov-fail-under|--fail-under)[= ](?!0(\s|$))/.test(all) && /^(pytest|coverage|diff-cover)$/.test(program))
    purposes.push("coverage-gate");
  if (
    /(^|\s)--cov(=|\s|$|-)|\b(codecov|coveralls)\.io\b/.test(all) ||
    /^(coverage|codecov|codecovcli|coveralls)$/.test(program)
  )
    purposes.push("coverage");
  if (isDependencyScan(program, second, all)) purposes.push("dependency-scan");
  if (INVENTORY.test(program) || INVENTORY_FORMAT.test(all)) purposes.push("inventory");
  purposes.push(...operationsOf(words));
  if (deployedBy(program, words.slice(1))) purposes.push("deployment");
  if (publishes(program, words.slice(1))) purposes.push("publish");
  purposes.push(...imagePurposesOf(all));
  return purposes;
}

/** The name of a program without the folder that it is in, however that is computed: `$VENV/bin/pytest`, `${BIN}pytest`. */
export function programOf(word: string): string {
  const named = /(?:^|[/}\\])([\w.-]+)$/.exec(word)?.[1];
  if (named) return named.replace(/\.exe$/i, "");
  // `$PYTEST` and `$(RUFF)` are called after what they hold.
  const [, variable = ""] = /^\$[({]?([A-Z]\w*)[)}]?$/.exec(word) ?? [];
  const lower = variable.toLowerCase();
  return TESTS.test(lower) || LINT.test(lower) || (TYPES.test(lower) && lower !== "ty") ? lower : word;
}

function isDependencyScan(program: string, second: string, all: string): boolean {
  if (program === "uv" || program === "poetry") return second === "audit";
  if (program === "pipenv") return second === "audit" || second === "check";
  return SCAN.test(program) && !/^(trivy (config|k8s|plugin)|snyk (code|iac|auth)|\S+ --?(version|help)\b)/.test(all);
}

function isTestRun(program: string, second: string, words: readonly string[]): boolean {
  if (/^(ansible-test|stestr|testr)$/.test(program)) return !NO_RUN.test(second);
  if (TESTS.test(program)) return true;
  if (program === "unittest" || isTestModule(words[0] ?? "")) return true;
  if (/^(manage\.py|django-admin|django)$/.test(program)) return second === "test";
  if (/^python/.test(program)) {
    const script = words.slice(1).find((word) => !word.startsWith("-")) ?? "";
    if (/(^|\/)manage\.py$/.test(script)) return words.includes("test");
    if (script === "setup.py") return words.includes("test");
    return isTestScript(script);
  }
  if (program === "hatch" || program === "bazel" || program === "bazelisk" || program === "pants")
    return second === "test";
  return isTestScript(program) || (words.some((word) => OF_PYTEST.test(word)) && program !== "coverage");
}

/** A module that holds tests and runs them: `python -m tests.unit`. */
function isTestModule(name: string): boolean {
  return name !== "test" && /^[\w.]+$/.test(name) && name.split(".").some((part) => /^tests?$/.test(part));
}

function isTestScript(path: string): boolean {
  return /(^|\/)((run_?)?tests?(_\w+)?|\w+_test)\.py$|(^|\/)runtests\.py$/.test(path);
}
