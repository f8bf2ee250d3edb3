import rule from "../../../rules/dependencies/no-known-vulnerable-dependencies.ts";
import type { Advisory } from "../../../src/snapshot/advisories.ts";
import { advisoryAbout as about } from "../../support/advisories.ts";
import { describeRepair } from "../../support/describe-repair.ts";
import { describeRule } from "../../support/describe-rule.ts";

const code = { "shop/api.py": "" };
const pins = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  ...code,
  "requirements.txt": text,
  ...more,
});
const jinja = about("jinja2", "< 2.11.3", { cve: "CVE-2020-28493", fixedIn: "2.11.3" });
const uvLock = `version = 1

[[package]]
name = "shop"
version = "1.0"
source = { virtual = "." }
dependencies = [{ name = "jinja2" }, { name = "pywin32", marker = "sys_platform == 'win32'" }]

[package.dev-dependencies]
dev = [{ name = "black" }]

[[package]]
name = "jinja2"
version = "2.11.2"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "markupsafe" }]

[[package]]
name = "markupsafe"
version = "1.1"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "black"
version = "22.1"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "pywin32"
version = "300"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "acme-core"
version = "0.1"
source = { git = "https://github.com/acme/core" }
`;
const locked = {
  ...code,
  "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["jinja2", "pywin32"]\n',
  "uv.lock": uvLock,
};
const none = { "jinja2@2.11.2": [], "markupsafe@1.1": [], "black@22.1": [], "pywin32@300": [] };

