import rule from "../../../rules/code-quality/notebooks-controlled.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const cell = (source: string, outputs: readonly object[] = [], tags: readonly string[] = []) => ({
  cell_type: "code",
  metadata: { tags },
  source: [source],
  outputs,
});
const notebook = (...cells: readonly object[]) => JSON.stringify({ cells, nbformat: 4 });
const shows = (text: string) => ({ output_type: "stream", name: "stdout", text: [text] });
const raised = { output_type: "error", ename: "ValueError", evalue: "bad" };
const code = { "shop/api.py": "x = 1\n" };
const runs = {
  ".github/workflows/ci.yml":
    "on: push\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v5\n      - run: pytest --nbmake notebooks\n",
};
const hook = {
  ".pre-commit-config.yaml":
    "repos:\n  - repo: https://github.com/kynan/nbstripout\n    rev: 0.6.1\n    hooks:\n      - id: nbstripout\n",
};

describeRule(rule, [
  { name: "no notebooks", repo: code, expect: "skip" },
  {
    name: "a gallery of the documentation keeps its outputs",
    repo: { ...code, "docs/gallery/map.ipynb": notebook(cell("plot()", [shows("x".repeat(200_000))])) },
    expect: "skip",
  },
  {
    name: "an example keeps its outputs",
    repo: { ...code, "examples/map.ipynb": notebook(cell("1/0", [raised])) },
    expect: "skip",
  },
  {
    name: "a gallery beside the pages of myst-nb keeps its outputs",
    repo: {
      ...code,
      "documentation/conf.py": 'extensions = ["myst_nb"]\n',
      "documentation/how/map.ipynb": notebook(cell("plot()", [shows("x".repeat(200_000))])),
    },
    expect: "skip",
  },
  ...["jupyter nbconvert --to notebook --execute a.ipynb", "papermill a.ipynb b.ipynb", "pytest --nbval"].map(
    (command) => ({
      name: `run by ${command}`,
      repo: {
        ...code,
        "a.ipynb": notebook(cell("1")),
        ".github/workflows/ci.yml": `on: push\r\njobs:\r\n  test:\r\n    steps:\r\n      - run: ${command}\r\n`,
      },
      expect: "pass" as const,
      evidence: [".github/workflows/ci.yml:5"],
    }),
  ),
  {
    name: "no outputs, run in CI",
    repo: { ...code, ...runs, "notebooks/a.ipynb": notebook(cell("1")) },
    expect: "pass",
    evidence: [".github/workflows/ci.yml:6"],
  },
  {
    name: "stripped by a hook, and run",
    repo: { ...code, ...runs, ...hook, "notebooks/a.ipynb": notebook(cell("1", [shows("1")])) },
    expect: "pass",
    evidence: [".pre-commit-config.yaml:5", ".github/workflows/ci.yml:6"],
  },
  {
    name: "stripped by a filter of git, and run by nothing",
    repo: { ...code, ".gitattributes": "*.py text\n*.ipynb filter=nbstripout\n", "a.ipynb": notebook(cell("1")) },
    expect: "partial",
    value: 0.6,
    evidence: [".gitattributes:2", ""],
  },
  {
    name: "empty by habit",
    repo: { ...code, "a.ipynb": notebook(cell("1")) },
    expect: "partial",
    value: 0.6,
    evidence: [""],
  },
  {
    name: "run, with outputs",
    repo: { ...code, ...runs, "notebooks/a.ipynb": notebook(cell("1", [shows("1")])) },
    expect: "partial",
    value: 0.4,
    evidence: [".github/workflows/ci.yml:6", "notebooks/a.ipynb:1"],
  },
  {
    name: "a few outputs, and nothing else",
    repo: { ...code, "a.ipynb": notebook(cell("1", [shows("1")])) },
    expect: "partial",
    value: 0.3,
    evidence: ["a.ipynb:1", ""],
  },
  {
    name: "many outputs, whatever else",
    repo: { ...code, ...runs, ...hook, "a.ipynb": notebook(cell("1", [shows("x".repeat(150_000))])) },
    expect: "fail",
    evidence: ["a.ipynb:1"],
    says: "It carries 150 kB of outputs.",
  },
  {
    name: "an error",
    repo: { ...code, "a.ipynb": notebook(cell("x = 1"), cell("1/0", [raised])) },
    expect: "fail",
    evidence: ["a.ipynb:1"],
    says: "Cell 2 ends with an error.",
  },
  {
    name: "an error that is shown on purpose",
    repo: { ...code, "a.ipynb": notebook(cell("1/0", [raised], ["raises-exception"])) },
    expect: "partial",
    value: 0.3,
  },
  {
    name: "somebody's own path",
    repo: { ...code, "a.ipynb": notebook(cell("x = 1"), cell("load('/Users/ada/data/orders.csv')")) },
    expect: "fail",
    says: "Cell 2 holds a path of somebody's own computer.",
  },
  {
    name: "the home of an image is nobody's",
    repo: { ...code, "a.ipynb": notebook(cell("load('/home/jovyan/work/orders.csv')")) },
    expect: "partial",
    value: 0.6,
  },
  {
    name: "a notebook that cannot be read",
    repo: { ...code, "a.ipynb": { unreadable: "it is larger than 1 MB", size: 1_400_000 } },
    expect: "unknown",
    says: "a.ipynb",
  },
  {
    name: "notebooks without any other Python",
    repo: { "a.ipynb": notebook(cell("1/0", [raised])) },
    expect: "fail",
  },
]);

const withOutput =
  '{"cells": [{"cell_type": "code", "source": "1", "outputs": [{"output_type": "stream", "text": "1"}]}], "nbformat": 4}\n';

describeRepair(rule, [
  {
    name: "a hook beside the others",
    repo: {
      "notebooks/report.ipynb": withOutput,
      ".pre-commit-config.yaml":
        "# checks\nrepos:\n- repo: local\n  hooks:\n  - {id: x, name: x, entry: x, language: system}  # ours\n",
      "shop/api.py": "",
    },
    after: {
      ".pre-commit-config.yaml":
        "# checks\nrepos:\n- repo: local\n  hooks:\n  - {id: x, name: x, entry: x, language: system}  # ours\n- repo: https://github.com/kynan/nbstripout\n  rev: 0.6.1\n  hooks:\n  - id: nbstripout\n",
    },
    leaves: true,
  },
  {
    name: "a first hook",
    repo: { "notebooks/report.ipynb": withOutput, "shop/api.py": "" },
    after: {
      ".pre-commit-config.yaml":
        "repos:\n  - repo: https://github.com/kynan/nbstripout\n    rev: 0.6.1\n    hooks:\n      - id: nbstripout\n",
    },
    leaves: true,
  },
  {
    name: "not while an error stands in a cell",
    repo: {
      "notebooks/report.ipynb": withOutput.replace("stream", "error"),
      "shop/api.py": "",
    },
    refuses: "has to be stripped first",
  },
  {
    name: "no run of notebooks",
    repo: {
      "notebooks/report.ipynb": '{"cells": [{"cell_type": "code", "source": "1", "outputs": []}], "nbformat": 4}\n',
      "shop/api.py": "",
    },
    refuses: "what the notebooks need",
  },
]);
