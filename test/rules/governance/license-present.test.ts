import rule from "../../../rules/governance/license-present.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const MIT = "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\n";
const project = (line: string) => ({
  "slug.py": "",
  "pyproject.toml": `[project]\nname = "slug"\n${line}\n\n[build-system]\nrequires = ["hatchling"]\n`,
});

describeRule(rule, [
  {
    name: "a text that only GitHub recognises",
    repo: { "slug.py": "", LICENSE: "Terms of the Common Ground\n" },
    settings: known({ community: { hasSecurityPolicy: false, hasContributingGuide: false, licence: "MulanPSL-2.0" } }),
    expect: "pass",
    evidence: ["LICENSE:1"],
    says: "MulanPSL-2.0",
  },
  { name: "none", repo: { "slug.py": "" }, expect: "fail", evidence: [""] },
  {
    name: "none, in a repository that is private",
    repo: { "slug.py": "" },
    repository: { visibility: "private" },
    expect: "fail",
  },
  {
    name: "a British spelling",
    repo: { "slug.py": "", "LICENCE.txt": MIT },
    expect: "pass",
    evidence: ["LICENCE.txt:1"],
  },
  {
    name: "COPYING",
    repo: { "slug.py": "", COPYING: "GNU GENERAL PUBLIC LICENSE\nVersion 3\n" },
    expect: "pass",
    says: "GPL-3.0",
  },
  {
    name: "mixed case",
    repo: { "slug.py": "", License: "Licensed under the Apache License, Version 2.0" },
    expect: "pass",
  },
  {
    name: "the REUSE layout",
    repo: { "slug.py": "", "LICENSES/MIT.txt": MIT, "LICENSES/Apache-2.0.txt": "Apache License\nVersion 2.0\n" },
    expect: "pass",
  },
  {
    name: "two licences",
    repo: {
      ...project('license = "MIT OR Apache-2.0"'),
      "LICENSE-MIT": MIT,
      "LICENSE-APACHE": "Apache License, Version 2.0",
    },
    expect: "pass",
  },
  {
    name: "MIT without its title, broken into lines",
    repo: {
      "slug.py": "",
      LICENSE:
        "Copyright (c) 2020 Ada. All rights reserved.\n\nPermission is hereby granted, free of charge, to any person obtaining\na copy\n",
    },
    expect: "pass",
    says: "MIT",
  },
  {
    name: "MIT without its condition",
    repo: {
      "slug.py": "",
      LICENSE:
        "Permission is hereby granted, free of charge, to any person obtaining a copy of this software (the\n" +
        '"Software"), to use it without restriction, and to permit persons to whom the Software is furnished to do so.\n',
    },
    expect: "pass",
    says: "MIT-0",
  },
  {
    name: "the licence itself, not the ones that it names",
    repo: {
      "slug.py": "",
      LICENSE:
        "Mozilla Public License Version 2.0\n\n1.12. Secondary License means the GNU General Public License,\nVersion 2.0, or the GNU Affero General Public License\n",
    },
    expect: "pass",
    says: "MPL-2.0",
  },
  {
    name: "BSD with three clauses",
    repo: {
      "slug.py": "",
      LICENSE:
        "Copyright Ada. All rights reserved.\n\nRedistribution and use in source and binary forms, with or without\nmodification, are permitted. Neither the name of Ada nor of others may be used.\n",
    },
    expect: "pass",
    says: "BSD-3-Clause",
  },
  {
    name: "REUSE's names are ids",
    repo: { "slug.py": "", "LICENSES/EUPL-1.2.txt": "..." },
    expect: "pass",
    says: "EUPL-1.2",
  },
  { name: "the same in the metadata", repo: { ...project('license = "MIT"'), LICENSE: MIT }, expect: "pass" },
  {
    name: "another in the metadata, at its line",
    repo: { ...project('license = "Apache-2.0"'), LICENSE: MIT },
    expect: "partial",
    value: 0.8,
    evidence: ["LICENSE:1", "pyproject.toml:3"],
  },
  {
    name: "the same in the metadata, in prose",
    repo: {
      ...project('license = "Mozilla Public License 2.0"'),
      LICENSE: "Mozilla Public License Version 2.0\n",
    },
    expect: "pass",
  },
  {
    name: "metadata that says nothing",
    repo: { ...project(""), LICENSE: MIT },
    expect: "partial",
    value: 0.8,
    evidence: ["LICENSE:1", "pyproject.toml:1"],
  },
  {
    name: "settings of tools that need a name are no package",
    repo: { "slug.py": "", "pyproject.toml": '[project]\nname = "slug"\n\n[tool.ruff]\n', LICENSE: MIT },
    expect: "pass",
  },
  {
    name: "an example's metadata is not the repository's",
    repo: {
      "slug.py": "",
      "shop/api/pyproject.toml": '[project]\nname = "shop"\n\n[build-system]\nrequires = []\n',
      LICENSE: MIT,
    },
    expect: "pass",
  },
  {
    name: "metadata that the build finds out",
    repo: { ...project('dynamic = ["license"]'), LICENSE: MIT },
    expect: "pass",
  },
  {
    name: "an expression beside a deprecated classifier",
    repo: {
      ...project('license = "MIT"\nclassifiers = ["License :: OSI Approved :: MIT License"]'),
      LICENSE: MIT,
    },
    expect: "pass",
  },
  {
    name: "another in the metadata, after CRLF and a BOM",
    repo: {
      "slug.py": "",
      "pyproject.toml": '\uFEFF[project]\r\nname = "slug"\r\nlicense = "GPL-3.0-only"\r\n',
      LICENSE: MIT.replaceAll("\n", "\r\n"),
    },
    expect: "partial",
    evidence: ["LICENSE:1", "pyproject.toml:3"],
  },
  {
    name: "a classifier",
    repo: { ...project('classifiers = ["License :: OSI Approved :: MIT License"]'), LICENSE: MIT },
    expect: "pass",
  },
  {
    name: "a text of its own",
    repo: { "slug.py": "", LICENSE: "Be kind to each other.\n" },
    expect: "partial",
    value: 0.6,
  },
  {
    name: "proprietary terms",
    repo: { "slug.py": "", LICENSE: "Proprietary. All rights reserved.\n" },
    expect: "pass",
  },
  { name: "a package marked as private", repo: project('classifiers = ["Private :: Do Not Upload"]'), expect: "pass" },
  { name: "metadata that says proprietary", repo: project('license = { text = "Proprietary" }'), expect: "pass" },
  { name: "no Python at all", repo: { "main.go": "", LICENSE: MIT }, expect: "pass" },
  {
    name: "a file that cannot be read",
    repo: { "slug.py": "", LICENSE: { unreadable: "it is binary" } },
    expect: "unknown",
  },
]);

