import rule from "../../../rules/governance/actively-maintained.ts";
import { describeRule, known } from "../../support/describe-rule.ts";

const repo = { "main.go": "" };
const last = (lastAt: string | null, createdAt = "2019-01-01T00:00:00Z") => ({
  activity: { archived: false, createdAt, lastAt },
});

describeRule(rule, [
  {
    name: "something happened on the last day that counts",
    repo,
    settings: known(last("2026-05-26T12:00:00Z")),
    expect: "pass",
  },
  {
    name: "nothing for longer",
    repo,
    settings: known(last("2026-05-20T00:00:00Z")),
    expect: "partial",
    value: 0.5,
    evidence: [""],
    says: "186 days",
  },
  {
    name: "nothing for more than a year, with vulnerabilities that are known",
    repo,
    settings: known({ ...last("2025-01-01T00:00:00Z"), openVulnerabilityAlerts: true }),
    expect: "fail",
    evidence: [""],
  },
  {
    name: "nothing for more than a year, and nothing wrong",
    repo,
    settings: known({ ...last("2025-01-01T00:00:00Z"), openVulnerabilityAlerts: false }),
    expect: "partial",
  },
  {
    name: "a library that says it is finished",
    repo: { ...repo, "README.md": "# slug\n\nThis library is feature complete; only bug fixes are made.\n" },
    settings: known(last("2025-01-01T00:00:00Z")),
    expect: "pass",
    evidence: ["README.md"],
  },
  {
    name: "archived",
    repo,
    settings: known({ activity: { archived: true, createdAt: "2026-11-01T00:00:00Z", lastAt: null } }),
    expect: "fail",
    evidence: [""],
    says: "archived",
  },
  { name: "young", repo, settings: known(last(null, "2026-10-01T00:00:00Z")), expect: "skip", says: "90 days" },
  { name: "a clock that is behind", repo, settings: known(last("2026-12-01T00:00:00Z")), expect: "pass" },
  { name: "a folder", repo, expect: "unknown" },
]);
