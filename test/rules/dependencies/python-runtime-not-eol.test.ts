import rule from "../../../rules/dependencies/python-runtime-not-eol.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "manage.py": "", "shop/wsgi.py": "", "requirements.txt": "django\ngunicorn\n" };
const library = (python: string) => ({
  "pyproject.toml": `[build-system]\nrequires = []\n[project]\nname = "slug"\nclassifiers = ["Topic :: Text"]\nrequires-python = "${python}"\n`,
  "slug/__init__.py": "",
});
const ci = (...versions: string[]) => ({
  ".github/workflows/ci.yml": `on: push\njobs:\n  test:\n    strategy:\n      matrix:\n        python: [${versions.map((version) => `"${version}"`).join(", ")}]\n    steps:\n      - uses: actions/setup-python@v6\n        with:\n          python-version: \${{ matrix.python }}\n`,
});

describeRule(rule, [
  {
    name: "runtime.txt of a service",
    repo: { ...app, "runtime.txt": "# heroku\npython-3.10.4\n" },
    expect: "fail",
    evidence: ["runtime.txt:2"],
    says: "2026-10-31",
  },
  {
    name: "the version file",
    repo: { ...app, ".python-version": "3.14.7\n" },
    expect: "pass",
    evidence: [".python-version:1"],
  },
  {
    name: "an argument with a default",
    repo: { ...app, Dockerfile: "ARG PYTHON=3.9\nFROM python:${PYTHON}-slim\n" },
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "an image of uv",
    repo: { ...app, Dockerfile: "FROM ghcr.io/astral-sh/uv:0.9-python3.12-trixie-slim\n" },
    expect: "pass",
  },
  {
    name: "a tag that names no minor is another rule's",
    repo: { ...app, Dockerfile: "FROM python:3\n" },
    expect: "skip",
  },
  {
    name: "an end within ninety days",
    repo: { ...app, "runtime.txt": "python-3.11.2" },
    date: "2027-09-01",
    expect: "partial",
    value: 0.5,
  },
  {
    name: "App Engine",
    repo: { ...app, "app.yaml": "service: shop\nruntime: python39\n" },
    expect: "fail",
    evidence: ["app.yaml:2"],
  },
  { name: "another language's App Engine file", repo: { ...app, "app.yaml": "runtime: go122\n" }, expect: "skip" },
  {
    name: "Pipfile",
    repo: { ...app, Pipfile: '[packages]\n[requires]\npython_version = "3.8"\n' },
    expect: "fail",
    evidence: ["Pipfile:3"],
  },
  { name: "CI when nothing else says", repo: { ...app, ...ci("3.9", "3.13") }, expect: "pass" },
  {
    name: "CI on 3.10 alone, which YAML would read as 3.1",
    repo: { ...app, ...ci("3.10") },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:6"],
  },
  { name: "PyPy keeps its own support", repo: { ...app, ".python-version": "pypy3.9-7.3\n" }, expect: "skip" },
  {
    name: "a development image",
    repo: { ...app, "Dockerfile.dev": "FROM python:3.8\n", ".python-version": "3.13" },
    expect: "pass",
  },
  { name: "a library that still supports 3.9", repo: library(">=3.9"), expect: "pass" },
  {
    name: "a library for ended versions only",
    repo: library(">=3.7,<3.10"),
    expect: "fail",
    evidence: ["pyproject.toml:6"],
  },
  {
    name: "a library that is tested on ended versions only",
    repo: { "setup.py": "", "slug.py": "", ".travis.yml": "python:\n  - 2.6\n  - 2.7\n  - pypy\n" },
    expect: "fail",
    evidence: [".travis.yml:3"],
  },
  { name: "a version newer than the schedule", repo: { ...app, ".python-version": "3.19" }, expect: "pass" },
  {
    name: "a version file that cannot be read",
    repo: { ...app, ".python-version": { unreadable: "it is binary" } },
    expect: "unknown",
  },
  {
    name: "the oldest version that is tested beside the newest",
    repo: { ...app, ...ci("3.x", "3.8") },
    expect: "pass",
    says: "newest Python",
  },
  {
    name: "an old version of CI beside a living image",
    repo: { ...app, ...ci("3.8"), Dockerfile: "FROM python:3.14\n" },
    expect: "pass",
  },
  {
    name: "an image that does not say which Python it brings, and CI on an ended one",
    repo: { ...app, ...ci("3.8"), Dockerfile: "FROM ubuntu:20.04\nCMD gunicorn\n" },
    expect: "unknown",
    says: "ubuntu:20.04",
  },
  {
    name: "such an image, and CI on a living one",
    repo: { ...app, ...ci("3.14"), Dockerfile: "FROM acme/base:1\n" },
    expect: "pass",
  },
  {
    name: "python without a version, which other rules judge",
    repo: { ...app, Dockerfile: "FROM python:slim\n" },
    expect: "skip",
  },
  {
    name: "a version file for developers beside the image that is shipped",
    repo: { ...app, ".python-version": "3.9\n", Dockerfile: "FROM python:3.14\n" },
    expect: "pass",
    evidence: ["Dockerfile:1"],
  },
  {
    name: "an image of a vendor by its own name for Python",
    repo: { ...app, Dockerfile: "FROM ghcr.io/acme/base-python:3.9-alpine\n" },
    expect: "fail",
    evidence: ["Dockerfile:1"],
  },
  {
    name: "functions by their template",
    repo: {
      "template.yaml":
        "Globals:\n  Function:\n    Runtime: python3.9\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: { CodeUri: !Sub src }\n",
      "src/app.py": "",
    },
    expect: "fail",
    evidence: ["template.yaml:3"],
  },
  {
    name: "a function of the Serverless Framework",
    repo: {
      "serverless.yml": "provider:\n  runtime: python3.13\nfunctions:\n  f:\n    runtime: python3.9\n",
      "handler.py": "",
    },
    expect: "fail",
    evidence: ["serverless.yml:5"],
  },
  { name: "App Engine", repo: { ...app, "app.yaml": "runtime: python39\n" }, expect: "fail", evidence: ["app.yaml:1"] },
  {
    name: "less than 90 days left",
    repo: { ...app, Dockerfile: "FROM python:3.11\n" },
    date: "2027-09-01",
    expect: "partial",
    value: 0.5,
  },
  {
    name: "a library whose range has a living version that CI never runs",
    repo: { ...library(">=3.8"), ...ci("3.8", "3.9") },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:6"],
  },
  {
    name: "a library by what its setup.py states",
    repo: { "setup.py": 'setup(\n    name="slug",\n    python_requires=">=3.7,<3.9",\n)\n', "slug.py": "" },
    expect: "fail",
    evidence: ["setup.py:3"],
  },
  {
    name: "conda's environment",
    repo: { ...app, "environment.yml": "channels: [conda-forge]\ndependencies:\n  - python=3.9\n  - django\n" },
    expect: "fail",
    evidence: ["environment.yml:3"],
    says: "2025-10-31",
  },
  {
    name: "mise",
    repo: { ...app, "mise.toml": '[tools]\npython = "3.9"\n' },
    expect: "fail",
    evidence: ["mise.toml:2"],
  },
  {
    name: "asdf, with a vendor's interpreter beside another tool",
    repo: { ...app, ".tool-versions": "nodejs 3.9\npython graalpy-24.1\n" },
    expect: "skip",
  },
  {
    name: "asdf",
    repo: { ...app, ".tool-versions": "nodejs 22.1\npython 3.8.10\n" },
    expect: "fail",
    evidence: [".tool-versions:2"],
  },
  {
    name: "the system's Python of a distribution, which its vendor keeps",
    repo: { ...app, Dockerfile: "FROM ubuntu:20.04\nRUN apt-get install -y python3\nCMD gunicorn shop.wsgi\n" },
    expect: "skip",
  },
  {
    name: "an environment whose list is an alias, with other line ends",
    repo: {
      ...app,
      "environment.yml": "\uFEFF# conda\r\n.base: &base\r\n  - django\r\n  - python=3.9\r\ndependencies: *base\r\n",
    },
    expect: "fail",
    evidence: ["environment.yml:4"],
  },
  {
    name: "a second document of a template is none",
    repo: {
      ...app,
      "environment.yml": "---\ndependencies:\n  - python=3.9\n---\ndependencies:\n  - python=3.13\n",
    },
    expect: "fail",
    evidence: ["environment.yml:3"],
  },
  {
    name: "versions that the jobs of CI share by an anchor",
    repo: {
      ...app,
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  lint:\n    env:\n      X: &pythons\n        - '3.8'\n        - '3.9'\n  test:\n    strategy:\n      matrix:\n        python: *pythons\n    steps:\n      - uses: actions/setup-python@v6\n        with:\n          python-version: ${{ matrix.python }}\n",
    },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:7"],
  },
  {
    name: "an application that says no more than the range it allows",
    repo: { "manage.py": "", "pyproject.toml": '[project]\nname = "shop"\nrequires-python = ">=3.8"\n' },
    expect: "pass",
    evidence: ["pyproject.toml:3"],
    says: "Python 3.11",
  },
]);

