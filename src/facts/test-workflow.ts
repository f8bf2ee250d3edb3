import { currentActions } from "./current-actions.ts";
import { dependencies } from "./dependencies.ts";
import { defineFact } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { pyprojects } from "./pyprojects.ts";
import { pythonVersions } from "./python-versions.ts";
import { testLayout } from "./test-layout.ts";
import type { Tree } from "./tree.ts";

/** A workflow that installs the project and runs its tests; or why nobody but people can write it. */
export type TestWorkflow =
  | {
      readonly text: string;
      /** What installs the project with its tools for tests, and what runs them, on any machine. */
      readonly commands: readonly string[];
    }
  | { readonly reason: string };

interface Installation {
  /** Steps after the checkout, without the leading dash. */
  readonly steps: readonly string[];
  readonly test: string;
}

/** The newest release that nobody has reason to avoid (2026-11). */
const NEWEST = "3.14";
const NAME = /^[\w.-]+$/;

/** A workflow of GitHub for the tests of the project at the root, as its own files say that they are installed. */
export const testWorkflow = defineFact({
  spans: "repository",
  uses: { currentActions, dependencies, pyprojects, pythonVersions, testLayout },
  combine: ({ uses, tree }): TestWorkflow => {
    if (uses.testLayout.candidates.length === 0) return { reason: "there are no tests to run" };
    const data = uses.pyprojects.files.find(({ path }) => path === "pyproject.toml")?.data;
    const python = versionInput(tree, data, uses.pythonVersions.running[0]?.minor);
    const actions = uses.currentActions;
    const setup = `uses: ${actions.setupPython}\n        with:\n          ${python}`;
    const installed =
      withUv(tree, data, `uses: ${actions.setupUv}`) ??
      withPoetry(tree, data, setup) ??
      withRequirements(uses.dependencies.manifests, setup) ??
      withPip(tree, data, setup);
    if (!installed) return { reason: "how pytest is installed here is for people to say" };
    const checkout = `uses: ${actions.checkout}\n        with:\n          persist-credentials: false`;
    const steps = [checkout, ...installed.steps, `run: ${installed.test}`];
    const commands = [...installed.steps, `run: ${installed.test}`].flatMap(
      (step) => /^run: (.+)$/.exec(step)?.[1] ?? [],
    );
    return { text: `${HEAD}${steps.map((step) => `      - ${step}\n`).join("")}`, commands };
  },
});

const HEAD = `name: Tests
on:
  pull_request:
  push:
    branches: [main, master]
permissions:
  contents: read
concurrency:
  group: tests-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  test:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
`;

function versionInput(tree: Tree, data: DataNode | undefined, running: string | undefined): string {
  if (tree.has(".python-version")) return "python-version-file: .python-version";
  if (running && /^3\.\d+$/.test(running)) return `python-version: "${running}"`;
  return data?.get("project", "requires-python")
    ? "python-version-file: pyproject.toml"
    : `python-version: "${NEWEST}"`;
}

function withUv(tree: Tree, data: DataNode | undefined, setup: string): Installation | undefined {
  if (!tree.has("uv.lock") || !data) return undefined;
  const place = placeOfPytest(data);
  if (!place) return undefined;
  const isDefault = place.kind === "runtime" || (place.kind === "group" && place.name === "dev");
  const option = isDefault ? "" : ` --${place.kind} ${place.name}`;
  return { steps: [setup, `run: uv sync --locked${option}`], test: `uv run --locked${option} pytest` };
}

function withPoetry(tree: Tree, data: DataNode | undefined, setup: string): Installation | undefined {
  if (!tree.has("poetry.lock") || !data) return undefined;
  const groups = data.get("tool", "poetry", "group")?.entries ?? [];
  const group = groups.find(({ value }) => value.get("dependencies")?.has("pytest"));
  const isDefault = ["dependencies", "dev-dependencies"].some((key) => data.get("tool", "poetry", key)?.has("pytest"));
  const place = placeOfPytest(data);
  if ((group && !NAME.test(group.key)) || !(group || isDefault || place)) return undefined;
  const option = group ? ` --with ${group.key}` : place?.kind === "extra" ? ` --extras ${place.name}` : "";
  return {
    steps: [setup, "run: pipx install poetry", `run: poetry install${option}`],
    test: "poetry run pytest",
  };
}

function withRequirements(
  manifests: readonly {
    readonly path: string;
    readonly kind: string;
    readonly declarations: readonly { readonly name: string }[];
    readonly includes: readonly string[];
  }[],
  setup: string,
): Installation | undefined {
  const files = manifests.filter(
    ({ kind, path }) => kind === "requirements" && /^(requirements\/)?[\w.-]+\.txt$/.test(path),
  );
  const testing = files.find(({ declarations }) => declarations.some(({ name }) => name === "pytest"));
  if (!testing) return undefined;
  const runtime = files.find(({ path }) => path === "requirements.txt" && path !== testing.path);
  const isIncluded = testing.includes.some((include) => /(^|\/)requirements\.txt$/.test(include));
  const paths = runtime && !isIncluded ? [runtime.path, testing.path] : [testing.path];
  return {
    steps: [setup, `run: python -m pip install ${paths.map((path) => `-r ${path}`).join(" ")}`],
    test: "python -m pytest",
  };
}

/** The package itself, with the group or extra that brings pytest. */
function withPip(tree: Tree, data: DataNode | undefined, setup: string): Installation | undefined {
  const place = data?.has("build-system") && !tree.has("uv.lock") ? placeOfPytest(data) : undefined;
  if (!place) return undefined;
  const what =
    place.kind === "extra" ? `-e ".[${place.name}]"` : `-e .${place.kind === "group" ? ` --group ${place.name}` : ""}`;
  return { steps: [setup, `run: python -m pip install ${what}`], test: "python -m pytest" };
}

/** Where a pyproject.toml names pytest itself. */
function placeOfPytest(
  data: DataNode,
): { readonly kind: "group" | "extra" | "runtime"; readonly name: string } | undefined {
  const isPytest = ({ text }: DataNode): boolean => /^pytest\s*([[<>=!~;@ ]|$)/i.test(text ?? "");
  const among = (kind: "group" | "extra", lists: DataNode | undefined) => {
    const list = (lists?.entries ?? []).find(({ key, value }) => NAME.test(key) && value.items.some(isPytest));
    return list && { kind, name: list.key };
  };
  const runtime = [data.get("project", "dependencies"), data.get("tool", "uv", "dev-dependencies")];
  if (runtime.some((list) => list?.items.some(isPytest))) return { kind: "runtime", name: "" };
  return among("group", data.get("dependency-groups")) ?? among("extra", data.get("project", "optional-dependencies"));
}
