import { expect, test } from "@jest/globals";
import { rules } from "../../rules/index.ts";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { miniSnapshot } from "../support/mini-snapshot.ts";
import { python } from "../support/python.ts";

/** Large enough that a step which looks at every pair of characters takes some five seconds; a longer script is not followed. */
const CHARACTERS = 100_000;
/** Of the processor, per review: all steps in linear time take some hundredth of it. */
const MAX_SECONDS = 2.5;

/** What is reviewed beside the hostile file: its commands lead to most of the others. */
const AROUND = {
  "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["flask"]\n',
  "app.py": "import flask\n",
  ".github/workflows/ci.yml":
    "on: pull_request\njobs:\n  a:\n    steps:\n      - run: make test\n      - run: ./scripts/ci.sh\n      - run: tox\n      - run: just x\n      - run: nox\n      - run: npm test\n",
};

const NAMES = [
  ".circleci/config.yml",
  ".env",
  ".gitattributes",
  ".github/actions/a/action.yml",
  ".github/dependabot.yml",
  ".github/workflows/x.yml",
  ".gitignore",
  ".gitlab-ci.yml",
  ".pre-commit-config.yaml",
  ".tool-versions",
  "CHANGELOG.md",
  "CODEOWNERS",
  "Dockerfile",
  "Jenkinsfile",
  "LICENSE",
  "Makefile",
  "Pipfile",
  "README.md",
  "SECURITY.md",
  "Taskfile.yml",
  "app.yaml",
  "azure-pipelines.yml",
  "chart/templates/a.yaml",
  "docker-compose.yml",
  "docs/runbook.md",
  "environment.yml",
  "justfile",
  "k8s/a.yaml",
  "mkdocs.yml",
  "noxfile.py",
  "package.json",
  "pyproject.toml",
  "renovate.json",
  "requirements.txt",
  "scripts/ci.sh",
  "setup.cfg",
  "setup.py",
  "tests/test_a.py",
  "tox.ini",
];

/** A beginning, what is repeated after it, and the rest. */
const PATTERNS: readonly (readonly [start: string, repeated: string])[] = [
  ["", "a"],
  ["", " "],
  ["", "\n"],
  ["", "\r"],
  ["", "["],
  ["", "{"],
  ["", '"\\'],
  ["", "/"],
  ["", "=\t"],
  ["", "- "],
  ["", "\\\n"],
  ["", "${{ '"],
  ["", "a: b\n\tmake a\n"],
  ["", "FROM a AS b\n"],
  ["", "a && "],
  ["", "![x](<h1"],
  ["on: push\njobs:\n a:\n  steps:\n", "   - run: make a\n"],
  ["install_requires=[ ", "#"],
  ["a = ", "a."],
];

function repeated(start: string, pattern: string): string {
  return start + pattern.repeat(Math.ceil(CHARACTERS / pattern.length)).slice(0, CHARACTERS);
}

/** Reviews it with every rule; gives those that crashed, and the seconds of the processor that it took. */
async function reviewed(
  snapshot: Snapshot,
): Promise<{ readonly crashed: readonly string[]; readonly seconds: number }> {
  const before = process.cpuUsage();
  const review = await reviewSnapshot(snapshot, { rules, date: "2026-11-24", python });
  const { user, system } = process.cpuUsage(before);
  return {
    crashed: review.rules.filter(({ outcome }) => outcome === "crashed").map(({ id }) => id),
    seconds: (user + system) / 1_000_000,
  };
}

test.each(NAMES)("%s of any content is reviewed in time, and crashes no rule", async (name) => {
  for (const [start, pattern] of PATTERNS) {
    const { crashed, seconds } = await reviewed(miniSnapshot({ ...AROUND, [name]: repeated(start, pattern) }));
    expect({ pattern, crashed }).toEqual({ pattern, crashed: [] });
    expect({ pattern, isInTime: seconds < MAX_SECONDS, seconds }).toEqual({ pattern, isInTime: true, seconds });
  }
});