const image = (...lines: readonly string[]) => ({
  ...app,
  Dockerfile: `${lines.join("\n")}\nCMD ["gunicorn", "shop.wsgi"]\n`,
});
const none = "no living version is tested here";

describeRepair(rule, [
  {
    name: "raises all stages of an image to the newest version that is tested and living",
    repo: {
      ...image(
        "# build",
        "FROM python:3.9-slim AS build",
        "RUN pip wheel -w /wheels .",
        "FROM docker.io/python:3.9-slim-bookworm",
        "COPY --from=build /wheels /wheels",
      ),
      ...ci("3.9", "3.13"),
    },
    after: {
      Dockerfile: image(
        "# build",
        "FROM python:3.13-slim AS build",
        "RUN pip wheel -w /wheels .",
        "FROM docker.io/python:3.13-slim-bookworm",
        "COPY --from=build /wheels /wheels",
      ).Dockerfile,
    },
  },
  {
    name: "does not guess a version that nobody tests",
    repo: { ...image("FROM python:3.9-slim"), ...ci("3.9") },
    refuses: none,
  },
  {
    name: "raises to none that the package does not allow",
    repo: {
      ...image("FROM python:3.9"),
      ...ci("3.9", "3.13"),
      "pyproject.toml": '[project]\nname = "shop"\nrequires-python = "<3.12"\n',
    },
    refuses: none,
  },
  {
    name: "leaves an image whose other lines hold the version",
    repo: {
      ...image(
        "FROM python:3.9-slim AS build",
        "FROM python:3.9-slim",
        "COPY --from=build /usr/local/lib/python3.9/site-packages /usr/local/lib/python3.9/site-packages",
      ),
      ...ci("3.13"),
    },
    refuses: none,
  },
  {
    name: "leaves a release of Debian that newer versions do not come with",
    repo: { ...image("FROM python:3.9-slim-buster"), ...ci("3.13") },
    refuses: none,
  },
  { name: "leaves an exact version", repo: { ...image("FROM python:3.9.18-slim"), ...ci("3.13") }, refuses: none },
  {
    name: "leaves a library to people",
    repo: { ...library(">=3.6,<3.9"), ...ci("3.8") },
    refuses: none,
  },
]);
