import { cannotJudge, defineRule, fail, offer, partial, pass, skip } from "../../src/rule.ts";

/** A number in place of a version breaks one job of several. */
const MISREAD = 0.5;
const UNSTATED = { claim: "it claims no version of Python", deployment: "no file names the version that it runs on" };
export default defineRule({
  title: "CI tests the versions of Python that the code claims or runs on",
  severity: "medium",
  why: "A version that nobody tests works until the first user tries it; an application that is tested on one and deployed on another finds out in production.",
  fix: 'List the lowest and the highest supported version in the matrix, in quotes: `python-version: ["3.11", "3.14"]`; test an application on the version of its image.',
  references: [
    "https://docs.github.com/actions/tutorials/build-and-test-code/python",
    "https://scientific-python.org/specs/spec-0000/",
  ],
  peers: ["pyroma PythonClassifierVersion", "scientific-python SPEC 0"],
  appliesTo: ["library", "cli", "web-service", "worker", "serverless", "data-pipeline", "ml"],
  needs: ["pythonCoverage", "testedPythons"],
  check({ pythonCoverage, testedPythons: { coversAll, computed, inImage, hasCi, unread } }) {
    const { comparedWith, isStated, untested, shown, misread } = pythonCoverage;
    if (!hasCi) return skip("there is no CI");
    const unquoted = misread.map(({ path, line, minor }) => ({
      path,
      line,
      found: `Without quotes \`${minor}\` is the number ${Number(minor)}.`,
    }));
    if (unquoted.length > 0)
      return misread.some(({ isLowest }) => isLowest) ? fail(unquoted) : partial(MISREAD, unquoted);
    if (!isStated) return skip(UNSTATED[comparedWith]);
    if (untested.length === 0 && shown)
      return pass([{ path: shown.path, line: shown.line, found: `Python ${shown.minor} is tested here.` }]);
    if (coversAll) return pass();
    if (computed) cannotJudge(`${computed.path}:${computed.line} computes the versions`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!shown) return skip("no job that tests names a version of Python");
    if (inImage) cannotJudge(`${inImage.path}:${inImage.line} tests in an image, which has a Python of its own`);
    return fail(untested.map(({ path, line, says }) => ({ path, line, found: says })));
  },
  message: ({ found }) => found,
  repairNeeds: ["missingVersions"],
  repair: ({ missingVersions }) => offer(missingVersions, "the versions stand in no list of a workflow's matrix"),
  examples: {
    passes: {
      "pyproject.toml":
        '[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "slug"\nrequires-python = ">=3.11"\nclassifiers = ["Programming Language :: Python :: 3.11", "Programming Language :: Python :: 3.14"]\n',
      ".github/workflows/ci.yml":
        'on: pull_request\njobs:\n  test:\n    strategy:\n      matrix:\n        python: ["3.11", "3.14"]\n    steps:\n      - uses: actions/setup-python@v6\n        with:\n          python-version: ${{ matrix.python }}\n      - run: pytest\n',
      "src/slug/__init__.py": "",
    },
    fails: {
      "pyproject.toml":
        '[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "slug"\nrequires-python = ">=3.11"\nclassifiers = ["Programming Language :: Python :: 3.11", "Programming Language :: Python :: 3.14"]\n',
      ".github/workflows/ci.yml":
        'on: pull_request\njobs:\n  test:\n    steps:\n      - uses: actions/setup-python@v6\n        with:\n          python-version: "3.13"\n      - run: pytest\n',
      "src/slug/__init__.py": "",
    },
  },
});
