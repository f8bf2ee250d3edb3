/** A shop with a test. */
export const code = { "shop/api.py": "", "tests/test_api.py": "def test_x(): ...\n" };

/** The shop, whose CI runs a command on line 6. */
export function run(command: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    ...code,
    ".github/workflows/ci.yml": `on: pull_request\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v5\n      - run: ${command}\n`,
    ...more,
  };
}

/** The sentence that this command, with these files, runs the tests. */
export function passes(command: string, more: Record<string, string> = {}) {
  return { name: command, repo: run(command, more), expect: "pass" as const };
}
