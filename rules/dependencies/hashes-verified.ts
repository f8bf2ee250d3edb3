import { cannotJudge, defineRule, pass, shareOf, skip } from "../../src/rule.ts";

export default defineRule({
  title: "What is installed for production is checked against recorded hashes",
  severity: "medium",
  why: "A version number does not say which file it means: without a hash, a mirror, a proxy or a stolen account can hand out another one.",
  fix: "Install from the lock (`uv sync --locked`, `poetry install`), or compile requirements with `--generate-hashes` and install with `--require-hashes`.",
  byHand: "only the package manager knows the hashes",
  references: ["https://pip.pypa.io/en/stable/topics/secure-installs/"],
  peers: ["Scorecard Pinned-Dependencies", "OpenSSF BPB delivery_mitm"],
  appliesTo: ["web-service", "worker", "serverless", "data-pipeline", "ml"],
  needs: ["hashChecks", "profile"],
  check({ hashChecks: { checks, unread }, profile }) {
    if (profile.isInstalled) return skip("whoever installs the published package chooses the files");
    const bare = checks.filter(({ isChecked }) => isChecked === false);
    const checked = checks.filter(({ isChecked }) => isChecked);
    if (bare.length > 0) {
      const places = bare.map(({ path, line, what, isCommand }) => ({
        path,
        line,
        found: isCommand ? `${what} installs without hashes.` : `${what} holds no hashes.`,
      }));
      return shareOf(checked.length, checked.length + bare.length, places);
    }
    const open = checks.find(({ isChecked }) => isChecked === undefined);
    if (open) cannotJudge(`what ${open.what} installs from is not known`);
    if (checked.length > 0)
      return pass(
        checked.map(({ path, line, what, isCommand }) => ({
          path,
          line,
          found: isCommand ? `${what} checks hashes.` : `${what} holds the hashes.`,
        })),
      );
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    return skip("no dependency is declared");
  },
  message: ({ found }) => found,
  examples: {
    passes: {
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n',
      "uv.lock": "version = 1\n",
      Dockerfile:
        'FROM python:3.14-slim\nRUN pip install uv==0.9.9 && uv sync --locked\nCMD ["gunicorn", "shop.wsgi"]\n',
      "manage.py": "import django\n",
    },
    fails: {
      "requirements.txt": "django==5.2.8\n",
      Dockerfile: 'FROM python:3.14-slim\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "shop.wsgi"]\n',
      "manage.py": "import django\n",
    },
  },
});
