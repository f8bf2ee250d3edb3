import rule from "../../../rules/documentation/goals-documented.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = (files: Record<string, string | { unreadable: string }>) => ({
  "shop/api.py": "",
  "requirements.txt": "fastapi\ngunicorn\n",
  ...files,
});
const readme = (text: string) => service({ "README.md": `# Shop\n\n${text}\n` });

describeRule(rule, [
  {
    name: "a demonstration",
    repo: service({ "README.md": "# Shop\n\nThis is an example application of a tutorial.\n" }),
    expect: "skip",
    says: "README.md:3",
  },
  {
    name: "a product that others install: they read it as well",
    repo: service({
      LICENSE: "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\n",
      "CHANGELOG.md": "# Changelog\n\n## 2.1.0\n\n- Refunds.\n",
    }),
    expect: "fail",
  },
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
  { name: "a model that nothing serves", repo: { "train.py": "", "requirements.txt": "torch\n" }, expect: "skip" },
  {
    name: "a command-line tool, which is too small for it",
    repo: {
      "tool.py": "",
      "pyproject.toml": "[project]\nname='tool'\nscripts={tool='tool:main'}\n[build-system]\nrequires=[]\n",
    },
    expect: "skip",
  },
  { name: "no README", repo: service({}), expect: "fail", evidence: [""] },
  {
    name: "a README that only tells how to start it",
    repo: readme("## Setup\n\nRun `make`."),
    expect: "fail",
    evidence: ["README.md:1"],
  },
  {
    name: "a README that says for whom and what for",
    repo: readme(
      "Shop lets merchants take orders over HTTP and hands them to the warehouse.\n\n## Features\n\n- orders\n- refunds",
    ),
    expect: "partial",
    value: 0.5,
    evidence: ["README.md:1"],
    says: "the expected scale",
  },
  {
    name: "all of it in the README",
    repo: readme(
      "Shop lets merchants take orders over HTTP and hands them to the warehouse.\n\n## Use cases\n\n- refunds\n\n## Requirements\n\nUp to 500 concurrent users. PCI does not apply.",
    ),
    expect: "pass",
    evidence: ["README.md:3", "README.md:7", "README.md:11", "README.md:11"],
  },
  {
    name: "badges and links alone",
    repo: readme("[![build](https://ci.example/badge.svg)](https://ci.example/a/very/long/address/of/a/build)"),
    expect: "fail",
  },
  {
    name: "a scale in a section on something else",
    repo: readme("## Changes\n\n- tested with 500 users"),
    expect: "fail",
  },
  {
    name: "that no regime applies",
    repo: service({
      "docs/vision.md":
        "# Vision\n\nThe staff of every shop sees its orders in one place.\n\nIt holds no personal data.\n",
    }),
    expect: "partial",
    value: 0.5,
    says: "the main workflows",
  },
  {
    name: "a document that cannot be read",
    repo: service({ "docs/goals.md": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
]);
