/** What a command does for the quality of the code. */
export type Purpose = "tests" | "lint" | "types" | "security" | "coverage-gate" | "coverage";

const TESTS =
  /^(pytest|py\.test|robot|pabot|behave|stestr|nosetests|nose2|zope-testrunner|ansible-test|trial|testr|ward|green|bats)$/;
const LINT =
  /^(ruff|flake8|pylint|pycodestyle|pyflakes|black|yapf|autopep8|isort|pylama|prospector|pydocstyle|vulture|codespell|djlint|xenon)$/;
const TYPES = /^(mypy|pyright|basedpyright|pyrefly|ty|pytype|pyre|dmypy|mypy\.stubtest|stubtest)$/;
const SECURITY =
  /^(bandit|semgrep|opengrep|snyk|pysa|sonar-scanner|codeql|horusec|pip-audit|safety|trivy|zizmor|gitleaks|trufflehog)$/;

/** What an unwrapped command is for; several where one run does several things. */
export function purposesOf(words: readonly string[]): readonly Purpose[] {
  const [first = "", second = ""] = words;
  const program = first.replace(/^.*\//, "");
  const all = words.join(" ");
  const purposes: Purpose[] = [];
  if (isTestRun(program, second, words)) purposes.push("tests");
  if (
    LINT.test(program) ||
    (program === "pre-commit" && second === "run") ||
    (program === "prek" && /^(run|-|$)/.test(second))
  )
    purposes.push("lint");
  if (TYPES.test(program)) purposes.push("types");
  if (SECURITY.test(program)) purposes.push("security");
  if (
    /(--cov-fail-under|--fail-under)[= ](?!0(\s|$))/.test(all) &&
    /^(pytest|coverage|diff-cover|interrogate)$/.test(program)
  )
    purposes.push("coverage-gate");
  if (/(^|\s)--cov(=|\s|$|-)/.test(all) || program === "coverage" || program === "codecov" || program === "coveralls")
    purposes.push("coverage");
  return purposes;
}

function isTestRun(program: string, second: string, words: readonly string[]): boolean {
  if (TESTS.test(program)) return !/^(--version|--help|--collect-only)$/.test(second);
  if (program === "unittest") return true;
  if (/^(manage\.py|django-admin|django)$/.test(program)) return second === "test";
  if (/^python/.test(program)) {
    const script = words.slice(1).find((word) => !word.startsWith("-")) ?? "";
    if (/(^|\/)manage\.py$/.test(script)) return words.includes("test");
    if (script === "setup.py") return words.includes("test");
    return /(^|\/)(run_?)?tests?(_\w+)?\.py$|(^|\/)runtests\.py$/.test(script);
  }
  if (program === "hatch" || program === "bazel" || program === "pants" || program === "./pants")
    return second === "test";
  return /^(\.\/)?runtests\.py$/.test(program);
}