describeRule(rule, [
  {
    name: "a pin, at its line, with the advisory and the version that mends it",
    repo: pins("django==5.2\njinja2==2.11.2\n"),
    advisories: { "django@5.2": [], "jinja2@2.11.2": [jinja] },
    expect: "fail",
    evidence: ["requirements.txt:2"],
    says: "jinja2 2.11.2 has GHSA-aaaa-bbbb-cccc (CVE-2020-28493, high), fixed in 2.11.3.",
  },
  {
    name: "a package of a lock, at its entry",
    repo: locked,
    advisories: { ...none, "jinja2@2.11.2": [jinja] },
    expect: "fail",
    evidence: ["uv.lock:13"],
  },
  {
    name: "a package of a lock that the repository marks as generated",
    repo: { ...locked, ".gitattributes": "*.lock linguist-generated\n" },
    advisories: { ...none, "jinja2@2.11.2": [jinja] },
    expect: "fail",
    evidence: ["uv.lock:13"],
  },
  {
    name: "what only another package needs counts as well",
    repo: locked,
    advisories: { ...none, "markupsafe@1.1": [about("markupsafe", "<= 1.1")] },
    expect: "fail",
    evidence: ["uv.lock:19"],
    says: "not fixed in any version",
  },
  {
    name: "what only development needs, one step lower",
    repo: locked,
    advisories: { ...none, "black@22.1": [about("black", "< 24.3.0", { fixedIn: "24.3.0" })] },
    expect: "partial",
    value: 0.4,
    evidence: ["uv.lock:24"],
    says: "for development",
  },
  {
    name: "what a server does not install, as development",
    repo: locked,
    advisories: { ...none, "pywin32@300": [about("pywin32", "< 301")] },
    expect: "partial",
    value: 0.4,
  },
  { name: "a lock of which nothing is known to be wrong", repo: locked, advisories: none, expect: "pass" },
  {
    name: "a medium one",
    repo: pins("jinja2==2.11.2\n"),
    advisories: { "jinja2@2.11.2": [{ ...jinja, severity: "medium" }] },
    expect: "partial",
    value: 0.4,
  },
  {
    name: "a low one",
    repo: pins("jinja2==2.11.2\n"),
    advisories: { "jinja2@2.11.2": [{ ...jinja, severity: "low" }] },
    expect: "partial",
    value: 0.8,
  },
  {
    name: "malware, whatever severity it is given",
    repo: pins("jinja2==2.11.2\n"),
    advisories: { "jinja2@2.11.2": [{ ...jinja, severity: "low", isMalware: true, range: ">= 0" }] },
    expect: "fail",
    says: "malware",
  },
  {
    name: "the gravest tells, and one package is one finding",
    repo: pins("jinja2==2.11.2\npillow==9.0.0\n"),
    advisories: {
      "jinja2@2.11.2": [{ ...jinja, severity: "low" }],
      "pillow@9.0.0": ["a", "b", "c", "d"].map((id) => about("pillow", "< 10", { id, severity: "critical" })),
    },
    expect: "fail",
    evidence: ["requirements.txt:2"],
    says: "and 1 more",
  },
  {
    name: "one that was withdrawn",
    repo: pins("jinja2==2.11.2\n"),
    advisories: { "jinja2@2.11.2": [{ ...jinja, isWithdrawn: true }] },
    expect: "pass",
  },
  {
    name: "one of other versions",
    repo: pins("jinja2==2.11.3\n"),
    advisories: { "jinja2@2.11.3": [jinja] },
    expect: "pass",
  },
  {
    name: "one whose range nobody can read is no finding",
    repo: pins("jinja2==2.11.2\n"),
    advisories: { "jinja2@2.11.2": [about("jinja2", "before the last")] },
    expect: "pass",
  },
  {
    name: "a name in another spelling",
    repo: pins("Jinja2 == 2.11.2\n"),
    advisories: { "jinja2@2.11.2": [jinja] },
    expect: "fail",
  },
  {
    name: "`===`, a local version and a post-release",
    repo: pins("torch===2.0.0+cu118\njinja2==2.11.2.post1\n"),
    advisories: {
      "torch@2.0.0+cu118": [about("torch", "= 2.0.0")],
      "jinja2@2.11.2.post1": [jinja],
    },
    expect: "fail",
    evidence: ["requirements.txt:2", "requirements.txt:1"],
  },
  {
    name: "one that osv-scanner is told to pass over",
    repo: pins("jinja2==2.11.2\n", {
      "osv-scanner.toml": '[[IgnoredVulns]]\nid = "CVE-2020-28493"\nignoreUntil = 2027-01-01\nreason = "no urlize"\n',
    }),
    advisories: { "jinja2@2.11.2": [jinja] },
    expect: "pass",
    suppressed: ["requirements.txt:1"],
  },
  {
    name: "one that osv-scanner is told to pass over, beside a graver one and a lesser",
    repo: pins("django==5.2\njinja2==2.11.2\n", {
      "osv-scanner.toml": '[[IgnoredVulns]]\nid = "CVE-2020-28493"\n\n[[IgnoredVulns]]\nid = "GHSA-low"\n',
    }),
    advisories: {
      "django@5.2": [about("django", "<= 5.2", { id: "GHSA-low", severity: "low" })],
      "jinja2@2.11.2": [jinja, about("jinja2", "< 3", { id: "GHSA-other", severity: "critical" })],
    },
    expect: "fail",
    evidence: ["requirements.txt:2"],
    says: "jinja2 2.11.2 has GHSA-other (critical), not fixed in any version.",
    suppressed: ["requirements.txt:1", "requirements.txt:2"],
  },
  {
    name: "one that osv-scanner was to pass over until lately",
    repo: pins("jinja2==2.11.2\n", {
      "osv-scanner.toml": '[[IgnoredVulns]]\nid = "CVE-2020-28493"\nignoreUntil = 2026-01-01\n',
    }),
    advisories: { "jinja2@2.11.2": [jinja] },
    expect: "fail",
  },
  {
    name: "an option of pip-audit in CI, which a change could write for itself",
    repo: pins("jinja2==2.11.2\n", {
      ".github/workflows/ci.yml":
        "on: pull_request\njobs:\n  audit:\n    steps:\n      - run: pip-audit --ignore-vuln GHSA-aaaa-bbbb-cccc\n",
    }),
    advisories: { "jinja2@2.11.2": [jinja] },
    expect: "fail",
  },
  {
    name: "versions that were not asked about yet",
    repo: pins("django==5.2\njinja2==2.11.3\n"),
    advisories: { "django@5.2": [] },
    expect: "unknown",
    says: "of 2 locked versions 1 could not be looked up: not read yet",
  },
  {
    name: "what is known to be wrong counts before all is known",
    repo: pins("django==5.2\njinja2==2.11.2\n"),
    advisories: { "jinja2@2.11.2": [jinja] },
    expect: "fail",
  },
  { name: "without anybody who asks", repo: pins("jinja2==2.11.2\n"), expect: "unknown", says: "not read here" },
  {
    name: "a wildcard is no version",
    repo: pins("jinja2==2.11.*\n"),
    advisories: {},
    expect: "skip",
    says: "no version is locked",
  },
  {
    name: "a range beside the pins",
    repo: pins("jinja2==2.11.3\ndjango>=5\n"),
    advisories: { "jinja2@2.11.3": [] },
    expect: "unknown",
    says: "requirements.txt:2 leaves the version of `django` open",
  },
  { name: "no dependency", repo: code, advisories: {}, expect: "skip", says: "no dependency" },
  {
    name: "a lock that cannot be read",
    repo: { ...locked, "uv.lock": { unreadable: "it is too large" } },
    advisories: none,
    expect: "unknown",
    says: "too large",
  },
]);

