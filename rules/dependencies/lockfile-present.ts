import { cannotJudge, defineRule, fail, type Place, partial, pass, skip } from "../../src/rule.ts";

/** A frozen environment has at least so many pins, where its direct dependencies are not known. */
const FROZEN = 50;
/** Pins for each direct dependency that show that the transitive ones are among them. */
const DEPTH = 1.5;
/** Nobody deploys notebooks: a missing lock costs a reader, not the operation. */
const IN_NOTEBOOKS = 0.5;

export default defineRule({
  title: "A lock file holds the exact versions that are deployed",
  severity: "high",
  why: "Without one, tomorrow's build installs other versions than the ones that were tested today.",
  fix: "Commit the lock of your manager: `uv lock`, `poetry lock`, `pdm lock`, `pipenv lock`, or `pip-compile --generate-hashes`.",
  byHand: "only the package manager resolves versions",
  references: ["https://peps.python.org/pep-0751/"],
  peers: ["Scorecard Pinned-Dependencies"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml", "cli", "notebooks"],
  needs: ["locks", "dependencies", "exactRequirements", "profile"],
  check({ locks: { files: locks, ignored }, dependencies: { manifests, unread }, exactRequirements, profile }) {
    const [lock] = locks;
    if (lock) return pass([{ path: lock.path, line: 1, found: `It locks the versions for ${lock.format}.` }]);
    const { compiled, exact, direct, gap } = exactRequirements;
    if (compiled)
      return pass([{ path: compiled, line: 1, found: "It was made by a resolver, with every version exact." }]);
    // What is installed beside other packages must not dictate their versions.
    if (profile.id === "cli" || (profile.id === "web-service" && profile.isInstalled))
      return skip("whoever installs the published package chooses the versions");
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    const enough = gap ? FROZEN : direct ? direct.size * DEPTH : FROZEN;
    if (exact && exact.names.size >= enough) {
      const found = `Its ${exact.names.size} exact versions hold the transitive ones too.`;
      return pass([{ path: exact.path, line: 1, found }]);
    }
    const missing = (place: Place<string>) =>
      profile.id === "notebooks" ? partial(IN_NOTEBOOKS, [place]) : fail([place]);
    if (ignored) return missing({ ...ignored, found: "Git is told to ignore the lock file." });
    if (exact) {
      const open = gap ? `${gap.needs}, which ${gap.name} needs,` : "the transitive ones";
      const found = `Its ${exact.names.size} exact versions leave ${open} open.`;
      return missing({ path: exact.path, line: 1, found });
    }
    const [loose] = manifests.filter(({ declarations }) => declarations.some(({ group }) => group === "runtime"));
    if (loose) return missing({ path: loose.path, line: 1, found: "No lock file covers what is declared here." });
    const computed = manifests.find(({ computedLine }) => computedLine !== undefined);
    if (computed) cannotJudge(`what ${computed.path} declares is computed`);
    return skip("no dependency is declared");
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "pyproject.toml": '[project]\nname = "orders"\ndependencies = ["django", "gunicorn"]\n',
      "uv.lock": 'version = 1\n[[package]]\nname = "django"\nversion = "5.2"\n',
      "manage.py": "import django\n",
    },
    fails: { "requirements.txt": "django>=5\ngunicorn\n", "manage.py": "import django\n" },
  },
});
