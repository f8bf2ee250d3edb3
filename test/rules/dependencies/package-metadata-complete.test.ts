import rule from "../../../rules/dependencies/package-metadata-complete.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const source = { "src/slug/__init__.py": "" };
const build = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n';
const classified = 'classifiers = ["Programming Language :: Python :: 3"]\n';
const descriptive =
  'description = "Slugs"\nreadme = "README.md"\nlicense = "MIT"\nurls.Source = "https://example.org"\n';

function library(project: string, before = build): Record<string, string> {
  return { ...source, "pyproject.toml": `${before}[project]\nname = "slug"\n${classified}${project}` };
}

describeRule(rule, [
  { name: "requirements alone", repo: { "requirements.txt": "django\n", "manage.py": "" }, expect: "skip" },
  {
    name: "settings of tools alone",
    repo: { "pyproject.toml": "[tool.ruff]\nline-length = 100\n", "requirements.txt": "django\n", "manage.py": "" },
    expect: "skip",
    says: "no manifest describes a package",
  },
  {
    name: "a version that is made when it is built",
    repo: library(`dynamic = ["version"]\nrequires-python = ">=3.11"\n${descriptive}`),
    expect: "pass",
    evidence: ["pyproject.toml:5"],
  },
  {
    name: "no requires-python",
    repo: library(`version = "1"\n${descriptive}`),
    expect: "partial",
    value: 0.6,
    evidence: ["pyproject.toml:5"],
    says: "`requires-python` is missing.",
  },
  {
    name: "no build system",
    repo: library(`version = "1"\nrequires-python = ">=3.11"\nscripts.slug = "slug:main"\n${descriptive}`, ""),
    expect: "partial",
    value: 0.6,
    evidence: ["pyproject.toml:1"],
    says: "`requires`, `build-backend`",
  },
  {
    name: "a build system without its backend",
    repo: library(
      `version = "1"\nrequires-python = ">=3.11"\n${descriptive}`,
      '[build-system]\nrequires = ["setuptools"]\n\n',
    ),
    expect: "partial",
    value: 0.6,
    says: "does not say `build-backend`",
  },
  {
    name: "nothing that describes it",
    repo: library('version = "1"\nrequires-python = ">=3.11"\n'),
    expect: "partial",
    value: 0.84,
    says: "lacks `description`, `readme`, `license`, `urls`",
  },
  {
    name: "a licence among the classifiers",
    repo: {
      ...source,
      "pyproject.toml": `${build}[project]\nname = "slug"\nversion = "1"\ndescription = "Slugs"\nreadme = "README.md"\nrequires-python = ">=3.11"\nclassifiers = ["License :: OSI Approved :: MIT License"]\nurls.Source = "https://example.org"\n`,
    },
    expect: "pass",
  },
  {
    name: "Poetry's own tables",
    repo: {
      ...source,
      "pyproject.toml":
        '[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n\n[tool.poetry]\nname = "slug"\nversion = "1"\ndescription = "Slugs"\nreadme = "README.md"\nlicense = "MIT"\nrepository = "https://example.org"\nclassifiers = ["Typing :: Typed"]\n\n[tool.poetry.dependencies]\npython = "^3.11"\n',
    },
    expect: "pass",
    evidence: ["pyproject.toml:5"],
  },
  {
    name: "metadata in setup.cfg, the backend in pyproject.toml",
    repo: {
      ...source,
      "pyproject.toml": '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
      "setup.cfg":
        "[metadata]\nname = slug\nversion = attr: slug.__version__\nsummary = Slugs\ndescription_file = README.md\nlicense = MIT\nhome_page = https://example.org\nclassifiers =\n    Typing :: Typed\n\n[options]\npython_requires = >=3.11\n",
    },
    expect: "pass",
  },
  {
    name: "a setup.py with literal arguments",
    repo: {
      ...source,
      "setup.py":
        'from setuptools import setup\n\nsetup(\n    name="slug",\n    version="1",\n    description="Slugs",\n    long_description=text,\n    license="MIT",\n    url="https://example.org",\n    python_requires=">=3.11",\n    classifiers=["Typing :: Typed"],\n)\n',
    },
    expect: "partial",
    value: 0.6,
    evidence: ["setup.py:1"],
  },
  {
    name: "a setup.py that computes its arguments",
    repo: {
      ...source,
      "setup.py": 'from setuptools import setup\n\nsetup(name="slug", classifiers=["Typing :: Typed"], **about)\n',
    },
    expect: "unknown",
    says: "setup.py computes",
  },
  {
    name: "next to nothing",
    repo: {
      ...source,
      "setup.py": 'from setuptools import setup\n\nsetup(name="slug", version="1", classifiers=["Typing :: Typed"])\n',
    },
    expect: "fail",
    evidence: ["setup.py:1", "setup.py:1", "setup.py:1"],
  },
  {
    name: "an application needs the range alone",
    repo: {
      "manage.py": "import django\n",
      "pyproject.toml":
        '[project]\nname = "shop"\nversion = "0"\nrequires-python = ">=3.13"\ndependencies = ["django"]\n\n[tool.uv]\npackage = false\n',
    },
    expect: "pass",
  },
  {
    name: "an application without the range",
    repo: { "manage.py": "import django\n", "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n' },
    expect: "fail",
    evidence: ["pyproject.toml:1"],
  },
  {
    name: "an application whose image names its Python",
    repo: {
      "manage.py": "import django\n",
      "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n',
      Dockerfile: 'FROM python:3.14-slim\nCMD ["gunicorn", "shop.wsgi"]\n',
    },
    expect: "pass",
    evidence: ["Dockerfile:1"],
  },
  {
    name: "an application that Poetry is told not to build",
    repo: {
      "manage.py": "import django\n",
      "pyproject.toml":
        '[tool.poetry]\npackage-mode = false\n\n[tool.poetry.dependencies]\npython = "^3.13"\ndjango = "^5"\n',
    },
    expect: "pass",
    says: "It says which versions of Python it runs on.",
  },
  {
    name: "a setup.py that reads its arguments, and states all that counts",
    repo: {
      ...source,
      "pyproject.toml": '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
      "setup.py":
        'from setuptools import setup\n\nsetup(\n    name="slug",\n    version="1",\n    description="Slugs",\n    long_description=text,\n    license="MIT",\n    url="https://example.org",\n    python_requires=">=3.11",\n    classifiers=["Typing :: Typed"],\n    **extra,\n)\n',
    },
    expect: "pass",
  },
]);

const filed = (more: string) => ({
  "pyproject.toml": `[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "slug"\nclassifiers = [\n  'Programming Language :: Python :: 3.13',  # newest\n  'Programming Language :: Python :: 3.11',\n]\n${more}`,
  "src/slug/__init__.py": "",
});

describeRepair(rule, [
  {
    name: "the lowest version of Python that the classifiers name",
    repo: filed("\n[tool.hatch]\n"),
    after: { "pyproject.toml": filed('requires-python = ">=3.11"\n\n[tool.hatch]\n')["pyproject.toml"] },
    leaves: true,
  },
  {
    name: "not where a lock says for which versions it was made",
    repo: { ...filed(""), "uv.lock": "version = 1\n" },
    refuses: "uv.lock would have to be made anew",
  },
  {
    name: "no version that nobody named",
    repo: {
      "pyproject.toml":
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "slug"\n',
      "src/slug/__init__.py": "",
    },
    refuses: "no classifier says",
  },
]);
