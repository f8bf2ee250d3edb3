import rule from "../../../rules/dependencies/sources-trusted.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const app = { "shop/api.py": "" };
const start = 'CMD ["gunicorn", "shop.wsgi"]\n';
const sha = "0123456789abcdef0123456789abcdef01234567";

function requirements(...lines: readonly string[]): Record<string, string> {
  return { ...app, "requirements.txt": `django==5.2.8\n${lines.join("\n")}\n` };
}

function image(line: string): Record<string, string> {
  return { ...requirements(), Dockerfile: `FROM python:3.14-slim\n${line}\n${start}` };
}

function pyproject(rest: string): Record<string, string> {
  return { ...app, "pyproject.toml": `[project]\nname = "shop"\ndependencies = ["django"]\n${rest}` };
}

describeRule(rule, [
  { name: "nothing is declared", repo: app, expect: "skip" },
  {
    name: "an index over plain HTTP",
    repo: requirements("--index-url http://pypi.acme.example/simple"),
    expect: "fail",
    evidence: ["requirements.txt:2"],
    says: "pypi.acme.example without encryption",
  },
  { name: "one private index", repo: requirements("--index-url https://pypi.acme.example/simple"), expect: "pass" },
  {
    name: "a private index beside PyPI",
    repo: requirements("--extra-index-url=https://pypi.acme.example/simple"),
    expect: "fail",
    evidence: ["requirements.txt:2"],
    says: "pip asks pypi.acme.example and PyPI for every name",
  },
  {
    name: "a private index beside PyPI, where hashes decide",
    repo: {
      ...app,
      "requirements.txt": "--extra-index-url https://pypi.acme.example/simple\ndjango==5.2.8 --hash=sha256:0a\n",
    },
    expect: "pass",
  },
  {
    name: "PyTorch's own index",
    repo: requirements("--extra-index-url https://download.pytorch.org/whl/cu126"),
    expect: "pass",
  },
  {
    name: "an index that a variable names",
    repo: requirements("--extra-index-url https://${PYPI_USER}@$PYPI_HOST/simple"),
    expect: "unknown",
    says: "requirements.txt is computed",
  },
  {
    name: "a host that is trusted as it is",
    repo: image("RUN apt-get update && \\\n    pip install --trusted-host pypi.org -r requirements.txt"),
    expect: "fail",
    evidence: ["Dockerfile:3"],
    says: "pypi.org is trusted",
  },
  {
    name: "the same by a variable of the image",
    repo: image("ENV PIP_TRUSTED_HOST=pypi.org"),
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "the same by a variable of a job",
    repo: {
      ...requirements(),
      ".github/workflows/ci.yml":
        "on: push\nenv:\n  PIP_TRUSTED_HOST: pypi.org\njobs:\n  test:\n    steps:\n      - run: pytest\n",
    },
    expect: "fail",
    evidence: [".github/workflows/ci.yml:3"],
  },
  {
    name: "pip.conf",
    repo: { ...requirements(), "docker/pip.conf": "[global]\ntrusted-host = pypi.acme.example\n" },
    expect: "fail",
    evidence: ["docker/pip.conf:2"],
  },
  {
    name: "a mirror on the own machine",
    repo: requirements("--index-url http://localhost:3141/simple"),
    expect: "partial",
    value: 0.8,
    evidence: ["requirements.txt:2"],
  },
  {
    name: "an internal mirror in a list for development",
    repo: { ...requirements(), "requirements-dev.txt": "--index-url http://devpi.internal/simple\npytest\n" },
    expect: "partial",
    value: 0.8,
  },
  {
    name: "an internal mirror for production",
    repo: requirements("--index-url http://devpi.internal/simple"),
    expect: "fail",
  },
  {
    name: "Pipfile without verification",
    repo: {
      ...app,
      Pipfile:
        '[[source]]\nname = "pypi"\nurl = "https://pypi.org/simple"\nverify_ssl = false\n\n[packages]\ndjango = "*"\n',
    },
    expect: "fail",
    evidence: ["Pipfile:4"],
  },
  {
    name: "Poetry's source over plain HTTP",
    repo: pyproject('\n[[tool.poetry.source]]\nname = "acme"\nurl = "http://pypi.acme.example/simple"\n'),
    expect: "fail",
    evidence: ["pyproject.toml:7"],
  },
  {
    name: "uv takes the highest version of any index",
    repo: pyproject(
      '\n[tool.uv]\nindex-strategy = "unsafe-best-match"\n\n[[tool.uv.index]]\nurl = "https://pypi.acme.example/simple"\n',
    ),
    expect: "fail",
    evidence: ["pyproject.toml:6"],
  },
  {
    name: "uv takes the highest version of public indexes",
    repo: pyproject(
      '\n[tool.uv]\nindex-strategy = "unsafe-best-match"\n\n[[tool.uv.index]]\nurl = "https://download.pytorch.org/whl/cpu"\n',
    ),
    expect: "pass",
  },
  {
    name: "uv asks a further index first",
    repo: pyproject('\n[[tool.uv.index]]\nname = "acme"\nurl = "https://pypi.acme.example/simple"\n'),
    expect: "pass",
  },
  {
    name: "a repository without a ref",
    repo: requirements("git+https://github.com/acme/billing.git#egg=billing"),
    expect: "fail",
    evidence: ["requirements.txt:2"],
    says: "no commit is named",
  },
  {
    name: "a repository on a branch",
    repo: requirements("-e git+ssh://git@github.com/acme/billing.git@develop#egg=billing"),
    expect: "fail",
    evidence: ["requirements.txt:2"],
    says: "github.com/acme/billing.git is taken from develop",
  },
  {
    name: "a repository at a commit",
    repo: requirements(`billing @ git+https://github.com/acme/billing@${sha}`),
    expect: "pass",
  },
  {
    name: "a repository at a tag",
    repo: requirements("billing @ git+https://github.com/acme/billing@v2.1.0"),
    expect: "pass",
  },
  {
    name: "a ref that may be either",
    repo: requirements("billing @ git+https://github.com/acme/billing@blue-moon"),
    expect: "unknown",
    says: "blue-moon",
  },
  {
    name: "an archive of a branch",
    repo: requirements("https://github.com/acme/billing/archive/main.zip"),
    expect: "fail",
  },
  {
    name: "an archive of a tag",
    repo: requirements("https://github.com/acme/billing/archive/refs/tags/v2.1.0.tar.gz"),
    expect: "pass",
  },
  {
    name: "an archive of a tag that the build names",
    repo: image("ARG V=2.1\nRUN pip install https://github.com/acme/billing/archive/refs/tags/${V}.zip"),
    expect: "pass",
  },
  {
    name: "a branch in an image",
    repo: image("RUN pip install 'billing @ git+https://github.com/acme/billing@main'"),
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "a branch that the lock holds to a commit",
    repo: {
      ...pyproject('\n[tool.uv.sources]\nbilling = { git = "https://github.com/acme/billing", branch = "main" }\n'),
      "uv.lock": "",
    },
    expect: "pass",
  },
  {
    name: "a branch that nothing locks",
    repo: pyproject(
      '\n[tool.poetry.dependencies]\nbilling = { git = "https://github.com/acme/billing", branch = "blue-moon" }\n',
    ),
    expect: "fail",
    evidence: ["pyproject.toml:6"],
  },
  {
    name: "a branch for development alone",
    repo: { ...requirements(), "requirements-dev.txt": "git+https://github.com/acme/factories@main\n" },
    expect: "partial",
    value: 0.8,
  },
  {
    name: "the next release of a dependency, in CI",
    repo: {
      ...requirements(),
      ".github/workflows/next.yml":
        "on: push\njobs:\n  next:\n    steps:\n      - run: pip install git+https://github.com/django/django@main\n",
    },
    expect: "pass",
  },
  {
    name: "a folder of the repository",
    repo: requirements("-e ./libs/billing", "billing @ file:///src/billing"),
    expect: "pass",
  },
  {
    name: "a configuration that is not TOML",
    repo: { ...requirements(), "uv.toml": "index = [" },
    expect: "unknown",
    says: "uv.toml",
  },
  {
    name: "an index inside the cluster, in an image for production",
    repo: image("RUN pip install --index-url http://devpi.ci.svc.cluster.local/simple -r requirements.txt"),
    expect: "fail",
    evidence: ["Dockerfile:2"],
  },
  {
    name: "PyTorch's nightly wheels",
    repo: requirements("--extra-index-url https://download.pytorch.org/whl/nightly/cpu"),
    expect: "pass",
  },
  {
    name: "every kind of file with a byte order mark and other line ends",
    repo: {
      ...app,
      "requirements.txt":
        "\uFEFF# web\r\ndjango==5.2.8 \\\r\n  ; python_version > '3'\r\n--index-url http://a.example/simple\r\n",
      "docker/pip.conf": "\uFEFF[global]\r\n; the mirror\r\ntrusted-host = b.example\r\n",
      "uv.toml": '\uFEFF# uv\r\n\r\n[[index]]\r\nurl = "http://c.example/simple"\r\n',
      Dockerfile: `\uFEFFFROM python:3.14-slim\r\nRUN apt-get update \\\r\n && pip install --trusted-host d.example x\r\n${start}`,
    },
    expect: "fail",
    evidence: ["requirements.txt:4", "docker/pip.conf:3", "uv.toml:4", "Dockerfile:3"],
  },
]);

describeRepair(rule, [
  {
    name: "encryption for an index that answers with it",
    repo: {
      "requirements.txt": "--index-url http://pypi.org/simple  # PyPI\ndjango==5.2.8\n",
      "manage.py": "import django\n",
    },
    after: { "requirements.txt": "--index-url https://pypi.org/simple  # PyPI\ndjango==5.2.8\n" },
  },
  {
    name: "not for one that nobody knows",
    repo: {
      "requirements.txt": "--index-url http://pypi.acme.example/simple\ndjango==5.2.8\n",
      "manage.py": "import django\n",
    },
    refuses: "which source is to be trusted",
  },
]);
