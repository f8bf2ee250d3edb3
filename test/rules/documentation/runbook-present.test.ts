import rule from "../../../rules/documentation/runbook-present.ts";
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
  { name: "nothing", repo: service({ "README.md": "# Shop\n" }), expect: "fail", evidence: [""] },
  {
    name: "files by their names, one a part",
    repo: service({
      "docs/deployment.md": "# Deployment\n\nMerge.\n",
      "docs/rollback.md": "# Back\n\nRedeploy the last tag.\n",
      "docs/backup-and-restore.md": "# Data\n\nUse pg_restore.\n",
      "docs/incident-response.md": "# Incidents\n\nCall the platform team.\n",
    }),
    expect: "pass",
    evidence: [
      "docs/deployment.md:1",
      "docs/rollback.md:1",
      "docs/backup-and-restore.md:1",
      "docs/incident-response.md:1",
    ],
  },
  {
    name: "all of it after a BOM and CRLF",
    repo: service({
      "docs/ops/runbook.md":
        "\uFEFF# Runbook\r\n\r\n## Deploy\r\n\r\nMerge.\r\n\r\n## Rollback\r\n\r\nRun it.\r\n\r\n## Restore\r\n\r\nRun it.\r\n\r\n## On call\r\n\r\nCall us.\r\n",
    }),
    expect: "pass",
    evidence: ["docs/ops/runbook.md:3", "docs/ops/runbook.md:7", "docs/ops/runbook.md:11", "docs/ops/runbook.md:15"],
  },
  {
    name: "half of it",
    repo: service({ "RUNBOOK.md": "# Runbook\n\nDeploy by merging.\nIf that is wrong, roll back to the last tag.\n" }),
    expect: "partial",
    value: 0.5,
    evidence: ["RUNBOOK.md:3"],
    says: "restore",
  },
  {
    name: "a section of the README",
    repo: service({ "README.md": "# Shop\n\n## Deployment\n\nMerge to main.\n" }),
    expect: "partial",
    value: 0.25,
    evidence: ["README.md:3"],
  },
  {
    name: "a section of the README on something else",
    repo: service({ "README.md": "# Shop\n\n## Features\n\nOrders can be restored after you revert them.\n" }),
    expect: "fail",
  },
  {
    name: "one page that holds all of the documentation",
    repo: service({
      "docs/all.md":
        "# Docs\n\n## Deploying\n\nMerge.\n\n## Disaster recovery\n\nRestore the last backup.\n\n## On-call\n\nCall us.\n",
    }),
    expect: "partial",
    value: 0.75,
    evidence: ["docs/all.md:3"],
    says: "roll back",
  },
  {
    name: "a link to a wiki",
    repo: service({ "README.md": "# Shop\n\nSee the [runbook](https://wiki.acme.example/shop).\n" }),
    expect: "partial",
    value: 0.5,
    evidence: ["README.md:3"],
    says: "elsewhere",
  },
  {
    name: "alerts that lead to runbooks",
    repo: service({
      "monitoring/alerts.yml":
        "groups:\n- rules:\n  - alert: Down\n    expr: up == 0\n    annotations:\n      runbook_url: https://wiki.acme.example/down\n",
    }),
    expect: "partial",
    value: 0.5,
    evidence: ["monitoring/alerts.yml:6"],
  },
  {
    name: "a runbook that cannot be read",
    repo: service({ "docs/runbook.md": { unreadable: "it is binary" } }),
    expect: "unknown",
  },
]);
