/** What the administrators of a repository chose, as far as GitHub tells of it. */
export interface GithubSettings {
  /** Active rules for the default branch, and who is bound by none of their ruleset. */
  rules: readonly { readonly type: string; readonly parameters?: object }[];
  bypass: readonly { readonly actor_type: string; readonly bypass_mode: string }[];
  /** The older protection of the default branch. */
  protection: object | null;
  workflowToken: { readonly default_workflow_permissions: string; readonly can_approve_pull_request_reviews: boolean };
  actions: { readonly enabled: boolean; readonly allowed_actions: string; readonly sha_pinning_required?: boolean };
  forkApproval: string;
  secretScanning: boolean;
  pushProtection: boolean;
  hasOpenSecretAlert: boolean;
  vulnerabilityAlerts: boolean;
  hasOpenVulnerabilityAlert: boolean;
  securityUpdates: boolean;
  privateReporting: boolean;
  codeScanning: { readonly state: string; readonly languages?: readonly string[] };
  /** True where the organisation does not pay for it. */
  codeScanningOff: boolean;
  /** Null where there is no CODEOWNERS. */
  codeOwnersErrors: readonly { readonly line: number; readonly kind: string; readonly path: string }[] | null;
  environments: readonly string[];
  securityPolicyUrl: string | null;
  hasContributingGuide: boolean;
  licence: string | null;
  /** Who committed to the default branch lately; each in a pull request. */
  committers: readonly string[];
  releases: readonly { readonly tag: string; readonly notes: string; readonly assets: readonly string[] }[];
  /** A private repository on this plan has neither rulesets nor protection. */
  plan: "free" | "team";
}

/** An advisory as the database holds it. */
export interface PublishedAdvisory {
  readonly id: string;
  readonly cve?: string;
  readonly name: string;
  readonly severity: string;
  readonly type?: "reviewed" | "malware";
  readonly range: string;
  readonly fixedIn?: string;
  readonly withdrawn?: boolean;
}

/** A repository whose administrators chose nothing. */
export function defaultSettings(): GithubSettings {
  return {
    rules: [],
    bypass: [],
    protection: null,
    workflowToken: { default_workflow_permissions: "write", can_approve_pull_request_reviews: false },
    actions: { enabled: true, allowed_actions: "all" },
    forkApproval: "first_time_contributors_new_to_github",
    secretScanning: false,
    pushProtection: false,
    hasOpenSecretAlert: false,
    vulnerabilityAlerts: false,
    hasOpenVulnerabilityAlert: false,
    securityUpdates: false,
    privateReporting: false,
    codeScanning: { state: "not-configured" },
    codeScanningOff: false,
    codeOwnersErrors: null,
    environments: [],
    securityPolicyUrl: null,
    hasContributingGuide: false,
    licence: null,
    committers: ["ada"],
    releases: [],
    plan: "team",
  };
}
