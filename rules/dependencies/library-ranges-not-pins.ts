import { cannotJudge, defineRule, fail, offer, type Place, partial, pass, skip } from "../../src/rule.ts";

/** An upper bound is a guess about releases to come, though less harmful than a pin. */
const PYTHON_CAPPED = 0.5;
const CAPPED = 0.7;

export default defineRule({
  title: "A library leaves the versions to those who install it",
  severity: "medium",
  why: "Two libraries that pin one dependency cannot be installed together, and a pin or cap keeps a fix of that dependency away from every user.",
  fix: "Ask for the lowest version that works, as `requests>=2.32`; leave caps to applications, or say in a comment why one is needed.",
  references: ["https://packaging.python.org/en/latest/discussions/install-requires-vs-requirements/"],
  peers: ["sp-repo-review PP004", "pyroma"],
  appliesTo: ["library"],
  needs: ["publishedRequirements", "packages", "profile"],
  check({ publishedRequirements: { distributions, python, computed }, packages, profile }) {
    if (!profile.isInstalled && !packages.isClassified) return skip("no index hands it out");
    const judged = distributions.filter(({ isSibling }) => !isSibling);
    const pinned = judged.filter(({ exact }) => exact !== undefined);
    if (pinned.length > 0)
      return fail(pinned.map((one) => at(one, `${one.name} is pinned to ${one.exact} for everybody who installs it.`)));
    const unexplained = [...(python ? [python] : []), ...judged].filter(
      ({ cap, isExplained }) => cap !== undefined && !isExplained,
    );
    // Poetry's caret says what people mean by a lower bound, save for Python itself.
    const capped = unexplained.filter(({ name, cap }) => name === "python" || /^[<~]=?\s*\d/.test(cap ?? ""));
    const places = capped.map((one) =>
      at(one, `\`${one.cap}\` shuts out versions of ${one.name} to come, without a reason.`),
    );
    if (capped.length > 0)
      return partial(capped.some(({ name }) => name === "python") ? PYTHON_CAPPED : CAPPED, places);
    if (computed) cannotJudge(`what ${computed.path} requires is computed`);
    const [first] = distributions;
    if (first) return pass([at(first, "It asks for ranges.")]);
    return skip("the package requires nothing");
  },
  message: ({ found }) => found,
  repairNeeds: ["openRequirements"],
  repair: ({ openRequirements }) => offer(openRequirements, "whether a cap has a reason is for people to say"),
  examples: {
    passes: {
      "pyproject.toml":
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "slug"\nclassifiers = ["Typing :: Typed"]\ndependencies = ["text-unidecode>=1.3"]\n',
      "slug/__init__.py": "",
    },
    fails: {
      "pyproject.toml":
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "slug"\nclassifiers = ["Typing :: Typed"]\ndependencies = ["text-unidecode==1.3"]\n',
      "slug/__init__.py": "",
    },
  },
});

function at({ path, line }: { readonly path: string; readonly line: number }, found: string): Place<string> {
  return { path, line, found };
}
