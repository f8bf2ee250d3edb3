import { rules } from "../../rules/index.ts";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { python } from "../support/python.ts";

/** Large enough that a step which looks at every pair of characters takes some five seconds; a longer script is not followed. */
export const CHARACTERS = 100_000;
/** Of the processor, per review: all steps in linear time take some hundredth of it. */
export const MAX_SECONDS = 2.5;

/** What is reviewed beside the hostile file: its commands lead to most of the others. */
export const AROUND = {
  "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["flask"]\n',
  "app.py": "import flask\n",
  ".github/workflows/ci.yml":
    "on: pull_request\njobs:\n  a:\n    steps:\n      - run: make test\n      - run: ./scripts/ci.sh\n      - run: tox\n      - run: just x\n      - run: nox\n      - run: npm test\n",
};

export const NAMES = [
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
export const PATTERNS: readonly (readonly [start: string, repeated: string])[] = [
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

export function repeated(start: string, pattern: string): string {
  return start + pattern.repeat(Math.ceil(CHARACTERS / pattern.length)).slice(0, CHARACTERS);
}

/** Reviews it with every rule; gives those that crashed, and the seconds of the processor that it took. */
export async function reviewed(
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
