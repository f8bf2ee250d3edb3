import { cannotJudge, defineRule, fail, offer, partial, pass, skip } from "../../src/rule.ts";

const STRIPPED = 0.6;
const EXECUTED = 0.4;
/** A few outputs that nothing keeps out. */
const SMALL = 0.3;

export default defineRule({
  title: "Notebooks are kept free of outputs and run in CI",
  severity: "low",
  why: "Outputs hide a change from its reviewer and may carry data; a notebook that nothing runs stops working unseen.",
  fix: "Add the `nbstripout` hook to pre-commit, and run the notebooks in CI with `pytest --nbmake`.",
  references: ["https://github.com/kynan/nbstripout", "https://github.com/treebeardtech/nbmake"],
  peers: ["nbstripout"],
  appliesTo: "any",
  scope: "repository",
  needs: ["notebooks"],
  check({ notebooks: { paths, read, stripped, executed, unread } }) {
    if (paths.length === 0) return skip("there are no notebooks outside examples and documentation");
    const at = (path: string, found: string) => ({ path, line: 1, found });
    const offenders = read.flatMap(({ path, excess, errorCell, userPathCell }) => [
      ...(excess ? [at(path, `It carries ${excess} kB of outputs.`)] : []),
      ...(errorCell ? [at(path, `Cell ${errorCell} ends with an error.`)] : []),
      ...(userPathCell ? [at(path, `Cell ${userPathCell} holds a path of somebody's own computer.`)] : []),
    ]);
    if (offenders.length > 0) return fail(offenders);
    const withOutputs = read.filter(({ outputLength }) => outputLength > 0);
    const missed = paths.find((path) => !read.some((one) => one.path === path));
    if (missed && !stripped && withOutputs.length === 0)
      cannotJudge(`${unread[0]?.path ?? missed} could not be read: ${unread[0]?.reason ?? "it is too large"}`);
    const isClean = stripped !== undefined || withOutputs.length === 0;
    const places = [
      ...(stripped ? [{ path: stripped.path, line: stripped.line, found: "Outputs are stripped here." }] : []),
      ...(executed ? [{ path: executed.path, line: executed.line, found: "Notebooks are run here." }] : []),
      ...(isClean ? [] : withOutputs.slice(0, 3).map(({ path }) => at(path, "It carries outputs."))),
      ...(executed ? [] : [{ found: "Nothing runs the notebooks." }]),
    ];
    const value = (isClean ? STRIPPED : 0) + (executed ? EXECUTED : 0);
    return value === 1 ? pass(places) : partial(Math.max(value, SMALL), places);
  },
  message: ({ found }) => found,
  repairNeeds: ["outputStripping"],
  repair: ({ outputStripping: { edits, otherwise } }) => offer(edits, otherwise),
  examples: {
    passes: {
      "notebooks/report.ipynb": '{"cells": [{"cell_type": "code", "source": "1", "outputs": []}], "nbformat": 4}\n',
      ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: pytest --nbmake notebooks\n",
      "shop/api.py": "",
    },
    fails: {
      "notebooks/report.ipynb":
        '{"cells": [{"cell_type": "code", "source": "1/0", "outputs": [{"output_type": "error", "ename": "ZeroDivisionError"}]}], "nbformat": 4}\n',
      "shop/api.py": "",
    },
  },
});
