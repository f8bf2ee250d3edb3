import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

/** Modules of runners, with the distributions that bring them. */
const FRAMEWORKS: readonly (readonly [module: RegExp, distribution: RegExp, name: string])[] = [
  // Hatch brings pytest for `hatch test`, and a plugin brings it as well.
  [/^pytest$/, /^pytest\d*(-|$)|-pytest$|^hatch$/, "pytest"],
  [/^robot(\.|$)/, /^robotframework/, "robotframework"],
  [/^selenium(\.|$)/, /selenium|splinter|helium/, "selenium"],
  [/^playwright(\.|$)/, /playwright|^robotframework-browser/, "playwright"],
  [/^behave(\.|$)/, /^behave/, "behave"],
  [/^nose2?(\.|$)/, /^(py)?nose/, "nose"],
  [/^twisted\.trial/, /^twisted/, "twisted"],
];
/** Runners that tests need not import. */
const RUNNER = /^(pytest|stestr|nose2?|behave|testtools|green|ward)$/;

export default defineRule({
  title: "What runs the tests is declared",
  severity: "medium",
  why: "Somebody with a fresh checkout cannot run tests whose runner nothing names, and what they install by hand is another version.",
  fix: "Add pytest, or the runner that the tests import, to the `dev` group of `[dependency-groups]` or to the requirements for development.",
  references: ["https://packaging.python.org/en/latest/specifications/dependency-groups/"],
  peers: ["sp-repo-review PP006", "OpenSSF Best Practices test_invocation"],
  appliesTo: ["web-service", "library", "cli", "worker", "serverless", "data-pipeline", "ml", "automation"],
  needs: ["testLayout", "namedDistributions"],
  check({ testLayout: { candidates, sources, unread }, namedDistributions: named }) {
    if (candidates.length === 0) return skip("there are no tests to run");
    const used = FRAMEWORKS.flatMap(([module, distribution, name]) => {
      const [first] = sources.flatMap(({ path, imports }) =>
        imports.filter((one) => module.test(one.module)).map(({ line }) => ({ path, line })),
      );
      const robot = name === "robotframework" ? candidates.find((path) => path.endsWith(".robot")) : undefined;
      const place = first ?? (robot === undefined ? undefined : { path: robot, line: 1 });
      return place ? [{ ...place, name, distribution }] : [];
    });
    const all = [...named.places];
    const placeOf = (distribution: RegExp, exact = "") =>
      all.find(([name]) => name === exact) ?? all.find(([name]) => distribution.test(name));
    const missing = used.filter(({ distribution }) => !placeOf(distribution));
    if (missing.length === 0) {
      const declared = placeOf(used[0]?.distribution ?? RUNNER, used[0]?.name);
      if (declared) return pass([{ ...declared[1], found: `${declared[0]} is declared.` }]);
      if (unread[0] && sources.length === 0) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      return pass();
    }
    const [hidden] = named.unread;
    if (hidden) cannotJudge(`${hidden.path} may name the runner and could not be read: ${hidden.reason}`);
    if (named.buildFile) cannotJudge(`${named.buildFile} may bring the runner`);
    return fail(
      missing.map(({ path, line, name }) => ({ path, line, found: `It imports ${name}, which nothing declares.` })),
    );
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "tests/test_api.py": "import pytest\n\ndef test_api(): ...\n",
      "pyproject.toml": '[dependency-groups]\ndev = ["pytest>=9"]\n',
    },
    fails: {
      "shop/api.py": "x = 1\n",
      "requirements.txt": "django\n",
      "tests/test_api.py": "import pytest\n\ndef test_api(): ...\n",
    },
  },
});
