import rule from "../../../rules/deployment/image-installs-locked-deps.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = {
  "pyproject.toml": "[project]\nname = 'shop'\ndependencies = ['gunicorn', 'django']\n",
  "shop/wsgi.py": "",
};
const image = (run: string, more: Readonly<Record<string, string>> = {}) => ({
  ...app,
  ...more,
  Dockerfile: `FROM python:3.14-slim\n${run}\nCMD ["gunicorn", "shop.wsgi"]\n`,
});
const exact = { "requirements.txt": "django==5.2.1\n-r more.txt\n", "more.txt": "gunicorn==23.0.0\n" };
const uv = { "uv.lock": "version = 1\n" };
const poetry = { "poetry.lock": "" };

describeRule(rule, [
  { name: "no image", repo: app, expect: "skip" },
  { name: "an image that installs no Python packages", repo: image("RUN apt-get install -y curl"), expect: "skip" },
  {
    name: "a name without a version, at RUN",
    repo: image("WORKDIR /app\nRUN pip install flask"),
    expect: "fail",
    evidence: ["Dockerfile:3"],
    says: "`flask` is installed without an exact version.",
  },
  { name: "a name with one", repo: image("RUN pip install flask==3.1.0 'gunicorn[gevent]==23.0'"), expect: "pass" },
  { name: "a prefix of versions", repo: image("RUN pip install flask==3.*"), expect: "fail" },
  {
    name: "a requirements file of ranges, wherever it is copied to",
    repo: image("COPY requirements.txt /tmp/\nRUN pip install --no-cache-dir -r /tmp/requirements.txt", {
      "requirements.txt": "django>=5\n",
    }),
    expect: "fail",
    evidence: ["Dockerfile:3"],
    says: "`requirements.txt` leaves the version of `django` open.",
  },
  {
    name: "exact versions, also in what it includes",
    repo: image("COPY . .\nRUN python -m pip install -r requirements.txt", exact),
    expect: "pass",
  },
  {
    name: "a script of its own around pip",
    repo: image("COPY . .\nRUN ./bin/pip-install -r requirements.txt", exact),
    expect: "pass",
    evidence: ["Dockerfile:3"],
  },
  {
    name: "what only an image for development installs",
    repo: image(
      'ARG DEVEL=no\nCOPY . .\nRUN pip install -r requirements.txt && if [ "$DEVEL" = "yes" ]; then pip install ipython; fi',
      exact,
    ),
    expect: "pass",
  },
  {
    name: "a range in what it includes",
    repo: image("COPY . .\nRUN pip install -r requirements.txt", { ...exact, "more.txt": "gunicorn\n" }),
    expect: "fail",
    says: "`more.txt` leaves",
  },
  {
    name: "constraints hold the versions",
    repo: image("RUN pip install -r requirements.txt -c constraints.txt", {
      "requirements.txt": "django\n",
      "constraints.txt": "django==5.2\n",
    }),
    expect: "pass",
  },
  {
    name: "constraints that the file itself names",
    repo: image("RUN pip install -r requirements.txt", {
      "requirements.txt": "-c constraints.txt\ndjango\n",
      "constraints.txt": "django==5.2\n",
    }),
    expect: "pass",
  },
  {
    name: "a file that was renamed",
    repo: image("COPY requirements/prod.txt requirements.txt\nRUN pip install -r requirements.txt", {
      "requirements/prod.txt": "django==5.2\n",
      "requirements.txt": "django\n",
    }),
    expect: "pass",
  },
  {
    name: "uv that holds to the lock",
    repo: image("COPY . .\nRUN --mount=type=cache,target=/root/.cache uv sync --frozen", uv),
    expect: "pass",
  },
  {
    name: "uv that may change the lock",
    repo: image("COPY . .\nRUN uv sync --no-dev", uv),
    expect: "partial",
    value: 0.8,
    says: "`uv` may change `uv.lock`",
  },
  {
    name: "uv that a variable holds to the lock",
    repo: image("ENV UV_LOCKED=1\nCOPY . .\nRUN uv sync", uv),
    expect: "pass",
  },
  {
    name: "Poetry with the lock",
    repo: image("COPY pyproject.toml poetry.lock ./\nRUN poetry install --only main", poetry),
    expect: "pass",
  },
  {
    name: "Poetry with the lock left behind",
    repo: image("COPY pyproject.toml ./\nRUN poetry install", poetry),
    expect: "fail",
    says: "`poetry.lock` is not copied",
  },
  {
    name: "Poetry without a lock",
    repo: image("COPY . .\nRUN poetry install"),
    expect: "fail",
    says: "without a `poetry.lock`",
  },
  {
    name: "Pipenv that refuses another lock",
    repo: image("COPY Pipfile* ./\nRUN pipenv install --system --deploy", { Pipfile: "", "Pipfile.lock": "{}" }),
    expect: "pass",
  },
  {
    name: "a list that is made of the lock",
    repo: image("COPY . .\nRUN uv export --frozen -o /tmp/all.txt && pip install -r /tmp/all.txt", uv),
    expect: "pass",
  },
  {
    name: "a branch of a repository",
    repo: image("RUN pip install git+https://github.com/acme/tools@main"),
    expect: "fail",
    says: "at no fixed revision",
  },
  {
    name: "a commit of a repository",
    repo: image("RUN pip install git+https://github.com/acme/tools@0123456789abcdef0123456789abcdef01234567"),
    expect: "pass",
  },
  {
    name: "the project itself, and wheels that were built before",
    repo: image(
      "COPY . .\nRUN pip install . && pip install --no-index --find-links=/wheels shop && pip install /wheels/*.whl",
    ),
    expect: "pass",
  },
  {
    name: "an installer weighs little",
    repo: image("COPY . .\nRUN pip install -U pip uv && uv sync --locked", uv),
    expect: "partial",
    value: 0.8,
    evidence: ["Dockerfile:3"],
  },
  {
    name: "one of two",
    repo: image("COPY . .\nRUN pip install -r requirements.txt\nRUN pip install gunicorn", exact),
    expect: "partial",
    value: 0.5,
    evidence: ["Dockerfile:4"],
  },
  {
    name: "a stage that the image is built from counts, one for tests does not",
    repo: {
      ...app,
      Dockerfile:
        "FROM python:3.14 AS tests\nRUN pip install pytest\nFROM python:3.14 AS builder\nRUN pip install flask\nFROM python:3.14-slim\nCOPY --from=builder /venv /venv\nCMD gunicorn\n",
    },
    expect: "fail",
    evidence: ["Dockerfile:4"],
  },
  {
    name: "conda with and without versions",
    repo: image("RUN conda install -y python=3.13 numpy"),
    expect: "fail",
    says: "`numpy`",
  },
  {
    name: "an image for development",
    repo: { ...app, "Dockerfile.dev": "FROM python:3.14\nRUN pip install flask\n" },
    expect: "skip",
  },
  {
    name: "a list that is computed",
    repo: image('RUN pip install -r "$REQUIREMENTS"'),
    expect: "unknown",
    says: "is computed",
  },
  {
    name: "a list that another step brings",
    repo: image("RUN curl -O https://acme.example/all.txt && pip install -r all.txt"),
    expect: "unknown",
    says: "not in the repository",
  },
  {
    name: "a Dockerfile that cannot be read",
    repo: { ...app, Dockerfile: { unreadable: "it is binary" } },
    expect: "unknown",
  },
  {
    name: "an extra beside the exact version",
    repo: image("RUN pip install -r requirements.txt", { "requirements.txt": "bleach==6.3.0\nbleach[css]\n" }),
    expect: "pass",
  },
  {
    name: "a command in the third line of its RUN, after Windows line ends",
    repo: image("RUN apt-get update && \\\r\n    apt-get install -y git && \\\r\n    pip install flask"),
    expect: "fail",
    evidence: ["Dockerfile:4"],
  },
  {
    name: "options that a variable holds",
    repo: image('COPY pyproject.toml uv.lock ./\nENV UV_OPTIONS="--frozen --no-dev"\nRUN uv sync $UV_OPTIONS', uv),
    expect: "pass",
  },
  {
    name: "PDM, pixi and conda-lock with their locks",
    repo: image("COPY . .\nRUN pdm sync --prod\nRUN pixi install --locked\nRUN conda-lock install conda-lock.yml", {
      "pdm.lock": "",
      "pixi.lock": "version: 6\n",
      "conda-lock.yml": "version: 1\n",
    }),
    expect: "pass",
  },
]);
