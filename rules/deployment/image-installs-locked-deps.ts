import { cannotJudge, defineRule, partial, pass, shareOf, skip } from "../../src/rule.ts";

/** A lock that may change on the way, or an installer without a version, weighs little. */
const LOW = 0.8;

export default defineRule({
  title: "Images install the versions that were tested",
  severity: "medium",
  why: "An image that resolves its dependencies when it is built runs versions that no test has seen, and other ones with every build.",
  fix: "Install from the lock (`uv sync --locked`, `poetry install`, `pipenv sync`) or from a requirements file with exact versions, best with hashes.",
  byHand: "the lock has to be made first, and how the image gets it is for people to say",
  references: [
    "https://docs.astral.sh/uv/guides/integration/docker/",
    "https://pip.pypa.io/en/stable/topics/repeatable-installs/",
  ],
  peers: ["hadolint DL3013", "Scorecard Pinned-Dependencies"],
  appliesTo: ["web-service", "worker", "serverless", "ml", "data-pipeline", "automation"],
  scope: "repository",
  needs: ["imageInstalls"],
  check({ imageInstalls: { installs, unread } }) {
    const ofFirmness = (...wanted: readonly string[]) => installs.filter(({ firmness }) => wanted.includes(firmness));
    const placesOf = (some: typeof installs) => some.map(({ path, line, because }) => ({ path, line, found: because }));
    const open = ofFirmness("open");
    const locked = ofFirmness("locked");
    const weak = ofFirmness("weak");
    if (open.length > 0) return shareOf(locked.length, locked.length + open.length, placesOf(open));
    if (weak.length > 0) return partial(LOW, placesOf(weak));
    if (locked.length > 0) return pass(placesOf(locked));
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    const [unknown] = ofFirmness("unknown");
    if (unknown) cannotJudge(`${unknown.path}: ${unknown.because || "what it installs cannot be told"}`);
    if (installs.length > 0) return pass();
    return skip("no image installs Python packages");
  },
  message: ({ found }) => `${found.startsWith("`") ? found : found.charAt(0).toUpperCase() + found.slice(1)}.`,
  examples: {
    passes: {
      Dockerfile: "FROM python:3.14-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked --no-dev\n",
      "uv.lock": "version = 1\n",
      "pyproject.toml": "[project]\nname = 'shop'\ndependencies = ['gunicorn', 'django']\n",
      "shop/wsgi.py": "",
    },
    fails: {
      Dockerfile: "FROM python:3.14-slim\nRUN pip install gunicorn django\n",
      "requirements.txt": "gunicorn\ndjango\n",
      "shop/wsgi.py": "",
    },
  },
});
