import rule from "../../../rules/documentation/readme-essentials.ts";
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
