import rule from "../../../rules/dependencies/hashes-verified.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "manage.py": "import django\n" };
const start = 'CMD ["gunicorn", "shop.wsgi"]\n';
const hashed = "django==5.2.8 \\\n    --hash=sha256:0a\n";
const project = { "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n' };

/** A Dockerfile whose RUN lines begin at line 2. */
function image(...lines: readonly string[]): Record<string, string> {
  return { ...app, Dockerfile: `FROM python:3.14-slim\n${lines.join("\n")}\n${start}` };
}

describeRule(rule, [
  { name: "no dependency", repo: { ...app, "README.md": "# shop\n" }, expect: "skip" },
  {
    name: "a package that others install",
    repo: {
      "slug/__init__.py": "",
      "pyproject.toml":
        '[build-system]\nrequires = []\n[project]\nname = "slug"\nclassifiers = ["Typing :: Typed"]\ndependencies = ["idna"]\n',
    },
    expect: "skip",
  },
  {
    name: "requirements without hashes, and no image",
    repo: { ...app, "requirements.txt": "# web\ndjango==5.2.8\n" },
    expect: "fail",
    evidence: ["requirements.txt:2"],
    says: "requirements.txt holds no hashes.",
  },
  {
    name: "a list of names beside the list of their versions",
    repo: { ...app, "base_requirements.txt": "django\n", "requirements.txt": "django==5.2.8\n" },
    expect: "fail",
    evidence: ["requirements.txt:1"],
  },
  {
    name: "requirements with hashes",
    repo: { ...app, "requirements.txt": hashed },
    expect: "pass",
    evidence: ["requirements.txt:1"],
  },
  {
    name: "a lock, and no image",
    repo: { ...app, ...project, "poetry.lock": "" },
    expect: "pass",
    evidence: ["poetry.lock:1"],
  },
  {
    name: "one hash switches them on for the whole file",
    repo: { ...image("RUN pip install -r requirements.txt"), "requirements.txt": `idna==3.7\n${hashed}` },
    expect: "pass",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "a file without hashes, on its own line of a long RUN",
    repo: {
      ...image(
        "RUN apt-get update \\",
        "    # the libraries",
        " && pip install --no-cache-dir \\",
        "      -r requirements/production.txt",
      ),
      "requirements/production.txt": "django==5.2.8\n",
    },
    expect: "fail",
    evidence: ["Dockerfile:4"],
    says: "installs without hashes",
  },
  {
    name: "in a here-document",
    repo: { ...image("RUN <<EOF", "set -e", "pip install -r requirements.txt", "EOF"), "requirements.txt": "django\n" },
    expect: "fail",
    evidence: ["Dockerfile:4"],
  },
  {
    name: "the lock bypassed by a plain list",
    repo: {
      ...image("RUN pip install -r requirements.txt"),
      ...project,
      "uv.lock": "",
      "requirements.txt": "django==5.2.8\n",
    },
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "the lock bypassed by the manifest",
    repo: { ...image("RUN uv pip install -r pyproject.toml"), ...project, "uv.lock": "" },
    expect: "fail",
  },
  {
    name: "an export with hashes",
    repo: {
      ...image("RUN uv export --no-dev -o /tmp/reqs.txt && pip install -r /tmp/reqs.txt"),
      ...project,
      "uv.lock": "",
    },
    expect: "pass",
  },
  {
    name: "an export without hashes",
    repo: {
      ...image("RUN poetry export --without-hashes -o reqs.txt", "RUN pip install -r reqs.txt"),
      ...project,
      "poetry.lock": "",
    },
    expect: "fail",
    evidence: ["Dockerfile:3"],
  },
  {
    name: "a file that nobody can name",
    repo: { ...image("ARG LIST", "RUN pip install -r $LIST"), ...project },
    expect: "unknown",
    says: "is not known",
  },
  {
    name: "hashes asked for on the command line",
    repo: { ...image("RUN pip install --require-hashes -r reqs.txt"), ...project },
    expect: "pass",
  },
  {
    name: "the manager itself is exempt",
    repo: {
      ...image("RUN pip install --upgrade pip 'poetry==2.2.1'", "RUN poetry install --only main"),
      ...project,
      "poetry.lock": "",
    },
    expect: "pass",
    evidence: ["Dockerfile:3"],
  },
  {
    name: "a server beside the lock",
    repo: { ...image("RUN uv sync --locked", "RUN uv pip install gunicorn==23.0.0"), ...project, "uv.lock": "" },
    expect: "partial",
    value: 0.5,
    evidence: ["Dockerfile:3"],
  },
  {
    name: "uv without a lock",
    repo: { ...image("RUN uv sync"), ...project },
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "the project itself after its requirements",
    repo: {
      ...image("RUN pip install -r requirements.txt", "RUN pip install ."),
      "requirements.txt": hashed,
      ...project,
    },
    expect: "pass",
  },
  {
    name: "the project itself brings its requirements",
    repo: { ...image("COPY . .", "RUN pip install ."), ...project },
    expect: "fail",
    evidence: ["Dockerfile:3"],
  },
  {
    name: "wheels from an earlier stage",
    repo: {
      ...app,
      Dockerfile: `FROM python:3.14 AS build\nRUN pip wheel -w /wheels -r requirements.txt\nFROM python:3.14-slim\nCOPY --from=build /wheels /wheels\nRUN pip install --no-index /wheels/*\n${start}`,
      "requirements.txt": hashed,
    },
    expect: "pass",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "a stage for tests is not shipped",
    repo: {
      ...app,
      Dockerfile: `FROM python:3.14 AS base\nRUN uv sync --locked\nFROM base AS test\nRUN pip install pytest\nFROM base AS production\n${start}`,
      ...project,
      "uv.lock": "",
    },
    expect: "pass",
  },
  {
    name: "an explicit lock of conda",
    repo: {
      ...image("RUN mamba create -n shop --file conda-linux-64.lock"),
      "environment.yml": "dependencies: [django]\n",
    },
    expect: "pass",
  },
  {
    name: "an environment of conda",
    repo: { ...image("RUN conda env create -f environment.yml"), "environment.yml": "dependencies: [django]\n" },
    expect: "fail",
  },
  {
    name: "what comes from a folder or a repository, which no hash can hold",
    repo: {
      ...image("RUN pip install -r requirements.txt && pip install --no-deps -e ."),
      "requirements.txt": hashed,
    },
    expect: "pass",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "an export without its dependencies' dependencies",
    repo: {
      ...image("RUN pip install --no-deps -r requirements.txt"),
      ...project,
      "poetry.lock": "",
      "requirements.txt": hashed,
    },
    expect: "pass",
    evidence: ["Dockerfile:2"],
  },
]);
