import rule from "../../../rules/documentation/readme-essentials.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const readme = (text: string, more = {}) => ({ "slug.py": "", "README.md": `# Slug\n\n${text}\n`, ...more });

describeRule(rule, [
  { name: "no README", repo: { "slug.py": "" }, expect: "skip" },
  { name: "no Python at all", repo: { "main.go": "", "README.md": "# x" }, expect: "skip" },
  {
    name: "nothing of it",
    repo: readme("Makes slugs of titles."),
    expect: "fail",
    evidence: ["README.md:1"],
    says: "install",
  },
  {
    name: "installation and terms",
    repo: readme("## Installation\n\nSee above.\n\n## License\n\nMIT"),
    expect: "partial",
    value: 0.5,
  },
  {
    name: "commands instead of headings",
    repo: readme("```console\npip install slug\npytest\n```\n"),
    expect: "partial",
    value: 0.75,
    says: "licence",
  },
  {
    name: "a licence file beside it",
    repo: readme("```console\npip install slug\npytest\n```\n", {
      LICENSE: "MIT License\nPermission is hereby granted, free of charge, to any person obtaining a copy",
    }),
    expect: "pass",
  },
  {
    name: "uv and docker compose in code, after CRLF",
    repo: readme("```sh\r\nuv sync\r\ndocker compose up\r\nuv run pytest\r\n```\r\n\r\n## License\r\n\r\nMIT"),
    expect: "pass",
  },
  { name: "headings in Chinese", repo: readme("## 安装\n\n## 使用\n\n## 开发\n\n## 许可\n"), expect: "pass" },
  { name: "headings in Korean", repo: readme("## 설치\n\n## 실행\n\n## 테스트\n\n## 라이선스\n"), expect: "pass" },
  {
    name: "a link to a documentation site",
    repo: readme("Read the [documentation](https://slug.readthedocs.io/)."),
    expect: "pass",
  },
  {
    name: "a documentation site by reference",
    repo: readme("The full [Documentation] tells.\n\n[Documentation]: https://slug.example/\n"),
    expect: "pass",
  },
  { name: "the repository's own documentation", repo: readme("See [the guide](/docs/guide.md)."), expect: "pass" },
  {
    name: "a link to the package index is no documentation",
    repo: readme("See [PyPI](https://pypi.org/project/slug/)."),
    expect: "fail",
  },
  {
    name: "a command that starts everything",
    repo: readme("## Develop\n\nWe support `docker compose` via `make serve`."),
    expect: "partial",
    value: 0.75,
    says: "licence",
  },
  {
    name: "reStructuredText",
    repo: {
      "slug.py": "",
      "README.rst":
        "Slug\n====\n\nInstallation\n------------\n\nUsage\n-----\n\nTesting\n-------\n\nLicense\n-------\n",
    },
    expect: "pass",
  },
  {
    name: "a file that cannot be read",
    repo: { "slug.py": "", "README.md": { unreadable: "it is binary" } },
    expect: "unknown",
  },
]);

const tested = { "tests/test_slug.py": "def test_slug():\n    assert True\n" };
const uv = {
  "uv.lock": "version = 1\n",
  "pyproject.toml": '[project]\nname = "slug"\nversion = "1.0.0"\n\n[dependency-groups]\ndev = ["pytest>=9"]\n',
};
const commands = "\n## Development\n\n```sh\nuv sync --locked\nuv run --locked pytest\n```\n";

describeRepair(rule, [
  {
    name: "the commands that its files tell, behind what is there",
    repo: readme("Makes slugs.\n\n## Usage\n\nCall it.\n\n## License\n\nMIT", { ...tested, ...uv }),
    after: { "README.md": `# Slug\n\nMakes slugs.\n\n## Usage\n\nCall it.\n\n## License\n\nMIT\n${commands}` },
  },
  {
    name: "the commands alone, where nobody but people can tell the rest",
    repo: readme("Makes slugs.", {
      ...tested,
      "requirements.txt": "flask\n",
      "requirements-dev.txt": "pytest\n",
    }),
    after: {
      "README.md":
        "# Slug\n\nMakes slugs.\n\n## Development\n\n```sh\npython -m pip install -r requirements.txt -r requirements-dev.txt\npython -m pytest\n```\n",
    },
    leaves: true,
  },
  { name: "no tests to run", repo: readme("Makes slugs.", uv), refuses: "there are no tests to run" },
  {
    name: "a README that is no Markdown",
    repo: { "slug.py": "", ...tested, ...uv, "README.rst": "Slug\n====\n\nMakes slugs.\n" },
    refuses: "only a README in Markdown",
  },
  {
    name: "terms that are missing alone",
    repo: readme("```console\npip install slug\npytest\n```\n", { ...tested, ...uv }),
    refuses: "under which terms, is for people to say",
  },
]);
