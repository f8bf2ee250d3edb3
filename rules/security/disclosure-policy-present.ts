import { cannotJudge, cannotRepair, defineRule, fail, partial, pass } from "../../src/rule.ts";

/** What each part of a policy is worth, in tenths. */
const CONTACT = 6;
const HANDLING = 3;
const WHEN = 1;
/** Those who can see a private repository know whom to tell. */
const LOW = 0.8;

/** What GitHub's private reports come to, and no promise beyond it. */
const PRIVATE_REPORTS = `# Security policy

Please report vulnerabilities privately: open the *Security* tab of this repository and choose *Report a vulnerability*.
The report is discussed there, and we publish an advisory when it is fixed.
`;

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
  check({
    disclosurePolicy: { policy, unread },
    repositoryInfo: { visibility, owner },
    githubSettings: { community, privateReporting },
  }) {
    if (!policy) {
      if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
      if (community.known && community.value.hasSecurityPolicy)
        return partial(CONTACT / 10, [
          { found: "The organisation's policy holds, whose text is not in this repository." },
        ]);
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
    const hasContact = policy.hasContact || (privateReporting.known && privateReporting.value);
    const tenths = (hasContact ? CONTACT : 0) + (saysHandling ? HANDLING : 0) + (saysWhen ? WHEN : 0);
    const missing = [
      hasContact ? "" : "names no private way to report",
      saysHandling ? "" : "does not say what happens then",
      saysWhen ? "" : "does not say how soon",
    ].filter(Boolean);
    if (missing.length === 0)
      return pass([{ path, line: 1, found: "The policy says where to report, what happens then and how soon." }]);
    if (cut) cannotJudge(`only the beginning of ${path} could be read`);
    return partial(tenths / 10, [{ path, line: 1, found: `The policy ${missing.join(", and ")}.` }]);
  },
  message: ({ found }) => found,
  repair({ disclosurePolicy: { policy }, githubSettings: { privateReporting } }) {
    if (policy) cannotRepair("what a policy says is for people to say");
    if (!privateReporting.known || !privateReporting.value)
      cannotRepair("whom to tell only you know, where GitHub's private reports are not known to be on");
    return [{ kind: "create", path: "SECURITY.md", text: PRIVATE_REPORTS }];
  },
  examples: {
    passes: {
      "SECURITY.md":
        "# Security\n\nMail security@acme.example. We acknowledge a report within two days and tell you when it is fixed.\n",
      "shop/api.py": "",
    },
    fails: {
      "SECURITY.md": "# Security Policy\n\nUse this section to tell people how to report a vulnerability.\n",
      "shop/api.py": "",
    },
  },
});