const later = about("jinja2", "< 2.11.9", { id: "GHSA-dddd-eeee-ffff", severity: "medium", fixedIn: "2.11.9" });
const known = (name: string, version: string, ...found: readonly Advisory[]) => ({ [`${name}@${version}`]: found });
const inSeries = "no pin of a requirements file can be raised within its series";

describeRepair(rule, [
  {
    name: "raises a pin to the first version without a known flaw, wherever it is pinned",
    repo: pins("# the web\njinja2==2.11.2 ; python_version >= '3.9'  # templates\nflask==3.1.0\n", {
      "requirements-dev.txt": "Jinja2[i18n]==2.11.2\n",
    }),
    advisories: {
      ...known("jinja2", "2.11.2", jinja, later),
      ...known("jinja2", "2.11.9"),
      ...known("flask", "3.1.0"),
    },
    after: {
      "requirements.txt": "# the web\njinja2==2.11.9 ; python_version >= '3.9'  # templates\nflask==3.1.0\n",
      "requirements-dev.txt": "Jinja2[i18n]==2.11.9\n",
    },
  },
  {
    name: "raises what it can, and leaves another series to people",
    repo: pins("jinja2==2.11.2\nflask==2.2.0\n"),
    advisories: {
      ...known("jinja2", "2.11.2", jinja),
      ...known("jinja2", "2.11.3"),
      ...known("flask", "2.2.0", about("flask", "< 3.0.1", { fixedIn: "3.0.1" })),
    },
    after: { "requirements.txt": "jinja2==2.11.3\nflask==2.2.0\n" },
    leaves: true,
  },
  {
    name: "takes the minor version of what is not stable yet for its series",
    repo: pins("uvicorn==0.11.7\n"),
    advisories: known("uvicorn", "0.11.7", about("uvicorn", "< 0.12.0", { fixedIn: "0.12.0" })),
    refuses: inSeries,
  },
  {
    name: "waits for a version that is not fixed in everything",
    repo: pins("jinja2==2.11.2\n"),
    advisories: known("jinja2", "2.11.2", jinja, about("jinja2", "< 4")),
    refuses: inSeries,
  },
  {
    name: "is not offered before the new version was asked about",
    repo: pins("jinja2==2.11.2\n"),
    advisories: known("jinja2", "2.11.2", jinja),
    refuses: "tried, it could not be judged: of 1 locked versions 1 could not be looked up",
  },
  {
    name: "leaves a new version that has a flaw of its own",
    repo: pins("jinja2==2.11.2\n"),
    advisories: {
      ...known("jinja2", "2.11.2", jinja),
      ...known("jinja2", "2.11.3", about("jinja2", ">= 2.11.3, < 3", { id: "GHSA-gggg-hhhh-iiii", fixedIn: "3.0" })),
    },
    refuses: "tried, it did not help",
  },
  {
    name: "leaves hashes to the tool that makes them",
    repo: pins("jinja2==2.11.2 --hash=sha256:aaaa\n"),
    advisories: known("jinja2", "2.11.2", jinja),
    refuses: inSeries,
  },
]);
