import { cannotJudge, defineRule, pass, skip, worstOf } from "../../src/rule.ts";

/** What a version with an advisory leaves of the value: the second where only development needs it. */
const LEFT = {
  critical: [0, 0.4],
  high: [0, 0.4],
  medium: [0.4, 0.8],
  unknown: [0.4, 0.8],
  low: [0.8, 0.9],
} as const;
/** Advisories of one package that are named. */
const NAMED = 3;

export default defineRule({
  title: "No locked version has a known vulnerability",
  severity: "critical",
  why: "Attackers read advisories too: a published vulnerability is tried on every server that can be reached, within days.",
  fix: "Update the package to the version that the finding names, and make the lock anew (`uv lock --upgrade-package NAME`, `poetry update NAME`).",
  byHand: "only the package manager resolves versions",
  references: [
    "https://docs.github.com/code-security/security-advisories/working-with-global-security-advisories-from-the-github-advisory-database",
  ],
  peers: ["Scorecard Vulnerabilities", "pip-audit", "OpenSSF OSPS-VM-05.03"],
  needs: ["vulnerabilities", "lockedVersions"],
  check({ vulnerabilities: { found, unasked }, lockedVersions: { packages, open, declaresAny, unread } }) {
    const places = [...Map.groupBy(found, ({ name, version }) => `${name}@${version}`).values()].flatMap((all) => {
      const [worst] = all;
      if (!worst) return [];
      const { name, version, path, line, isShipped, advisory } = worst;
      const left = LEFT[advisory.isMalware ? "critical" : advisory.severity][isShipped ? 0 : 1];
      return [
        { path, line, found: { value: left, name, version, isShipped, advisories: all.map((one) => one.advisory) } },
      ];
    });
    if (places.length > 0) return worstOf(places);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (packages.length === 0) return skip(declaresAny ? "no version is locked here" : "no dependency is declared");
    if (unasked)
      cannotJudge(`of ${unasked.of} locked versions ${unasked.versions} could not be looked up: ${unasked.reason}`);
    if (open) cannotJudge(`${open.path}:${open.line} leaves the version of \`${open.name}\` open`);
    return pass();
  },
  message: ({ found: { name, version, isShipped, advisories } }) => {
    const named = advisories.slice(0, NAMED).map(({ id, cve, severity, isMalware, fixedIn }) => {
      const says = [
        ...(cve ? [cve] : []),
        isMalware ? "malware" : severity === "unknown" ? "severity unknown" : severity,
      ];
      return `${id} (${says.join(", ")}), ${fixedIn ? `fixed in ${fixedIn}` : "not fixed in any version"}`;
    });
    const more = advisories.length > NAMED ? `; and ${advisories.length - NAMED} more` : "";
    return `${name} ${version}${isShipped ? "" : ", for development,"} has ${named.join("; ")}${more}.`;
  },
  examples: {
    passes: { "requirements.txt": "jinja2==3.1.6\n", "shop/api.py": "" },
    fails: { "requirements.txt": "jinja2==2.11.2\n", "shop/api.py": "" },
    outside: {
      passes: { advisories: { "jinja2@3.1.6": [] } },
      fails: {
        advisories: {
          "jinja2@2.11.2": [
            {
              id: "GHSA-g3rq-g295-4j3m",
              cve: "CVE-2020-28493",
              name: "jinja2",
              severity: "high",
              isMalware: false,
              isWithdrawn: false,
              range: "< 2.11.3",
              fixedIn: "2.11.3",
            },
          ],
        },
      },
    },
  },
});
