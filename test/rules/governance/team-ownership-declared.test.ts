import rule from "../../../rules/governance/team-ownership-declared.ts";
import { describeRule } from "../../support/describe-rule.ts";

const service = (files: Record<string, string | { unreadable: string }>) => ({
  "shop/api.py": "",
  "requirements.txt": "fastapi\ngunicorn\n",
  ...files,
});

const LICENSE = "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\n";

describeRule(rule, [
  {
    name: "a product that others install and run",
    repo: service({ LICENSE, "CHANGELOG.md": "# Changelog\n\n## 2.1.0\n\n- Refunds.\n" }),
    expect: "skip",
    says: "others install",
  },
  { name: "no Python at all", repo: { "main.go": "" }, expect: "skip" },
  { name: "a model that nothing serves", repo: { "train.py": "", "requirements.txt": "torch\n" }, expect: "skip" },
  { name: "nothing", repo: service({}), expect: "fail", evidence: [""] },
  {
    name: "Backstage, in the second document",
    repo: service({
      "catalog-info.yaml": "kind: System\nspec: {}\n---\nkind: Component\nspec:\n  type: service\n  owner: orders\n",
    }),
    expect: "pass",
    evidence: ["catalog-info.yaml:7"],
  },
  {
    name: "Backstage by an anchor, after a BOM and CRLF",
    repo: service({
      "catalog-info.yaml":
        "\uFEFFkind: Component\r\nx-team: &team group:orders\r\nspec:\r\n  type: service\r\n  owner: *team\r\n",
    }),
    expect: "pass",
    evidence: ["catalog-info.yaml:5"],
  },
  {
    name: "a list of names in a folder of a part",
    repo: service({ "shop/OWNERS": "ada\n" }),
    expect: "fail",
  },
  {
    name: "Backstage without an owner",
    repo: service({ "catalog-info.yaml": "kind: Component\nspec:\n  owner:\n" }),
    expect: "fail",
    evidence: ["catalog-info.yaml:1"],
    says: "no owner",
  },
  {
    name: "Backstage with a person",
    repo: service({ "catalog-info.yaml": "kind: Component\nspec:\n  owner: user:default/ada\n" }),
    expect: "partial",
    value: 0.3,
    evidence: ["catalog-info.yaml:3"],
  },
  {
    name: "OpsLevel",
    repo: service({ "opslevel.yml": "version: 1\nservice:\n  name: shop\n  owner: orders\n" }),
    expect: "pass",
    evidence: ["opslevel.yml:4"],
  },
  {
    name: "Datadog",
    repo: service({ "service.datadog.yaml": "schema-version: v2.2\ndd-service: shop\nteam: orders\n" }),
    expect: "pass",
    evidence: ["service.datadog.yaml:3"],
  },
  {
    name: "a file of maintainers",
    repo: service({ "MAINTAINERS.md": "# Maintainers\n\n- The orders team, orders@acme.example\n" }),
    expect: "pass",
    evidence: ["MAINTAINERS.md:1"],
  },
  {
    name: "a file that leads to a guide for maintainers",
    repo: service({ "MAINTAINERS.md": "# Guide\n\nSee [the guide](docs/maintaining.md).\n" }),
    expect: "fail",
  },
  { name: "an empty file of owners", repo: service({ OWNERS: "# to be filled\n" }), expect: "fail" },
  {
    name: "a label of a manifest",
    repo: service({
      "k8s/shop.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    app: shop\n    team: orders\n",
    }),
    expect: "pass",
    evidence: ["k8s/shop.yaml:6"],
  },
  {
    name: "CODEOWNERS with a team",
    repo: service({ ".github/CODEOWNERS": "* @ada\n/shop @acme/orders\n" }),
    expect: "partial",
    value: 0.6,
    evidence: [".github/CODEOWNERS:2"],
  },
  {
    name: "CODEOWNERS with a person",
    repo: service({ CODEOWNERS: "* @ada\n" }),
    expect: "partial",
    value: 0.3,
    evidence: ["CODEOWNERS:1"],
  },
  {
    name: "a section of the README",
    repo: service({ "README.md": "# Shop\n\n## Team\n\nAsk in #orders on Slack.\n" }),
    expect: "partial",
    value: 0.6,
    evidence: ["README.md:3"],
  },
  {
    name: "a catalogue that cannot be read",
    repo: service({ "catalog-info.yaml": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
]);
