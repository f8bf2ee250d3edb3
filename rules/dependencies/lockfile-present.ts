import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

/** A frozen environment has at least so many pins, where its direct dependencies are not known. */
const FROZEN = 50;
/** Pins for each direct dependency that show that the transitive ones are among them. */
const DEPTH = 1.5;

export default defineRule({
  title: "A lock file holds the exact versions that are deployed",
  severity: "high",
  why: "Without one, tomorrow's build installs other versions than the ones that were tested today.",
  fix: "Commit the lock of your manager: uv lock, poetry lock, pdm lock, pipenv lock, or pip-compile --generate-hashes.",
  references: ["https://peps.python.org/pep-0751/"],
  peers: ["Scorecard Pinned-Dependencies"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml", "cli", "notebooks"],
  needs: ["locks", "dependencies", "profile"],
  check({ locks: { files: locks }, dependencies: { manifests, unread }, profile }) {
    const [lock] = locks;
    if (lock) return pass([{ path: lock.path, line: 1, found: `It locks the versions for ${lock.format}.` }]);
    const runtime = manifests.map((file) => ({
      ...file,
      declarations: file.declarations.filter(({ group }) => group === "runtime"),
    }));
    const requirements = runtime.filter(({ kind, declarations }) => kind === "requirements" && declarations.length > 0);
    const [compiled] = requirements.filter(({ isCompiled }) => isCompiled);
    if (compiled)
      return pass([{ path: compiled.path, line: 1, found: "It was made by a resolver, with every version exact." }]);
    // A command that is published is installed beside other packages: it must not dictate their versions.
    if (profile.id === "cli") return skip("a command-line tool that is installed as a package needs no lock");
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    const pins = requirements.flatMap(({ declarations }) => declarations);
    const direct = runtime
      .filter(({ kind, path }) => kind !== "requirements" || path.endsWith(".in"))
      .flatMap(({ declarations }) => declarations);
    const enough = direct.length > 0 ? direct.length * DEPTH : FROZEN;
    if (pins.length >= enough && pins.every(({ pinned }) => pinned !== undefined)) {
      return pass([
        {
          path: requirements[0]?.path,
          line: 1,
          found: `Its ${pins.length} exact versions hold the transitive ones too.`,
        },
      ]);
    }
    const [loose] = runtime.filter(({ declarations }) => declarations.length > 0);
    if (loose) return fail([{ path: loose.path, line: 1, found: "No lock file covers what is declared here." }]);
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
