import { cannotJudge, defineRule, fail, type Place, partial, pass, skip } from "../../src/rule.ts";

/** What each part of a package's metadata is worth. */
const BUILD_SYSTEM = 0.4;
const PYTHON = 0.4;
const REST = 0.2;
/** With less than this, what matters is missing. */
const ENOUGH = 0.3;
const DESCRIPTIVE = ["version", "description", "readme", "license", "urls"] as const;
const BUILD_KEYS = ["requires", "build-backend"] as const;

export default defineRule({
  title: "The package states how it is built, for which Python, and what it is",
  severity: "medium",
  why: "Without a build backend every installer guesses how to build it, and without `requires-python` it is installed where it cannot run.",
  fix: 'Add `[build-system]` with `requires` and `build-backend`, and in `[project]` `requires-python = ">=3.x"`, description, readme, license and urls.',
  references: ["https://packaging.python.org/en/latest/specifications/pyproject-toml/"],
  peers: ["sp-repo-review PP002", "sp-repo-review PP003", "pyroma"],
  needs: ["packages", "profile", "pythonVersions"],
  check({ packages: { all, isClassified }, profile, pythonVersions }) {
    const [nearest] = all;
    if (!nearest) return skip("no manifest describes a package");
    const described = all.filter(({ path }) => folderOf(path) === folderOf(nearest.path));
    const states = new Set(described.flatMap((one) => [...one.states]));
    const at = (found: string): Place<string> => ({ path: nearest.path, line: nearest.line, found });
    const isPublished = profile.isInstalled || (isClassified && (profile.id === "library" || profile.id === "cli"));
    const hasPython = states.has("requires-python");
    if (!isPublished) {
      // Who deploys an application chooses its interpreter, wherever that is written down.
      const [runs] = pythonVersions.deployed;
      if (hasPython) return pass([at("It says which versions of Python it runs on.")]);
      if (runs) return pass([{ path: runs.path, line: runs.line, found: `It runs on Python ${runs.minor}.` }]);
      if (described.some(({ isComputed }) => isComputed)) cannotJudge(`${nearest.path} computes what it states`);
      return fail([at("`requires-python` is missing.")]);
    }
    const keys = new Set(described.flatMap(({ buildSystem }) => [...buildSystem]));
    const noBackend = BUILD_KEYS.filter((key) => !keys.has(key));
    const undescribed = DESCRIPTIVE.filter((part) => !states.has(part));
    const missing = [
      ...(noBackend.length > 0 ? [at(`\`[build-system]\` does not say ${listed(noBackend)}.`)] : []),
      ...(hasPython ? [] : [at("`requires-python` is missing.")]),
      ...(undescribed.length > 0 ? [at(`The metadata lacks ${listed(undescribed)}.`)] : []),
    ];
    if (missing.length === 0) return pass([at("The metadata is complete.")]);
    const mayStateMore = described.some(({ isComputed }) => isComputed) && (!hasPython || undescribed.length > 0);
    if (mayStateMore) cannotJudge(`${nearest.path} computes what it states`);
    const value =
      (noBackend.length > 0 ? 0 : BUILD_SYSTEM) +
      (hasPython ? PYTHON : 0) +
      REST * (1 - undescribed.length / DESCRIPTIVE.length);
    return value < ENOUGH ? fail(missing) : partial(value, missing);
  },
  message: ({ found }) => found,
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

function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
