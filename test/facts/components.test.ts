import { describe, expect, test } from "@jest/globals";
import { reviewSnapshot } from "../../src/engine/review-snapshot.ts";
import { miniSnapshot } from "../support/mini-snapshot.ts";
import { python } from "../support/python.ts";

const named = (name: string): string => `[build-system]\nrequires = []\n[project]\nname = "${name}"\n`;

/** Which folders are judged as units of their own. */
async function rootsOf(files: Record<string, string>): Promise<readonly string[]> {
  const review = await reviewSnapshot(miniSnapshot(files), { rules: [], date: "2026-11-22", python });
  return review.components.map(({ root }) => root);
}

describe("components", () => {
  test.each<[string, Record<string, string>, readonly string[]]>([
    ["a package at the root", { "pyproject.toml": named("a"), "src/a/x.py": "" }, [""]],
    ["scripts without any manifest", { "run.py": "" }, [""]],
    [
      "a root with settings of tools only",
      { "pyproject.toml": "[tool.ruff]\n", "backend/pyproject.toml": named("b"), "backend/x.py": "" },
      ["backend"],
    ],
    [
      "packages below a root without manifest",
      { "libs/a/pyproject.toml": named("a"), "libs/a/a.py": "", "libs/b/setup.py": "", "libs/b/b.py": "" },
      ["libs/a", "libs/b"],
    ],
    [
      "a package and a member of its workspace",
      { "pyproject.toml": named("a"), "a.py": "", "libs/b/pyproject.toml": named("b"), "libs/b/b.py": "" },
      ["", "libs/b"],
    ],
    [
      "programs by their requirements",
      { "one/requirements.txt": "x", "one/a.py": "", "two/requirements.txt": "x", "two/a.py": "" },
      ["one", "two"],
    ],
    [
      "a folder that only holds the requirements",
      { "requirements/base.txt": "x", "requirements/gen.py": "", "shop/a.py": "" },
      [""],
    ],
    [
      "manage.py below the package's root",
      { "pyproject.toml": named("a"), "src/manage.py": "", "src/a/x.py": "" },
      [""],
    ],
    [
      "one program in a repository of several languages",
      { "python/requirements.txt": "x", "python/server.py": "", "go/main.go": "" },
      ["python"],
    ],
    [
      "examples and tests of a package",
      {
        "pyproject.toml": named("a"),
        "a.py": "",
        "examples/demo/setup.py": "",
        "examples/demo/x.py": "",
        "tests/pkg/setup.py": "",
        "tests/pkg/y.py": "",
      },
      [""],
    ],
    [
      "a setup.py that is a module of the package",
      { "pyproject.toml": named("a"), "a/__init__.py": "", "a/setup.py": "" },
      [""],
    ],
    [
      "a Pipfile among the modules of a package",
      { "pyproject.toml": named("a"), "a/urls/__init__.py": "", "a/urls/Pipfile": "" },
      [""],
    ],
    ["a Pipfile beside a root that is a package itself", { Pipfile: "", "__init__.py": "", "a.py": "" }, [""]],
    [
      "projects that a package generates from, in folders named as examples",
      {
        "libs/cli/pyproject.toml": named("cli"),
        "libs/cli/run.py": "",
        "libs/cli/uv-examples/simple/pyproject.toml": named("simple"),
        "libs/cli/uv-examples/simple/agent.py": "",
        "libs/sdk/pyproject.toml": named("sdk"),
        "libs/sdk/sdk_example/client.py": "",
      },
      ["libs/cli", "libs/sdk"],
    ],
    [
      "what is vendored",
      { "pyproject.toml": named("a"), "a.py": "", "vendor/b/setup.py": "", "vendor/b/b.py": "" },
      [""],
    ],
    [
      "the skeleton of a template",
      { "setup.py": "", "hooks.py": "", "{{cookiecutter.name}}/setup.py": "", "{{cookiecutter.name}}/x.py": "" },
      [""],
    ],
    [
      "what linguist is told to be vendored",
      {
        ".gitattributes": "bundled/** linguist-vendored\n",
        "pyproject.toml": named("a"),
        "a.py": "",
        "bundled/b/setup.py": "",
        "bundled/b/b.py": "",
      },
      [""],
    ],
    [
      "what pip installed for a function",
      {
        "layer/requirements.txt": "x",
        "layer/handler.py": "",
        "layer/certifi/setup.py": "",
        "layer/certifi/core.py": "",
        "layer/certifi-2024.7.4.dist-info/RECORD": "",
      },
      ["layer"],
    ],
    [
      "what a copier template renders",
      {
        "copier.yml": "_subdirectory: skeleton\n",
        "pyproject.toml": named("a"),
        "hooks.py": "",
        "skeleton/pyproject.toml": named("b"),
        "skeleton/b.py": "",
      },
      [""],
    ],
    [
      "a workspace whose root has tests alone",
      {
        "pyproject.toml": named("a"),
        "tests/test_a.py": "",
        "libs/b/pyproject.toml": named("b"),
        "libs/b/b.py": "",
      },
      ["libs/b"],
    ],
    [
      "a repository of samples for functions",
      {
        "one/template.yaml":
          "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: { Runtime: python3.13 }\n",
        "one/src/app.py": "",
        "one/src/requirements.txt": "",
        "two/cdk.json": "{}",
        "two/app.py": "",
        "three/template.yaml":
          "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: { Runtime: nodejs22.x }\n",
        "three/make.py": "",
      },
      ["one", "two"],
    ],
    [
      "app.yaml of another tool",
      {
        "ui/app.yaml": "apiVersion: 0.3.0\nkind: ksonnet.io/app\n",
        "ui/a.py": "",
        "b/app.yaml": "runtime: python312\n",
        "b/b.py": "",
      },
      ["b"],
    ],
    [
      "scripts of coding agents",
      { ".agents/skills/x/requirements.txt": "x", ".agents/skills/x/run.py": "", "a.py": "" },
      [""],
    ],
    [
      "a package.json beside a manifest without Python below it",
      { "web/requirements.txt": "x", "web/index.js": "", "app.py": "" },
      [""],
    ],
  ])("%s", async (_, files, roots) => {
    expect(await rootsOf(files)).toEqual(roots);
  });
});
