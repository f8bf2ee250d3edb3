import { createHash } from "node:crypto";
import { exampleOf } from "../contract.ts";
import { repositoryOf } from "../representations.ts";
import type { Repository } from "../state.ts";
import { ApiError, type Call, type Reply, type Route, repositoryOfCall } from "./route.ts";

const IN = "/repos/{owner}/{repo}";
const RULESET = 77;

/** A setting that is read under a permission, and is not sent again to who has it. */
function setting(path: string, permission: string, answer: (repository: Repository, call: Call) => unknown): Route {
  return {
    method: "GET",
    path: `${IN}${path}`,
    needs: { permission, level: "read" },
    handle: (call) => {
      const body = answer(repositoryOfCall(call), call);
      return body === undefined ? { status: 204 } : tagged(call, body);
    },
  };
}

function tagged({ headers }: Call, body: unknown): Reply {
  const etag = `"${createHash("sha256").update(JSON.stringify(body)).digest("hex")}"`;
  return headers["if-none-match"] === etag
    ? { status: 304, headers: { etag } }
    : { status: 200, body, headers: { etag } };
}

/** @throws ApiError where the plan has no rules for branches */
function offered({ settings, isPrivate }: Repository): void {
  if (settings.plan === "free" && isPrivate)
    throw new ApiError(403, "Upgrade to GitHub Pro or make this repository public to enable this feature.");
}

/** What administrators choose, each under the permission that GitHub asks for. */
export const settings: readonly Route[] = [
  setting("/rules/branches/{branch}", "metadata", (repository) => {
    offered(repository);
    const source = { ruleset_source_type: "Repository", ruleset_source: repository.name, ruleset_id: RULESET };
    return repository.settings.rules.map((rule) => ({ ...rule, ...source }));
  }),
  setting("/rulesets/{ruleset_id}", "metadata", ({ settings: { bypass } }, { state, token }) => {
    const { bypass_actors: _, ...ruleset } = exampleOf("repository-ruleset");
    const held = state.installations.get(token?.installationId ?? 0)?.permissions ?? {};
    const actors = bypass.map((one) => ({ actor_id: 1, ...one }));
    // Only those who may write a ruleset see whom it does not bind.
    return { ...ruleset, id: RULESET, name: "main", ...(held.administration === "write" && { bypass_actors: actors }) };
  }),
  setting("/branches/{branch}", "contents", ({ settings: { rules, protection } }) => ({
    ...exampleOf("branch-with-protection"),
    protected: rules.length > 0 || protection !== null,
  })),
  setting("/branches/{branch}/protection", "administration", (repository) => {
    offered(repository);
    if (!repository.settings.protection) throw new ApiError(404, "Branch not protected");
    return repository.settings.protection;
  }),
  setting("/actions/permissions/workflow", "administration", (one) => one.settings.workflowToken),
  setting("/actions/permissions", "administration", (one) => one.settings.actions),
  setting("/actions/permissions/fork-pr-contributor-approval", "administration", (one) => ({
    approval_policy: one.settings.forkApproval,
  })),
  setting(
    "/secret-scanning/alerts",
    "secret_scanning_alerts",
    ({ settings: { secretScanning, hasOpenSecretAlert } }) => {
      if (!secretScanning) throw new ApiError(404, "Secret scanning is disabled on this repository.");
      return hasOpenSecretAlert ? [{ ...first("secret-scanning-alerts"), state: "open" }] : [];
    },
  ),
  setting("/vulnerability-alerts", "administration", ({ settings: { vulnerabilityAlerts } }) => {
    if (!vulnerabilityAlerts) throw new ApiError(404, "Vulnerability alerts are disabled.");
    return undefined;
  }),
  setting("/dependabot/alerts", "vulnerability_alerts", ({ settings: { vulnerabilityAlerts, ...all } }) => {
    if (!vulnerabilityAlerts) throw new ApiError(403, "Dependabot alerts are disabled for this repository.");
    return all.hasOpenVulnerabilityAlert ? [{ ...first("dependabot-alerts"), state: "open" }] : [];
  }),
  setting("/private-vulnerability-reporting", "metadata", (one) => ({ enabled: one.settings.privateReporting })),
  setting("/code-scanning/default-setup", "administration", (one) => one.settings.codeScanning),
  setting("/codeowners/errors", "contents", ({ settings: { codeOwnersErrors } }) => {
    if (!codeOwnersErrors) throw new ApiError(404, "Not Found");
    return { errors: codeOwnersErrors.map((error) => ({ column: 1, source: "", message: error.kind, ...error })) };
  }),
  setting("/environments", "actions", ({ settings: { environments } }) => {
    const [example] = (exampleOf("environments").environments as readonly object[] | undefined) ?? [];
    return { total_count: environments.length, environments: environments.map((name) => ({ ...example, name })) };
  }),
  setting("/community/profile", "contents", ({ settings: { hasContributingGuide, licence } }) => {
    const profile = exampleOf("community-profile");
    const files = profile.files as Readonly<Record<string, object>>;
    return {
      ...profile,
      files: {
        ...files,
        contributing: hasContributingGuide ? files.contributing : null,
        license: licence === null ? null : { ...files.license, spdx_id: licence },
      },
    };
  }),
];

/** The repository with what only its administrators see of it. */
export function repositoryFor(call: Call, repository: Repository) {
  const { security_and_analysis: _, ...shown } = repositoryOf(call.context, repository) as Readonly<
    Record<string, unknown>
  >;
  const { secretScanning, pushProtection, securityUpdates } = repository.settings;
  const status = (isOn: boolean) => ({ status: isOn ? "enabled" : "disabled" });
  if (!call.token?.permissions.administration) return shown;
  return {
    ...shown,
    security_and_analysis: {
      secret_scanning: status(secretScanning),
      secret_scanning_push_protection: status(pushProtection),
      dependabot_security_updates: status(securityUpdates),
    },
  };
}

function first(example: string): object {
  return (exampleOf(example)[0] ?? {}) as object;
}
