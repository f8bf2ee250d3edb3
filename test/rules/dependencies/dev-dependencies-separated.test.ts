import rule from "../../../rules/dependencies/dev-dependencies-separated.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "manage.py": "import django\n" };
const project =
  '[project]\nname = "shop"\ndependencies = ["django"]\n\n[dependency-groups]\ntest = ["pytest"]\ndev = ["ruff", { include-group = "test" }]\nsite = ["isort"]\n';

function image(run: string, pyproject = project): Record<string, string> {
  return {
    ...app,
    "pyproject.toml": pyproject,
    "uv.lock": "",
    Dockerfile: `FROM python:3.14-slim\n${run}\nCMD ["gunicorn", "shop.wsgi"]\n`,
  };
}

function library(name: string, dependencies: string, classifier = "Typing :: Typed"): Record<string, string> {
  return {
    "src/slug/__init__.py": "",
    "pyproject.toml": `[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "${name}"\nclassifiers = ["${classifier}"]\ndependencies = [${dependencies}]\n`,
  };
}

describeRule(rule, [
  { name: "nothing is declared", repo: app, expect: "skip" },
  { name: "no tool anywhere", repo: { ...app, "requirements.txt": "django\n" }, expect: "skip", says: "no tool" },
  {
    name: "one list for everything",
    repo: { ...app, "requirements.txt": "django\nruff==0.14\npytest-cov\n" },
    expect: "fail",
    evidence: ["requirements.txt:2", "requirements.txt:3"],
    says: "ruff is among what the code needs to run.",
  },
  {
    name: "a list for development",
    repo: { ...app, "requirements.txt": "django\n", "requirements-dev.txt": "pytest\n" },
    expect: "pass",
  },
  {
    name: "requirements beside the metadata are for its developers",
    repo: {
      ...app,
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n',
      "requirements.txt": "pytest\n",
    },
    expect: "pass",
  },
  { name: "a plugin needs what it plugs into", repo: library("pytest-slug", '"pytest>=8"'), expect: "pass" },
  { name: "a plugin by its classifier", repo: library("slug", '"pytest>=8"', "Framework :: Pytest"), expect: "pass" },
  { name: "a linter's plugin", repo: library("flake8-slug", '"flake8"'), expect: "pass" },
  {
    name: "a package that may call a formatter for its users",
    repo: library("slug", '"black"'),
    expect: "unknown",
    says: "black",
  },
  {
    name: "notebooks need Jupyter",
    repo: { "requirements.txt": "pandas\njupyter\n", "prices.ipynb": "{}", "prices.py": "" },
    expect: "pass",
  },
  {
    name: "an image that names a tool",
    repo: image("RUN uv sync --no-dev && \\\n    uv pip install pytest"),
    expect: "fail",
    evidence: ["Dockerfile:3"],
    says: "This brings pytest into the image.",
  },
  {
    name: "an image that installs the list for development",
    repo: {
      ...app,
      "requirements.txt": "django\n",
      "requirements/dev.txt": "pytest\n",
      Dockerfile: 'FROM python:3.14-slim\nRUN pip install -r requirements/dev.txt\nCMD ["gunicorn", "shop.wsgi"]\n',
    },
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "uv brings the group dev unasked",
    repo: image("RUN uv sync --locked"),
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  { name: "uv without it", repo: image("RUN uv sync --locked --no-dev"), expect: "pass" },
  { name: "uv without it by the environment", repo: image("ENV UV_NO_DEV=1\nRUN uv sync --locked"), expect: "pass" },
  {
    name: "uv with other defaults",
    repo: image("RUN uv sync --locked", `${project}\n[tool.uv]\ndefault-groups = []\n`),
    expect: "pass",
  },
  {
    name: "a group of the product that is asked for",
    repo: image("RUN uv sync --no-dev --group site"),
    expect: "pass",
  },
  { name: "a group for tests that is asked for", repo: image("RUN uv sync --no-dev --group test"), expect: "fail" },
  {
    name: "an argument of the build decides",
    repo: image('ARG DEV\nRUN if [ "$DEV" ]; then uv sync; else uv sync --no-dev; fi'),
    expect: "pass",
  },
  {
    name: "Poetry brings every group",
    repo: {
      ...image(
        "RUN poetry install --no-root",
        '[tool.poetry.dependencies]\ndjango = "*"\n\n[tool.poetry.group.dev.dependencies]\nmypy = "*"\n',
      ),
    },
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "Poetry with the main group alone",
    repo: image(
      "RUN poetry install --only main",
      '[tool.poetry.dependencies]\ndjango = "*"\n\n[tool.poetry.group.dev.dependencies]\nmypy = "*"\n',
    ),
    expect: "pass",
  },
  {
    name: "Poetry without the group",
    repo: image(
      "RUN poetry install --without dev",
      '[tool.poetry.dependencies]\ndjango = "*"\n\n[tool.poetry.group.dev.dependencies]\nmypy = "*"\n',
    ),
    expect: "pass",
  },
  {
    name: "Pipenv with its list for development",
    repo: {
      ...app,
      Pipfile: '[packages]\ndjango = "*"\n\n[dev-packages]\nblack = "*"\n',
      "Pipfile.lock": "{}",
      Dockerfile: 'FROM python:3.14-slim\nRUN pipenv install --system --dev\nCMD ["gunicorn", "shop.wsgi"]\n',
    },
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "a stage for tests is not shipped",
    repo: {
      ...app,
      "requirements.txt": "django\n",
      "requirements-dev.txt": "pytest\n",
      Dockerfile:
        'FROM python:3.14 AS base\nRUN pip install -r requirements.txt\nFROM base AS test\nRUN pip install pytest\nFROM base\nCMD ["gunicorn", "shop.wsgi"]\n',
    },
    expect: "pass",
  },
  {
    name: "a manifest that cannot be read",
    repo: { ...app, "setup.cfg": { unreadable: "too large" }, "requirements.txt": "django\n" },
    expect: "unknown",
  },
  {
    name: "a list of the needed tools that only development installs",
    repo: {
      ...app,
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n',
      "requirements.txt": "ruff==0.14\n",
    },
    expect: "pass",
  },
  {
    name: "an image that starts nothing and in which developers work",
    repo: {
      ...app,
      "requirements.txt": "django\n",
      "requirements-dev.txt": "pytest\n",
      Dockerfile: "FROM debian:13\nRUN pip3 install --no-deps -r /opt/shop/requirements-dev.txt\n",
    },
    expect: "pass",
  },
]);