test.each(PATTERNS)(
  "a script that is followed, of %j and any number of %j, is read in time",
  async (start, pattern) => {
    const text = repeated(start, pattern).slice(0, CHARACTERS);
    const { seconds } = await reviewed(miniSnapshot({ ...AROUND, "scripts/ci.sh": text }));
    expect({ isInTime: seconds < MAX_SECONDS, seconds }).toEqual({ isInTime: true, seconds });
  },
);

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("");

const paths = (count: number, path: (index: number) => string, text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [path(index), text]));

const OBJECTS_OWN = ["__proto__", "constructor", "toString", "hasOwnProperty"];

const MULTIPLYING: readonly (readonly [name: string, files: Readonly<Record<string, string>>])[] = [
  [
    "aliases that double each other",
    {
      ".github/workflows/x.yml": `a0: &a0 [x]\n${many(40, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`)}jobs: {a: *a40}\n`,
    },
  ],
  [
    "a matrix of many axes, and of many values",
    {
      ".github/workflows/x.yml": `on: push\njobs:\n a:\n  strategy:\n   matrix:\n${many(3000, (i) => `    v${i}: [${many(20, (k) => `${k},`)}]\n`)}  steps:\n   - run: pytest \${{ matrix.v1 }}\n`,
      ".github/workflows/y.yml": `on: push\njobs:\n a:\n  strategy:\n   matrix:\n    a: [${many(20_000, (k) => `${k},`)}]\n    b: [${many(20_000, (k) => `${k},`)}]\n  steps:\n   - run: pytest \${{ matrix.a }}\n`,
    },
  ],
  [
    "workflows that call each other",
    paths(
      15,
      (i) => `.github/workflows/a${i}.yml`,
      `on: workflow_call\njobs:\n${many(15, (i) => ` j${i}:\n  uses: ./.github/workflows/a${i}.yml\n  with: {a: "\${{ inputs.a }}"}\n`)} r:\n  steps:\n  - run: echo \${{ inputs.a }}\n`,
    ),
  ],
  [
    "actions that use each other",
    {
      ".github/workflows/x.yml": `on: pull_request_target\njobs:\n${many(100, (i) => ` j${i}:\n  steps:\n  - uses: ./.github/actions/a${i % 20}\n`)}`,
      ...paths(
        20,
        (i) => `.github/actions/a${i}/action.yml`,
        `runs:\n using: composite\n steps:\n${many(20, (i) => ` - uses: ./.github/actions/a${i}\n`)}`,
      ),
    },
  ],
  [
    "targets that need and call each other",
    {
      Makefile: many(
        60,
        (i) => `${i === 0 ? "test" : `t${i}`}: ${many(60, (k) => `t${k} `)}\n\t${many(60, (k) => `make t${k}; `)}\n`,
      ),
    },
  ],
  [
    "jobs that wait for each other",
    {
      ".github/workflows/x.yml": `on: issue_comment\njobs:\n${many(300, (i) => ` j${i}:\n  needs: [${many(300, (k) => `j${k},`)}]\n  if: "${"!a && ".repeat(20)}b"\n  steps:\n  - run: echo \${{ github.event.comment.body }}\n`)}`,
    },
  ],
  [
    "names that are too long for an expression",
    {
      "setup.py": `setup(name=${"a".repeat(CHARACTERS)}, install_requires=${"b".repeat(CHARACTERS)})\n`,
      ".github/workflows/x.yml": `on: push\njobs:\n a:\n  steps:\n  - id: ${"a".repeat(CHARACTERS)}\n    continue-on-error: true\n    run: pytest\n`,
      ".github/workflows/y.yml": `on: {push: {branches: ["${"(".repeat(CHARACTERS)}"], paths-ignore: ["${"{".repeat(CHARACTERS)}"]}}\njobs: {a: {steps: [{run: pytest}]}}\n`,
    },
  ],
  [
    "patterns with many wildcards",
    {
      "pytest.ini": `[pytest]\npython_files = ${"*a".repeat(30)}b.py\n`,
      CODEOWNERS: `${"*a".repeat(30)}b @acme/web\n`,
      ".gitattributes": `${"*a".repeat(30)}b linguist-vendored\n`,
      ...paths(200, (i) => `${"a".repeat(200)}${i}.py`, ""),
    },
  ],
  [
    "owners of every part of a large tree",
    {
      CODEOWNERS: many(2000, (i) => `${i % 2 ? `/src/part${i}/` : `*.x${i}`} @acme/t${i}\n`),
      ...paths(8000, (i) => `src/part${i % 2000}/inner/more/a${i}.txt`, ""),
    },
  ],
  [
    "names of Object's own",
    {
      ...Object.fromEntries(
        OBJECTS_OWN.map((name) => [`${name}/pyproject.toml`, `[project]\nname = "${name}"\n[tool.${name}]\na = 1\n`]),
      ),
      ...Object.fromEntries(OBJECTS_OWN.map((name) => [`${name}/a.py`, "import flask\n"])),
      "k8s/a.yaml": OBJECTS_OWN.map((name) => `apiVersion: v1\nkind: ${name}\nmetadata: {name: ${name}}\n`).join(
        "---\n",
      ),
      Dockerfile: `FROM __proto__ AS constructor\nENV __proto__=1\nUSER $__proto__\nTOSTRING a\n__PROTO__ b\n`,
      Makefile: "__proto__: constructor\n\tpytest\nconstructor:\n\tmake __proto__\n",
      "package.json": '{"scripts": {"__proto__": "pytest", "constructor": "x"}, "__proto__": {"a": 1}}',
      ".github/workflows/x.yml":
        "on: {__proto__: {}, pull_request: }\njobs:\n __proto__:\n  strategy: {matrix: {__proto__: [1, 2], constructor: [a]}}\n  steps:\n  - run: make __proto__ ${{ matrix.__proto__ }} ${{ constructor.__proto__ }}\n",
    },
  ],
  ["names with line breaks", paths(2000, (i) => `a\n${i}\n/\n.py`, "import flask\n")],
  ["paths without end", paths(10, (i) => `${"test/".repeat(20_000)}${i}.py`, "def test_a(): pass\n")],
  [
    "many components",
    { ...paths(600, (i) => `p${i}/pyproject.toml`, '[project]\nname = "a"\n'), ...paths(600, (i) => `p${i}/a.py`, "") },
  ],
];

test.each(MULTIPLYING)("%s are reviewed in time, and crash no rule", async (_, files) => {
  const { crashed, seconds } = await reviewed(miniSnapshot({ ...AROUND, ...files }));
  expect(crashed).toEqual([]);
  expect({ isInTime: seconds < 2 * MAX_SECONDS, seconds }).toEqual({ isInTime: true, seconds });
});

test.each([
  ["a script that is too long", { "scripts/ci.sh": "echo a\n".repeat(20_000) }],
  ["more commands than are followed", { "scripts/ci.sh": `${"a;".repeat(40_000)}pytest\n` }],
])("%s may run the tests: nobody is told that it does not", async (_, files) => {
  const ci =
    "on: pull_request\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v5\n      - run: ./scripts/ci.sh\n";
  const test = "def test_a():\n    assert True\n";
  const repository = { ...AROUND, ".github/workflows/ci.yml": ci, "tests/test_a.py": test, ...files };
  const review = await reviewSnapshot(miniSnapshot(repository), { rules, date: "2026-11-24", python });
  const result = review.rules.find(({ id }) => id === "ci-cd/tests-run");
  expect({ outcome: result?.outcome, reason: result?.reason }).toEqual({
    outcome: "unknown",
    reason: expect.stringContaining("followed"),
  });
});
