import { lineIndex } from "../../formats/node.ts";
import { scriptAt, type TargetFile, type TargetScript } from "./model.ts";

/** A literal that names a tool; the list or call around it is the command. */
const TOOL =
  /["'](pytest|unittest|tox|nox|ruff|flake8|pylint|black|isort|mypy|pyright|basedpyright|bandit|semgrep|coverage|pre-commit|stestr|trial)["']/g;
/** The same within a command line: `os.system("pytest -q")`. */
const COMMAND_LINE =
  /["']((?:python[\d.]* -m |uv run |poetry run )?(?:pytest|tox|nox|ruff|flake8|pylint|black|isort|mypy|pyright|bandit|semgrep|coverage|pre-commit) [^"'\n]{0,200})["']/g;
const RUNNER = /\b(pytest)\.main\(|\bunittest\.main\(|\bTextTestRunner\(|\.run_tests\(/g;
/** How far the list around a literal is looked for. */
const REACH = 300;

/** What a Python program starts, as far as its words are literal. */
export function pythonProgram(text: string): TargetFile {
  const lineOf = lineIndex(text);
  const at = (index: number, command: string): TargetScript => scriptAt(command, lineOf(index));
  const found = [
    ...[...text.matchAll(TOOL)].map(({ index }) => at(index, listAround(text, index).join(" "))),
    ...[...text.matchAll(COMMAND_LINE)].map(({ index, 1: command = "" }) => at(index, command)),
    ...[...text.matchAll(RUNNER)].map(({ index, 1: runner = "unittest" }) => at(index, runner)),
  ];
  return { kind: "python", targets: new Map([["", found]]), prerequisites: new Map() };
}

/** The words of the list that a literal stands in: `[sys.executable, "-m", "pytest", path]`. */
function listAround(text: string, index: number): readonly string[] {
  const from = Math.max(0, index - REACH);
  const before = text.slice(from, index);
  const open = Math.max(before.lastIndexOf("["), before.lastIndexOf("("));
  if (open < 0) return [];
  const start = from + open;
  const end = text.slice(index, index + REACH).search(/[\])]/);
  const list = text.slice(start, end < 0 ? index + REACH : index + end);
  return [...list.matchAll(/"([^"\n]*)"|'([^'\n]*)'|\bsys\.executable\b/g)].map(
    ([, double, single]) => double ?? single ?? "python",
  );
}
