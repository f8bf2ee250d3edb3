import {
  type ActionsPolicy,
  type BranchRule,
  type CheckRequirement,
  type ClassicProtection,
  type CodeOwnersError,
  type DeploymentEnvironment,
  known,
  type Reading,
  type ReviewRequirement,
  type SecretScanning,
  unknown,
  type WorkflowToken,
} from "../../snapshot/settings.ts";
import type { Part } from "./asking.ts";

const IN = "/repos/{owner}/{repo}";
const ADMINISTRATION = "administration";
/** Letters of what GitHub quotes. */
const LONGEST = 300;

interface Switch {
  readonly status?: string;
}

/** The repository as its list shows it; the analyses are there only for those who may administer it. */
export interface RepositoryAnswer {
  readonly default_branch: string;
  readonly security_and_analysis?: {
    readonly secret_scanning?: Switch;
    readonly secret_scanning_push_protection?: Switch;
    readonly dependabot_security_updates?: Switch;
  } | null;
}

export function secretScanningOf({ security_and_analysis: all }: RepositoryAnswer): SecretScanning | undefined {
  if (!all?.secret_scanning) return undefined;
  return {
    scans: all.secret_scanning.status === "enabled",
    blocksPushes: all.secret_scanning_push_protection?.status === "enabled",
  };
}

export function securityUpdatesOf({ security_and_analysis: all }: RepositoryAnswer): boolean | undefined {
  return all?.dependabot_security_updates && all.dependabot_security_updates.status === "enabled";
}

/** An active rule as `rules/branches` lists it. */
export interface RuleAnswer {
  readonly type: string;
  readonly ruleset_id?: number;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export function branchRuleOf({ type, parameters = {} }: RuleAnswer): BranchRule {
  return {
    type: type.slice(0, LONGEST),
    review:
      type === "pull_request"
        ? {
            approvals: Number(parameters.required_approving_review_count ?? 0),
            byCodeOwners: parameters.require_code_owner_review === true,
            dismissesStale: parameters.dismiss_stale_reviews_on_push === true,
            afterLastPush: parameters.require_last_push_approval === true,
          }
        : null,
    checks:
      type === "required_status_checks"
        ? {
            contexts: namesIn(parameters.required_status_checks),
            strict: parameters.strict_required_status_checks_policy === true,
          }
        : null,
  };
}

function namesIn(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly { readonly context?: unknown }[]).map(({ context }) => String(context).slice(0, LONGEST));
}

interface ProtectionAnswer {
  readonly required_pull_request_reviews?: {
    readonly required_approving_review_count?: number;
    readonly require_code_owner_reviews?: boolean;
    readonly dismiss_stale_reviews?: boolean;
    readonly require_last_push_approval?: boolean;
  };
  readonly required_status_checks?: { readonly strict?: boolean; readonly contexts?: readonly string[] };
  readonly allow_force_pushes?: { readonly enabled: boolean };
  readonly allow_deletions?: { readonly enabled: boolean };
  readonly enforce_admins?: { readonly enabled: boolean };
}

export const classicProtectionOf = (branch: string): Part<ClassicProtection | null> => ({
  route: `GET ${IN}/branches/{branch}/protection`,
  parameters: { branch },
  permission: ADMINISTRATION,
  read: (data) => {
    const { required_pull_request_reviews: reviews, required_status_checks: checks, ...all } = data as ProtectionAnswer;
    const review: ReviewRequirement | null = reviews
      ? {
          approvals: reviews.required_approving_review_count ?? 0,
          byCodeOwners: reviews.require_code_owner_reviews === true,
          dismissesStale: reviews.dismiss_stale_reviews === true,
          afterLastPush: reviews.require_last_push_approval === true,
        }
      : null;
    const required: CheckRequirement | null = checks
      ? { contexts: (checks.contexts ?? []).map((name) => name.slice(0, LONGEST)), strict: checks.strict === true }
      : null;
    return {
      review,
      checks: required,
      allowsForcePushes: all.allow_force_pushes?.enabled === true,
      allowsDeletion: all.allow_deletions?.enabled === true,
      bindsAdministrators: all.enforce_admins?.enabled === true,
    };
  },
  refused: (status, message) => (status === 404 && /not protected/i.test(message) ? known(null) : undefined),
});

export const isProtectedOf = (branch: string): Part<boolean> => ({
  route: `GET ${IN}/branches/{branch}`,
  parameters: { branch },
  permission: "contents",
  read: (data) => (data as { readonly protected?: boolean }).protected,
});

export const workflowToken: Part<WorkflowToken> = {
  route: `GET ${IN}/actions/permissions/workflow`,
  permission: ADMINISTRATION,
  read: (data) => {
    const answer = data as { default_workflow_permissions?: string; can_approve_pull_request_reviews?: boolean };
    return {
      isReadOnly: answer.default_workflow_permissions === "read",
      approvesPullRequests: answer.can_approve_pull_request_reviews === true,
    };
  },
};

