import { cannotJudge, defineRule, fail, type Place, partial, pass, skip } from "../../src/rule.ts";

/** A number in place of a version breaks one job of several. */
const MISREAD = 0.5;

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
  needs: ["testedPythons", "claimedPythons", "pythonVersions", "profile"],
  check({ testedPythons: { versions, coversAll, computed, hasCi, unread }, claimedPythons, pythonVersions, profile }) {
    if (!hasCi) return skip("there is no CI");
    const isPackage = profile.id === "library" || profile.id === "cli" || profile.isInstalled;
    const claim = isPackage ? claimedPythons : undefined;
    const misread = versions.filter(({ isNumber }) => isNumber);
    if (misread.length > 0) {
      const places = misread.map(({ path, line, minor }) =>
        at(path, line, `Without quotes \`${minor}\` is the number ${Number(minor)}.`),
      );
      return misread.some(({ minor }) => minor === claim?.lowest) ? fail(places) : partial(MISREAD, places);
    }
    const tested = new Set(versions.map(({ minor }) => minor));
    const running = isPackage ? [] : pythonVersions.deployed.filter(({ minor }) => minor !== "3.x");
    if (isPackage && !claim) return skip("it claims no version of Python");
    if (!isPackage && running.length === 0) return skip("no file names the version that it runs on");
    const missing = [
      ...(claim?.lowest && !tested.has(claim.lowest)
        ? [`The lowest version that it claims, ${claim.lowest}, is not tested.`]
        : []),
      ...(claim?.highest && claim.highest !== claim.lowest && !tested.has(claim.highest) && !tested.has("3.x")
        ? [`The highest version that it claims, ${claim.highest}, is not tested.`]
        : []),
      ...(running.length > 0 && !running.some(({ minor }) => tested.has(minor)) && !tested.has("3.x")
        ? [`It runs on Python ${running[0]?.minor} and is tested on ${[...tested].join(", ")}.`]
        : []),
    ];
    const [first] = versions;
    const shown = versions.find(({ minor }) => minor === (claim?.lowest ?? running[0]?.minor)) ?? first;
    if (missing.length === 0 && shown)
      return pass([at(shown.path, shown.line, `Python ${shown.minor} is tested here.`)]);
    if (coversAll) return pass();
    if (computed) cannotJudge(`${computed.path}:${computed.line} computes the versions`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (!first) return skip("no job that tests names a version of Python");
    const last = versions.at(-1) ?? first;
    return fail(
      missing.map((found) =>
        found.startsWith("The highest") ? at(last.path, last.line, found) : at(first.path, first.line, found),
      ),
    );
  },
  message: ({ found }) => found,
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

function at(path: string, line: number, found: string): Place<string> {
  return { path, line, found };
}