const licensed = (requires: string, more = "") =>
  `[build-system]\nrequires = ["${requires}"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "slug"  # of titles\n${more}`;

describeRepair(rule, [
  {
    name: "the licence of the only file, as an expression",
    repo: { LICENSE: MIT, "pyproject.toml": licensed("hatchling"), "slug.py": "" },
    after: { "pyproject.toml": licensed("hatchling", 'license = "MIT"\n') },
  },
  {
    name: "in Poetry's table",
    repo: { LICENSE: MIT, "pyproject.toml": "[tool.poetry]\nname = 'slug'\n", "slug.py": "" },
    after: { "pyproject.toml": "[tool.poetry]\nname = 'slug'\nlicense = \"MIT\"\n" },
  },
  {
    name: "not where a builder is held back",
    repo: { LICENSE: MIT, "pyproject.toml": licensed("hatchling<1.20"), "slug.py": "" },
    refuses: "may not know expressions",
  },
  {
    name: "not where the text leaves a later version open",
    repo: {
      LICENSE: "GNU GENERAL PUBLIC LICENSE\nVersion 3\n",
      "pyproject.toml": licensed("hatchling"),
      "slug.py": "",
    },
    refuses: "leaves open which form",
  },
  { name: "no licence that nobody chose", repo: { "slug.py": "" }, refuses: "only its owner says" },
]);
