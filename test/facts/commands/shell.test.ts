import { describe, expect, test } from "@jest/globals";
import { shellCommands } from "../../../src/facts/commands/shell.ts";

/** Words joined by blanks, each command with what joins it to the next. */
function read(script: string): readonly string[] {
  return shellCommands(script).map(({ words, joinedBy }) => `${words.join(" ")}${joinedBy && ` ${joinedBy}`}`);
}

describe("the commands of a shell script", () => {
  test.each([
    [
      "lists and comments",
      "pytest -q && mypy . || true # always\nruff check",
      ["pytest -q &&", "mypy . ||", "true", "ruff check"],
    ],
    ["quotes", `echo 'a b' "c $(date "+%Y") d" e\\ f`, [`echo a b c $(date "+%Y") d e f`]],
    ["continued lines", "pip install \\\n  a\npytest", ["pip install a", "pytest"]],
    ["here-documents are text", "python - <<'EOF'\npytest\nEOF\nruff check", ["python -", "ruff check"]],
    ["redirections are no words", "pytest >out 2>&1 | tee log; ls &> all", ["pytest |", "tee log ;", "ls"]],
    ["groups take part in lists", "(cd api && pytest) || true", ["cd api &&", "pytest ||", "true"]],
    ["braces take part in lists", "{ pytest; } || true", ["pytest ||", "true"]],
    ["functions are read where they stand", "check() {\n  mypy .\n}\ncheck", ["mypy .", "check"]],
    ["loops", "for path in a b; do\n  pytest $path\ndone", ["pytest $path"]],
    ["arithmetic", "for ((i=0; i<3; i++)); do pytest; done", ["pytest ;"]],
    ["choices", "case $1 in\n  test) pytest ;;\n  *) ruff check ;;\nesac", ["pytest", "ruff check"]],
    ["expressions of GitHub are one word", "tox -e ${{ matrix.env || 'py' }}", ["tox -e ${{ matrix.env || 'py' }}"]],
    ["an apostrophe without a fellow", "echo don't\npytest", ["echo don't", "pytest"]],
  ])("%s", (_, script, expected) => {
    expect(read(script)).toEqual(expected);
  });

  test("scripts within a command have their place", () => {
    const [command] = shellCommands("out=$(mypy .)");
    expect(command?.captured).toEqual([{ text: "mypy .", offset: 6 }]);
  });

  test.each(["$(", "\"'", "<<A\n", "`", "${", "$('", "((", "'"])("hundreds of thousands of %j take no time", (text) => {
    const before = process.cpuUsage();
    shellCommands(text.repeat(200_000));
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
  });
});
