/** Something that GitHub tells, or why it is not known. */
export type Reading<Value> =
  | { readonly known: true; readonly value: Value }
  | {
      readonly known: false;
      readonly reason: string;
      /** True where GitHub does not offer it to this repository at all, as on a free plan. */
      readonly isNotOffered?: true;
    };

/** An active rule of a ruleset for the default branch. */
export interface BranchRule {
  /** As GitHub names it: `pull_request`, `non_fast_forward`, `required_status_checks`. */
  readonly type: string;
  readonly review: ReviewRequirement | null;
  readonly checks: CheckRequirement | null;
}

export interface ReviewRequirement {
  readonly approvals: number;
  readonly byCodeOwners: boolean;
  readonly dismissesStale: boolean;
  /** Whoever pushed last cannot approve. */
  readonly afterLastPush: boolean;
}

export interface CheckRequirement {
  readonly contexts: readonly string[];
  /** A branch must be up to date before it is merged. */
  readonly strict: boolean;
}

/** The older kind of protection, of one branch. */
export interface ClassicProtection {
  /** Null where no pull request is needed. */
  readonly review: ReviewRequirement | null;
  readonly checks: CheckRequirement | null;
  readonly allowsForcePushes: boolean;
  readonly allowsDeletion: boolean;
  readonly bindsAdministrators: boolean;
}

/** Who need not follow a ruleset. */
export interface RulesetBypass {
  readonly ruleset: string;
  /** Those who may always pass it by: `Integration`, `OrganizationAdmin`, `RepositoryRole`, `Team`, `DeployKey`. */
  readonly always: Reading<readonly string[]>;
}

/** What workflows may do before they ask for it. */
export interface WorkflowToken {
  readonly isReadOnly: boolean;
  readonly approvesPullRequests: boolean;
}

export interface ActionsPolicy {
  readonly enabled: boolean;
  readonly allowed: "all" | "local_only" | "selected";
  readonly pinsToCommits: boolean;
}

export interface SecretScanning {
  readonly scans: boolean;
  /** Pushes that hold a secret are refused. */
  readonly blocksPushes: boolean;
}

export interface CodeOwnersError {
  readonly path: string;
  /** One-based. */
  readonly line: number;
  readonly says: string;
}

export interface DeploymentEnvironment {
  readonly name: string;
  /** Somebody approves, or only some branches may be deployed. */
  readonly isGuarded: boolean;
}

/** Files that stand in the organisation's `.github` repository for all. */
export interface CommunityFiles {
  readonly hasSecurityPolicy: boolean;
  readonly hasContributingGuide: boolean;
  /** Null where GitHub recognises none. */
  readonly licence: string | null;
}

/** A pull request that was merged lately. */
export interface MergedPull {
  readonly number: number;
  readonly author: string;
  readonly authorIsBot: boolean;
  /** Whether a human other than the author approved. */
  readonly isReviewed: boolean;
}

export interface RecentChanges {
  /** The last thirty, newest first. */
  readonly merged: readonly MergedPull[];
  /** Commits of humans on the default branch, in the same time, that came with no pull request. */
  readonly directPushes: number;
}

export interface RecentChecks {
  /** Names of checks and statuses that reported lately. */
  readonly names: readonly string[];
  /** False where some could not be seen: a name that is not among them proves nothing. */
  readonly complete: boolean;
}

export interface Activity {
  readonly archived: boolean;
  /** ISO times. */
  readonly createdAt: string;
  readonly lastAt: string | null;
}

export interface PublishedRelease {
  readonly tag: string;
  readonly hasNotes: boolean;
  readonly assets: readonly string[];
}

/** What GitHub tells of a repository beside its files; each part with why it is not known where it is not. */
export interface RepositorySettings {
  /** ISO time of the reading; null where there was none. */
  readonly readAt: string | null;
  readonly branchRules: Reading<readonly BranchRule[]>;
  /** True where the default branch is protected in any way. */
  readonly isProtected: Reading<boolean>;
  readonly classicProtection: Reading<ClassicProtection | null>;
  readonly bypasses: Reading<readonly RulesetBypass[]>;
  readonly workflowToken: Reading<WorkflowToken>;
  readonly actionsPolicy: Reading<ActionsPolicy>;
  /** Whether the workflows of pull requests from forks wait for somebody's approval. */
  readonly approvesForks: Reading<boolean>;
  readonly secretScanning: Reading<SecretScanning>;
  readonly openSecretAlerts: Reading<boolean>;
  readonly vulnerabilityAlerts: Reading<boolean>;
  readonly openVulnerabilityAlerts: Reading<boolean>;
  /** Dependabot proposes updates that mend known vulnerabilities. */
  readonly securityUpdates: Reading<boolean>;
  readonly privateReporting: Reading<boolean>;
  /** Code scanning of Python is on without a workflow. */
  readonly codeScanning: Reading<boolean>;
  readonly codeOwnersErrors: Reading<readonly CodeOwnersError[]>;
  readonly environments: Reading<readonly DeploymentEnvironment[]>;
  readonly community: Reading<CommunityFiles>;
  /** Humans whose commits reached the default branch within a year; two is all that is counted. */
  readonly contributors: Reading<number>;
  readonly recentChanges: Reading<RecentChanges>;
  readonly recentChecks: Reading<RecentChecks>;
  readonly activity: Reading<Activity>;
  readonly releases: Reading<readonly PublishedRelease[]>;
}

/** The name of a part, as it is stored. */
export type SettingName = Exclude<keyof RepositorySettings, "readAt">;

const NAMES = {
  branchRules: 0,
  isProtected: 0,
  classicProtection: 0,
  bypasses: 0,
  workflowToken: 0,
  actionsPolicy: 0,
  approvesForks: 0,
  secretScanning: 0,
  openSecretAlerts: 0,
  vulnerabilityAlerts: 0,
  openVulnerabilityAlerts: 0,
  securityUpdates: 0,
  privateReporting: 0,
  codeScanning: 0,
  codeOwnersErrors: 0,
  environments: 0,
  community: 0,
  contributors: 0,
  recentChanges: 0,
  recentChecks: 0,
  activity: 0,
  releases: 0,
} satisfies Record<SettingName, 0>;

const settingNames = Object.keys(NAMES) as readonly SettingName[];

export function known<Value>(value: Value): Reading<Value> {
  return { known: true, value };
}

export function unknown(reason: string): Reading<never> {
  return { known: false, reason };
}

/** Settings of which some parts are known, and all others are not, for one reason. */
export function settingsWith(parts: Partial<RepositorySettings>, reason: string): RepositorySettings {
  const others = Object.fromEntries(settingNames.map((name) => [name, unknown(reason)]));
  return { ...(others as unknown as RepositorySettings), readAt: null, ...parts };
}