export const actionsPolicy: Part<ActionsPolicy> = {
  route: `GET ${IN}/actions/permissions`,
  permission: ADMINISTRATION,
  read: (data) => {
    const answer = data as {
      enabled: boolean;
      allowed_actions?: ActionsPolicy["allowed"];
      sha_pinning_required?: boolean;
    };
    return {
      enabled: answer.enabled,
      allowed: answer.allowed_actions ?? "all",
      pinsToCommits: answer.sha_pinning_required === true,
    };
  },
};

export const approvesForks: Part<boolean> = {
  route: `GET ${IN}/actions/permissions/fork-pr-contributor-approval`,
  permission: ADMINISTRATION,
  // The weakest of the three asks only of those whose account is new to GitHub.
  read: (data) =>
    (data as { readonly approval_policy: string }).approval_policy !== "first_time_contributors_new_to_github",
};

export const openSecretAlerts: Part<boolean> = {
  route: `GET ${IN}/secret-scanning/alerts`,
  parameters: { state: "open", per_page: 1 },
  permission: "secret_scanning_alerts",
  read: isNotEmpty,
  refused: (status) => (status === 404 ? unknown("secret scanning is off") : undefined),
};

export const vulnerabilityAlerts: Part<boolean> = {
  route: `GET ${IN}/vulnerability-alerts`,
  permission: ADMINISTRATION,
  read: () => true,
  // Without the permission it is not asked for: then an absence is one.
  refused: (status) => (status === 404 ? known(false) : undefined),
};

export const openVulnerabilityAlerts: Part<boolean> = {
  route: `GET ${IN}/dependabot/alerts`,
  parameters: { state: "open", per_page: 1 },
  permission: "vulnerability_alerts",
  read: isNotEmpty,
  refused: (_, message) => (/disabled/i.test(message) ? unknown("Dependabot alerts are off") : undefined),
};

export const privateReporting: Part<boolean> = {
  route: `GET ${IN}/private-vulnerability-reporting`,
  permission: "metadata",
  read: (data) => (data as { readonly enabled: boolean }).enabled,
};

export const codeScanning: Part<boolean> = {
  route: `GET ${IN}/code-scanning/default-setup`,
  permission: ADMINISTRATION,
  read: (data) => {
    const { state, languages = [] } = data as { readonly state?: string; readonly languages?: readonly string[] };
    return state === "configured" && languages.includes("python");
  },
  refused: (status, message) => (status === 403 && /must be enabled/i.test(message) ? known(false) : undefined),
};

export const codeOwnersErrors: Part<readonly CodeOwnersError[]> = {
  route: `GET ${IN}/codeowners/errors`,
  permission: "contents",
  read: (data) =>
    (data as { readonly errors: readonly { path: string; line: number; kind: string }[] }).errors.map(
      ({ path, line, kind }) => ({ path: path.replace(/^\//, ""), line, says: kind.slice(0, LONGEST) }),
    ),
  // There is no such file.
  refused: (status) => (status === 404 ? known([]) : undefined),
};

export const environments: Part<readonly DeploymentEnvironment[]> = {
  route: `GET ${IN}/environments`,
  parameters: { per_page: 100 },
  permission: "actions",
  read: (data) =>
    ((data as { environments?: readonly EnvironmentAnswer[] }).environments ?? []).map(
      ({ name, protection_rules: rules = [] }) => ({ name: name.slice(0, LONGEST), isGuarded: rules.length > 0 }),
    ),
};

interface EnvironmentAnswer {
  readonly name: string;
  readonly protection_rules?: readonly { readonly type: string }[];
}

/** What GitHub finds of a community's files, in the repository or in that of its organisation for all. */
export const communityFiles: Part<{ readonly hasContributingGuide: boolean; readonly licence: string | null }> = {
  route: `GET ${IN}/community/profile`,
  permission: "contents",
  read: (data) => {
    const { files } = data as {
      readonly files: { readonly contributing: object | null; readonly license: { readonly spdx_id: string } | null };
    };
    const id = files.license?.spdx_id ?? null;
    return { hasContributingGuide: files.contributing !== null, licence: id === "NOASSERTION" ? null : id };
  },
};

/** Those whom a ruleset does not bind, where they are shown. */
export function bypassOf(data: unknown): { readonly ruleset: string; readonly always: Reading<readonly string[]> } {
  const { name, bypass_actors: actors } = data as {
    readonly name: string;
    readonly bypass_actors?: readonly { readonly actor_type: string; readonly bypass_mode?: string }[];
  };
  const always = actors
    ?.filter(({ bypass_mode }) => bypass_mode !== "pull_request")
    .map(({ actor_type }) => actor_type);
  return {
    ruleset: name.slice(0, LONGEST),
    always: always ? known(always) : unknown("who may pass a ruleset by is shown only to those who may write it"),
  };
}

function isNotEmpty(data: unknown): boolean {
  return Array.isArray(data) && data.length > 0;
}
