import { disclosurePolicy } from "./disclosure-policy.ts";
import { defineFact } from "./fact.ts";
import { githubSettings } from "./github-settings.ts";

/** What GitHub's private reports come to, and no promise beyond it. */
const PRIVATE_REPORTS = `# Security policy

Please report vulnerabilities privately: open the *Security* tab of this repository and choose *Report a vulnerability*.
The report is discussed there, and we publish an advisory when it is fixed.
`;

/** A policy for reports of vulnerabilities; or why nobody but people can write it. Repairs alone ask. */
export const reportsPolicy = defineFact({
  spans: "repository",
  uses: { disclosurePolicy, githubSettings },
  combine: ({ uses }): { readonly text: string } | { readonly reason: string } => {
    const { privateReporting } = uses.githubSettings;
    if (uses.disclosurePolicy.policy) return { reason: "what a policy says is for people to say" };
    if (!privateReporting.known || !privateReporting.value)
      return { reason: "whom to tell only you know, where GitHub's private reports are not known to be on" };
    return { text: PRIVATE_REPORTS };
  },
});
