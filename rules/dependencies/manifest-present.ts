import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

const STATES_NONE = "It states that nothing outside the standard library is needed.";
/** Functions find these where they run. */
const BROUGHT_BY_LAMBDA = /^(boto3|botocore)$/;

export default defineRule({
  title: "Direct dependencies are declared in a standard file",
  severity: "high",
  why: "Without a list of what the code needs, nobody can install it, update it, or tell whether a vulnerable package is in use.",
  fix: "List the distributions that the code imports under `[project]` `dependencies` in `pyproject.toml`.",
  byHand: "an import does not tell which distribution, and which versions of it, are meant",
  references: ["https://packaging.python.org/en/latest/guides/writing-pyproject-toml/"],
  peers: ["sp-repo-review PY001", "OpenSSF OSPS-QA-02.01"],
  needs: ["dependencies", "imports", "profile"],
  check({ dependencies: { manifests, unread }, imports, profile }) {
    const [manifest] = manifests;
    if (manifest) {
      const found =
        manifest.statesNone && manifest.declarations.length === 0 ? STATES_NONE : "It declares the dependencies.";
      return pass([{ path: manifest.path, line: manifest.declarations[0]?.line ?? 1, found }]);
    }
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    const needed = imports.thirdParty
      .filter(({ isIndented }) => !isIndented)
      .filter(({ module }) => profile.id !== "serverless" || !BROUGHT_BY_LAMBDA.test(module));
    const [first] = needed;
    // A single name that nobody knows may as well be a module that is put beside the code.
    const isCertain = needed.some(({ module, isWellKnown }) => isWellKnown || module !== first?.module);
    if (first && isCertain) {
      const { path, line, module } = first;
      return fail([{ path, line, found: `It imports ${module}, and no manifest declares any dependency.` }]);
    }
    if (imports.buildFile) cannotJudge(`${imports.buildFile} may say what is needed, and is not read`);
    if (imports.unread[0]) cannotJudge("there is no manifest, and the imports could not be read");
    if (first) cannotJudge(`where ${first.module}, which ${first.path} imports, comes from is not known`);
    if (!imports.complete) cannotJudge("there is no manifest, and only a part of the sources was read for imports");
    const [script] = imports.inline;
    if (script) return pass([{ ...script, found: "The script declares what it needs itself." }]);
    return skip("nothing outside the standard library is imported");
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "pyproject.toml": '[project]\nname = "orders"\ndependencies = ["fastapi>=0.115"]\n',
      "orders/api.py": "from fastapi import FastAPI\n",
    },
    fails: { "orders/api.py": "from fastapi import FastAPI\n" },
  },
});
