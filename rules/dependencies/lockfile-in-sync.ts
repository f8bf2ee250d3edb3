import { cannotJudge, defineRule, fail, pass, skip } from "../../src/rule.ts";

export default defineRule({
  title: "The lock was made from the current manifest",
  severity: "medium",
  why: "A lock that lags behind the manifest installs without what was added since, or is silently made anew in the middle of a deployment.",
  fix: "Run `uv lock`, `poetry lock`, `pdm lock` or `pipenv lock` and commit the result; `--locked`, `--check` or `--deploy` in CI keeps it that way.",
  byHand: "only the package manager resolves versions",
  references: [
    "https://docs.astral.sh/uv/concepts/projects/sync/#checking-the-lockfile",
    "https://python-poetry.org/docs/cli/#check",
  ],
  peers: ["poetry check --lock", "uv lock --check"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml", "cli", "automation"],
  needs: ["lockDrift", "locks"],
  check({ lockDrift: { locks, unread }, locks: { files } }) {
    const drifts = locks.flatMap((lock) => lock.drifts ?? []);
    if (drifts.length > 0) return fail(drifts.map(({ path, line, sentence }) => ({ path, line, found: sentence })));
    if (files.length === 0) return skip("there is no lock file");
    const unknown = locks.find((lock) => lock.drifts === undefined);
    if (unknown) cannotJudge(`whether ${unknown.path} is up to date cannot be told: ${unknown.reason}`);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (locks.length === 0) return skip("no lock stands beside a manifest that it can be compared with");
    return pass(locks.map(({ path }) => ({ path, line: 1, found: "It holds what the manifest asks for." })));
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django>=5.2"]\n',
      "uv.lock":
        'version = 1\n\n[[package]]\nname = "django"\nversion = "5.2.8"\nsource = { registry = "https://pypi.org/simple" }\n\n[[package]]\nname = "shop"\nsource = { virtual = "." }\n',
      "manage.py": "import django\n",
    },
    fails: {
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django>=5.2", "stripe"]\n',
      "uv.lock":
        'version = 1\n\n[[package]]\nname = "django"\nversion = "5.2.8"\nsource = { registry = "https://pypi.org/simple" }\n\n[[package]]\nname = "shop"\nsource = { virtual = "." }\n',
      "manage.py": "import django\n",
    },
  },
});
