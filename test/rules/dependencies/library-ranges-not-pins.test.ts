import rule from "../../../rules/dependencies/library-ranges-not-pins.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const build = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n';

/** A published library whose [project] goes on with this from line 9 on. */
function library(project: string): Record<string, string> {
  return {
    "slug/__init__.py": "",
    "pyproject.toml": `${build}[project]\nname = "slug"\nclassifiers = ["Typing :: Typed"]\nversion = "2.1.0"\n${project}`,
  };
}

describeRule(rule, [
  { name: "a library that needs nothing", repo: library(""), expect: "skip", says: "requires nothing" },
  {
    name: "a library that no index knows",
    repo: {
      "slug/__init__.py": "",
      "pyproject.toml": `${build}[project]\nname = "slug"\ndependencies = ["idna==3.7"]\n`,
    },
    expect: "skip",
  },
  {
    name: "an application may pin",
    repo: { "manage.py": "", "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django==5.2"]\n' },
    expect: "skip",
  },
  {
    name: "a program may pin",
    repo: library('scripts.slug = "slug:main"\ndependencies = ["click==8.1.7", "rich==13.0"]\n'),
    expect: "skip",
  },
  {
    name: "a pin among ranges",
    repo: library('dependencies = [\n  "idna>=3",\n  "urllib3==2.5.0",\n]\n'),
    expect: "fail",
    evidence: ["pyproject.toml:11"],
    says: "urllib3 is pinned to 2.5.0",
  },
  {
    name: "a pin in setup.py",
    repo: {
      "slug/__init__.py": "",
      "setup.py":
        'from setuptools import setup\nsetup(\n    name="slug",\n    classifiers=["Typing :: Typed"],\n    install_requires=[\n        "idna==3.7",\n    ],\n)\n',
    },
    expect: "fail",
    evidence: ["setup.py:6"],
  },
  {
    name: "a pin in the requirements that the metadata reads",
    repo: {
      "slug/__init__.py": "",
      "pyproject.toml": `${build}[project]\nname = "slug"\nclassifiers = ["Typing :: Typed"]\ndynamic = ["dependencies"]\n\n[tool.setuptools.dynamic]\ndependencies = { file = ["requirements.txt"] }\n`,
      "requirements.txt": "idna==3.7\n",
    },
    expect: "fail",
    evidence: ["requirements.txt:1"],
  },
  {
    name: "pins for development are its own affair",
    repo: {
      ...library('dependencies = ["idna>=3"]\n\n[dependency-groups]\ndev = ["pytest==9.0.1"]\n'),
      "requirements.txt": "pytest==9.0.1\n",
    },
    expect: "pass",
    evidence: ["pyproject.toml:9"],
  },
  {
    name: "every release of one line",
    repo: library('dependencies = ["idna>=3,!=3.5"]\nrequires-python = ">=3.11"\n'),
    expect: "pass",
  },
  {
    name: "a part of the same product in the same version",
    repo: library('dependencies = ["slug-core==4.0.0", "idna>=3"]\n'),
    expect: "pass",
  },
  {
    name: "a framework is no part of its plugin",
    repo: {
      "django_slug/__init__.py": "",
      "pyproject.toml": `${build}[project]\nname = "django-slug"\nversion = "1.0"\nclassifiers = ["Typing :: Typed"]\ndependencies = ["django==5.2"]\n`,
    },
    expect: "fail",
    evidence: ["pyproject.toml:9"],
  },
  {
    name: "Python capped",
    repo: library('requires-python = ">=3.11,<4"\ndependencies = ["idna>=3"]\n'),
    expect: "partial",
    value: 0.5,
    evidence: ["pyproject.toml:9"],
    says: "`<4` shuts out versions of python to come",
  },
  {
    name: "a cap without a reason",
    repo: library('dependencies = [\n  "idna>=3,<4",\n  "urllib3~=2.5",\n]\n'),
    expect: "partial",
    value: 0.7,
    evidence: ["pyproject.toml:10", "pyproject.toml:11"],
  },
  {
    name: "caps with their reasons",
    repo: library(
      'dependencies = [\n  "idna>=3,<4", # 4 drops the uts46 table\n  # 3 has another pool\n  "urllib3<3",\n]\n',
    ),
    expect: "pass",
  },
  {
    name: "Poetry's caret",
    repo: {
      "slug/__init__.py": "",
      "pyproject.toml": `${build}[tool.poetry]\nname = "slug"\nversion = "1"\nclassifiers = ["Typing :: Typed"]\n\n[tool.poetry.dependencies]\npython = ">=3.11"\nidna = "^3.7"\n`,
    },
    expect: "pass",
  },
  {
    name: "Poetry's caret on Python, and what looks like a bare version",
    repo: {
      "slug/__init__.py": "",
      "pyproject.toml": `${build}[tool.poetry]\nname = "slug"\nversion = "1"\nclassifiers = ["Typing :: Typed"]\n\n[tool.poetry.dependencies]\npython = "^3.11"\nidna = "3.7"\n`,
    },
    expect: "fail",
    evidence: ["pyproject.toml:12"],
  },
  {
    name: "requirements that are computed",
    repo: {
      "slug/__init__.py": "",
      "setup.py":
        'from setuptools import setup\nsetup(name="slug", classifiers=["Typing :: Typed"], install_requires=read("requirements.txt"))\n',
    },
    expect: "unknown",
    says: "computed",
  },
  {
    name: "a part of the same product, whose version is made when it is built",
    repo: {
      "slug/__init__.py": "",
      "pyproject.toml": `${build}[project]\nname = "slug"\nclassifiers = ["Typing :: Typed"]\ndynamic = ["version"]\ndependencies = ["slug-core==4.0.0", "idna>=3"]\n`,
    },
    expect: "pass",
  },
  {
    name: "one line of releases by its first number",
    repo: library('dependencies = ["idna==3.*"]\n'),
    expect: "pass",
  },
  {
    name: "setup.cfg with other line ends",
    repo: {
      "slug/__init__.py": "",
      "setup.cfg":
        "\uFEFF[metadata]\r\nname = slug\r\nclassifiers =\r\n    Typing :: Typed\r\n\r\n[options]\r\ninstall_requires =\r\n    idna>=3\r\n    # the pool\r\n    urllib3==2.5.0\r\n",
    },
    expect: "fail",
    evidence: ["setup.cfg:10"],
  },
]);

const published = (dependencies: string, more = "") => ({
  "pyproject.toml": `[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "slug"\nclassifiers = ["Typing :: Typed"]\n${dependencies}${more}`,
  "slug/__init__.py": "",
});

describeRepair(rule, [
  {
    name: "the pinned version becomes the lowest",
    repo: published(
      "dependencies = [\n  'text-unidecode[fast]==1.3; python_version < \"4\"',  # ASCII\n  'attrs>=24',\n]\n",
    ),
    after: {
      "pyproject.toml": published(
        "dependencies = [\n  'text-unidecode[fast]>=1.3; python_version < \"4\"',  # ASCII\n  'attrs>=24',\n]\n",
      )["pyproject.toml"],
    },
  },
  {
    name: "not where the line says it twice",
    repo: published('dependencies = ["a==1.3", "b==1.3"]\n'),
    refuses: "holds twice",
  },
  { name: "no cap", repo: published('dependencies = ["attrs<25"]\n'), refuses: "whether a cap has a reason" },
]);
