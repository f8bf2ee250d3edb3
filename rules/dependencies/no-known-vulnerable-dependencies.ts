import { cannotJudge, defineRule, offer, pass, skip, worstOf } from "../../src/rule.ts";

/** What a version with an advisory leaves of the value, and what it leaves where only development needs it. */
const SHIPPED = { critical: 0, high: 0, medium: 0.4, unknown: 0.4, low: 0.8 } as const;
const DEVELOPMENT = { critical: 0.4, high: 0.4, medium: 0.8, unknown: 0.8, low: 0.9 } as const;

export default defineRule({
  title: "No locked version has a known vulnerability",
  severity: "critical",
  why: "Attackers read advisories too: a published vulnerability is tried on every server that can be reached, within days.",
  fix: "Update the package to the version that the finding names, and make the lock anew (`uv lock --upgrade-package NAME`, `poetry update NAME`).",
  references: [
    "https://docs.github.com/code-security/security-advisories/working-with-global-security-advisories-from-the-github-advisory-database",
  ],
  peers: ["Scorecard Vulnerabilities", "pip-audit", "OpenSSF OSPS-VM-05.03"],
  needs: ["vulnerabilities", "lockedVersions"],
  check({ vulnerabilities: { packages: found, unasked }, lockedVersions: { packages, open, declaresAny, unread } }) {
    const places = found.map(({ path, line, mark, isShipped, gravity, says }) => {
      return { path, line, mark, found: { value: (isShipped ? SHIPPED : DEVELOPMENT)[gravity], says } };
    });
    if (places.length > 0) return worstOf(places);
    if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
    if (packages.length === 0) return skip(declaresAny ? "no version is locked here" : "no dependency is declared");
    if (unasked)
      cannotJudge(`of ${unasked.of} locked versions ${unasked.versions} could not be looked up: ${unasked.reason}`);
    if (open) cannotJudge(`${open.path}:${open.line} leaves the version of \`${open.name}\` open`);
    return pass();
  },
  message: ({ found: { says } }) => says,
  repairNeeds: ["fixedPins"],
  repair: ({ fixedPins }) => offer(fixedPins, "no pin of a requirements file can be raised within its series"),
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
