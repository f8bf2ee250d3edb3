import { cannotJudge, cannotRepair, defineRule, fail, partial, pass } from "../../src/rule.ts";

/** What each part of a policy is worth, in tenths, and what is said where it is missing. */
const PARTS = [
  ["contact", 6, "names no private way to report"],
  ["handling", 3, "does not say what happens then"],
  ["when", 1, "does not say how soon"],
] as const;
const CONTACT = 0.6;
/** Those who can see a private repository know whom to tell. */
const LOW = 0.8;

export default defineRule({
  title: "Finders of vulnerabilities know where to report, privately",
  severity: "medium",
  why: "Without an address, a finder opens a public issue or tells nobody; either way the users learn too late.",
  fix: "Add `SECURITY.md` with an address or GitHub's private reporting, what happens with a report, and how soon you answer.",
  references: ["https://docs.github.com/code-security/getting-started/adding-a-security-policy-to-your-repository"],
  peers: ["Scorecard Security-Policy", "OpenSSF OSPS-VM-02.01"],
  appliesTo: "any",
  scope: "repository",
  needs: ["disclosurePolicy", "repositoryInfo", "githubSettings"],
  check({ disclosurePolicy: { policy, unread }, repositoryInfo: { visibility, owner }, githubSettings }) {
    const { community, privateReporting } = githubSettings;
    if (!policy) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      if (community.known && community.value.hasSecurityPolicy)
        return partial(CONTACT, [{ found: "The organisation's policy holds, whose text is not here." }]);
      if (!community.known && owner !== "user")
        cannotJudge("there is no policy here, and the organisation's .github repository may hold one for all");
      if (visibility === "private" || visibility === "internal")
        return partial(LOW, [{ found: "There is no security policy, and only members see the repository." }]);
      if (visibility !== "public")
        cannotJudge("there is no policy here, and whether the repository is public is not known");
      return fail([{ found: "There is no security policy in the root, .github/ or docs/." }]);
    }
    const { path, saysHandling, saysWhen, isTemplate, cut } = policy;
    if (isTemplate) return fail([{ path, line: 1, found: "The policy is the text of GitHub's template." }]);
    const contact = policy.hasContact || (privateReporting.known && privateReporting.value);
    const has = { contact, handling: saysHandling, when: saysWhen };
    const missing = PARTS.filter(([part]) => !has[part]);
    if (missing.length === 0)
      return pass([{ path, line: 1, found: "The policy says where to report, what happens then and how soon." }]);
    if (cut) cannotJudge(`only the beginning of ${path} could be read`);
    const value = missing.reduce((tenths, [, worth]) => tenths - worth, 10) / 10;
    const found = `The policy ${missing.map(([, , says]) => says).join(", and ")}.`;
    return partial(value, [{ path, line: 1, found }]);
  },
  message: ({ found }) => found,
  repairNeeds: ["reportsPolicy"],
  repair({ reportsPolicy }) {
    if ("reason" in reportsPolicy) cannotRepair(reportsPolicy.reason);
    return [{ kind: "create", path: "SECURITY.md", text: reportsPolicy.text }];
  },
  examples: {
    passes: { "SECURITY.md": "Mail security@acme.example. We answer within two days and tell you when it is fixed.\n" },
    fails: { "SECURITY.md": "# Security Policy\n\nUse this section to tell people how to report a vulnerability.\n" },
  },
});
