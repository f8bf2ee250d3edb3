import { cannotJudge, defineRule, fail, offer, type Place, partial, pass, skip } from "../../src/rule.ts";

/** What each part of a package's metadata is worth. */
const BUILD_SYSTEM = 0.4;
const PYTHON = 0.4;
const REST = 0.2;
/** With less than this, what matters is missing. */
const ENOUGH = 0.3;

export default defineRule({
  title: "The package states how it is built, for which Python, and what it is",
  severity: "medium",
  why: "Without a build backend every installer guesses how to build it, and without `requires-python` it is installed where it cannot run.",
  fix: 'Add `[build-system]` with `requires` and `build-backend`, and in `[project]` `requires-python = ">=3.x"`, description, readme, license and urls.',
  references: ["https://packaging.python.org/en/latest/specifications/pyproject-toml/"],
  peers: ["sp-repo-review PP002", "sp-repo-review PP003", "pyroma"],
  needs: ["packageMetadata", "packages", "profile", "pythonVersions"],
  check({ packageMetadata: metadata, packages: { isClassified }, profile, pythonVersions }) {
    if (!metadata) return skip("no manifest describes a package");
    const { path, line, hasPython, unbuilt, undescribed, describable, isComputed } = metadata;
    const at = (found: string): Place<string> => ({ path, line, found });
    const isPublished = profile.isInstalled || (isClassified && (profile.id === "library" || profile.id === "cli"));
    if (!isPublished) {
      // Who deploys an application chooses its interpreter, wherever that is written down.
      const [runs] = pythonVersions.deployed;
      if (hasPython) return pass([at("It says which versions of Python it runs on.")]);
      if (runs) return pass([{ path: runs.path, line: runs.line, found: `It runs on Python ${runs.minor}.` }]);
      if (isComputed) cannotJudge(`${path} computes what it states`);
      return fail([at("`requires-python` is missing.")]);
    }
    const missing = [
      ...(unbuilt.length > 0 ? [at(`\`[build-system]\` does not say ${unbuilt.map(quoted).join(", ")}.`)] : []),
      ...(hasPython ? [] : [at("`requires-python` is missing.")]),
      ...(undescribed.length > 0 ? [at(`The metadata lacks ${undescribed.map(quoted).join(", ")}.`)] : []),
    ];
    if (missing.length === 0) return pass([at("The metadata is complete.")]);
    if (isComputed && (!hasPython || undescribed.length > 0)) cannotJudge(`${path} computes what it states`);
    const described = REST * (1 - undescribed.length / describable);
    const value = (unbuilt.length > 0 ? 0 : BUILD_SYSTEM) + (hasPython ? PYTHON : 0) + described;
    return value < ENOUGH ? fail(missing) : partial(Math.round(value * 100) / 100, missing);
  },
  message: ({ found }) => found,
  repairNeeds: ["pythonClaim"],
  repair: ({ pythonClaim: { edits, otherwise } }) => offer(edits, otherwise),
  examples: {
    passes: {
      "pyproject.toml":
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "slug"\nversion = "1.2.0"\ndescription = "Slugs for titles"\nreadme = "README.md"\nlicense = "MIT"\nrequires-python = ">=3.11"\nurls.Source = "https://example.org/slug"\nclassifiers = ["Typing :: Typed"]\n',
      "src/slug/__init__.py": "",
    },
    fails: {
      "setup.py": 'from setuptools import setup\n\nsetup(name="slug", version="1.2.0")\n',
      "slug/__init__.py": "",
    },
  },
});

function quoted(name: string): string {
  return `\`${name}\``;
}
