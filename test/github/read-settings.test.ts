import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { settingsPermissions } from "../../src/github/settings/permissions.ts";
import { readSettings } from "../../src/github/settings/read-settings.ts";
import type { ReadSettings } from "../../src/jobs/settings-job.ts";
import { type Sandbox, startSandbox } from "../sandbox/sandbox.ts";
import type { GithubSettings } from "../sandbox/settings.ts";
import type { Repository } from "../sandbox/state.ts";
import { sandboxClient } from "../support/sandbox-client.ts";

let sandbox: Sandbox;
let names = 0;
const NOW = Date.parse("2026-11-25T12:00:00Z");
const BASIC = { contents: "read", metadata: "read", checks: "write", pull_requests: "write" };
const ALL = { ...BASIC, ...settingsPermissions };

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.close());

async function repositoryWith(
  settings: Partial<GithubSettings> = {},
  permissions: Readonly<Record<string, string>> = ALL,
  isPrivate = false,
): Promise<Repository> {
  const repository = sandbox.createRepository({
    owner: "acme",
    name: `shop-${++names}`,
    files: { "a.py": "" },
    isPrivate,
  });
  Object.assign(repository.settings, settings);
  await sandbox.install([repository], permissions);
  return repository;
}

/** Reads with a token of the repository's installation, and tells which parts were asked for and sent. */
async function read(repository: Repository, before?: ReadSettings) {
  const token = await sandboxClient(sandbox).tokenFor(repository);
  const { permissions = {} } = sandbox.state.tokens.get(token) ?? {};
  const credentials = {
    current: async () => ({ token, mintedAt: 0, age: () => 60_000, permissions }),
    discard: () => {},
  };
  const from = sandbox.requests.length;
  const where = { owner: repository.owner.login, name: repository.name };
  const found = await readSettings({ apiUrl: `${sandbox.url}/api/v3`, credentials }, where, before, NOW);
  const asked = sandbox.requests
    .slice(from)
    .map(({ path, status }) => `${path.split(`${repository.name}`)[1] ?? path} ${status}`);
  return { ...found, asked };
}

const value = (settings: ReadSettings["settings"], name: keyof ReadSettings["settings"]) => {
  const reading = settings[name] as { known: boolean; value?: unknown; reason?: string };
  return reading.known ? reading.value : reading.reason;
};

describe("with every permission", () => {
  test("each part says what the administrators chose", async () => {
    const { settings } = await read(
      await repositoryWith({
        rules: [
          { type: "pull_request", parameters: pullRequestRule },
          { type: "required_status_checks", parameters: checksRule },
          { type: "deletion" },
        ],
        workflowToken: { default_workflow_permissions: "read", can_approve_pull_request_reviews: true },
        actions: { enabled: true, allowed_actions: "selected", sha_pinning_required: true },
        forkApproval: "all_external_contributors",
        secretScanning: true,
        pushProtection: true,
        hasOpenSecretAlert: true,
        vulnerabilityAlerts: true,
        securityUpdates: true,
        privateReporting: true,
        codeScanning: { state: "configured", languages: ["python"] },
        codeOwnersErrors: [{ path: ".github/CODEOWNERS", line: 2, kind: "Unknown owner" }],
        environments: ["staging", "production"],
        securityPolicyUrl: "https://github.example/acme/.github/security/policy",
        hasContributingGuide: true,
        licence: "MIT",
        committers: ["ada", "grace", "renovate[bot]"],
        releases: [{ tag: "v1.2.0", notes: "Fixes.", assets: ["shop.whl"] }],
      }),
    );
    expect(settings).toMatchObject({
      readAt: "2026-11-25T12:00:00.000Z",
      branchRules: {
        value: [
          {
            type: "pull_request",
            review: { approvals: 2, byCodeOwners: true, dismissesStale: true, afterLastPush: true },
            checks: null,
          },
          { type: "required_status_checks", review: null, checks: { contexts: ["test (3.13)"], strict: true } },
          { type: "deletion", review: null, checks: null },
        ],
      },
      isProtected: { value: true },
      classicProtection: { value: null },
      workflowToken: { value: { isReadOnly: true, approvesPullRequests: true } },
      actionsPolicy: { value: { enabled: true, allowed: "selected", pinsToCommits: true } },
      approvesForks: { value: true },
      secretScanning: { value: { scans: true, blocksPushes: true } },
      openSecretAlerts: { value: true },
      vulnerabilityAlerts: { value: true },
      openVulnerabilityAlerts: { value: false },
      securityUpdates: { value: true },
      privateReporting: { value: true },
      codeScanning: { value: true },
      codeOwnersErrors: { value: [{ path: ".github/CODEOWNERS", line: 2, says: "Unknown owner" }] },
      environments: { value: [{ name: "staging" }, { name: "production" }] },
      community: { value: { hasSecurityPolicy: true, hasContributingGuide: true, licence: "MIT" } },
      contributors: { value: 2 },
      activity: { value: { archived: false, createdAt: "2021-01-01T00:00:00Z" } },
      releases: { value: [{ tag: "v1.2.0", hasNotes: true, assets: ["shop.whl"] }] },
    });
  });

  test("what nobody chose is off, and not unknown", async () => {
    const { settings } = await read(await repositoryWith());
    expect(value(settings, "branchRules")).toEqual([]);
    expect(value(settings, "classicProtection")).toBeNull();
    expect(value(settings, "vulnerabilityAlerts")).toBe(false);
    expect(value(settings, "codeScanning")).toBe(false);
    expect(value(settings, "codeOwnersErrors")).toEqual([]);
    expect(value(settings, "community")).toEqual({
      hasSecurityPolicy: false,
      hasContributingGuide: false,
      licence: null,
    });
    expect(value(settings, "openSecretAlerts")).toBe("secret scanning is off");
    expect(value(settings, "openVulnerabilityAlerts")).toBe("Dependabot alerts are off");
  });

  test("the older protection", async () => {
    const protection = {
      required_pull_request_reviews: {
        url: "",
        dismiss_stale_reviews: true,
        require_code_owner_reviews: false,
        required_approving_review_count: 1,
      },
      enforce_admins: { url: "", enabled: false },
      allow_force_pushes: { enabled: false },
      allow_deletions: { enabled: true },
    };
    const { settings } = await read(await repositoryWith({ protection }));
    expect(value(settings, "classicProtection")).toEqual({
      review: { approvals: 1, byCodeOwners: false, dismissesStale: true, afterLastPush: false },
      checks: null,
      allowsForcePushes: false,
      allowsDeletion: true,
      bindsAdministrators: false,
    });
  });

  test("who is not bound by a ruleset is shown only to those who may write it", async () => {
    const bypass = [
      { actor_type: "RepositoryRole", bypass_mode: "always" },
      { actor_type: "Team", bypass_mode: "pull_request" },
    ];
    const settings = { rules: [{ type: "deletion" }], bypass };
    const reader = await read(await repositoryWith(settings));
    expect(reader.settings.bypasses).toMatchObject({ value: [{ always: { known: false } }] });
    const writer = await read(await repositoryWith(settings, { ...ALL, administration: "write" }));
    expect(writer.settings.bypasses).toMatchObject({ value: [{ always: { value: ["RepositoryRole"] } }] });
  });

  test("a private repository on a free plan has no rules to offer", async () => {
    const { settings } = await read(await repositoryWith({ plan: "free" }, ALL, true));
    expect(settings.branchRules).toMatchObject({ known: false, isNotOffered: true });
    expect(settings.bypasses).toMatchObject({ known: false, isNotOffered: true });
  });

  test("what has not changed is not sent again", async () => {
    const repository = await repositoryWith({ environments: ["staging"] });
    const first = await read(repository);
    repository.settings.workflowToken = {
      default_workflow_permissions: "read",
      can_approve_pull_request_reviews: false,
    };
    const second = await read(repository, first);
    expect(second.asked).toContain("/environments 304");
    expect(second.asked).toContain("/actions/permissions/workflow 200");
    expect(second.settings.environments).toEqual(first.settings.environments);
    expect(value(second.settings, "workflowToken")).toMatchObject({ isReadOnly: true });
    expect(second.tags.environments).toBe(first.tags.environments);
  });
});

describe("what was merged lately", () => {
  test("is told with who approved it, and which checks reported", async () => {
    const repository = await repositoryWith();
    for (const [branch, author, type, approvedBy] of [
      ["a", "ada", "User", ["grace"]],
      ["b", "ada", "User", ["ada"]],
      ["c", "renovate[bot]", "Bot", []],
    ] as const) {
      const files = { "a.py": branch };
      const pull = await sandbox.openPullRequest(repository, {
        title: branch,
        author,
        authorType: type,
        branch,
        files,
      });
      repository.checkRuns.push({ ...finishedCheck, headSha: pull.headSha, name: `test ${branch}` });
      await sandbox.merge(repository, pull, approvedBy);
    }
    const { settings } = await read(repository);
    const { merged, directPushes } = value(settings, "recentChanges") as {
      merged: { number: number }[];
      directPushes: number;
    };
    expect(merged.sort((a, b) => a.number - b.number)).toEqual([
      { number: 1, author: "ada", authorIsBot: false, isReviewed: true },
      { number: 2, author: "ada", authorIsBot: false, isReviewed: false },
      { number: 3, author: "renovate[bot]", authorIsBot: true, isReviewed: false },
    ]);
    expect(directPushes).toBe(0);
    const { names: reported, complete } = value(settings, "recentChecks") as { names: string[]; complete: boolean };
    expect([reported.sort(), complete]).toEqual([["test a", "test b", "test c"], true]);
  });
});

describe("without a permission", () => {
  test("a part is not asked for, and names it", async () => {
    const { settings, asked } = await read(await repositoryWith({ rules: [{ type: "deletion" }] }, BASIC));
    for (const name of ["classicProtection", "workflowToken", "vulnerabilityAlerts", "codeScanning", "secretScanning"])
      expect(value(settings, name as keyof typeof settings)).toBe("it needs the permission administration: read");
    expect(value(settings, "openSecretAlerts")).toBe("it needs the permission secret_scanning_alerts: read");
    expect(value(settings, "environments")).toBe("it needs the permission actions: read");
    expect(value(settings, "recentChecks")).toMatchObject({ complete: false });
    expect(value(settings, "isProtected")).toBe(true);
    expect(asked.filter((one) => one.endsWith(" 403"))).toEqual([]);
  });

  test("one that was taken away meanwhile leaves the others", async () => {
    const repository = await repositoryWith({ privateReporting: true });
    const installation = sandbox.state.installations.get(repository.installationId ?? 0);
    const token = await sandboxClient(sandbox).tokenFor(repository);
    if (installation) installation.permissions = BASIC;
    const permissions = sandbox.state.tokens.get(token)?.permissions ?? {};
    const credentials = {
      current: async () => ({ token, mintedAt: 0, age: () => 60_000, permissions }),
      discard: () => {},
    };
    const { settings } = await readSettings(
      { apiUrl: `${sandbox.url}/api/v3`, credentials },
      { owner: "acme", name: repository.name },
      undefined,
      NOW,
    );
    expect(value(settings, "workflowToken")).toBe("it needs the permission administration: read");
    expect(value(settings, "privateReporting")).toBe(true);
  });
});

test("where GitHub fails nothing is taken to be off", async () => {
  const repository = await repositoryWith();
  const end = sandbox.fault({
    method: "GET",
    path: /vulnerability-alerts$/,
    times: 3,
    effect: { status: 502, body: "" },
  });
  await expect(read(repository)).rejects.toMatchObject({ status: 502 });
  end();
}, 20_000);

const pullRequestRule = {
  required_approving_review_count: 2,
  require_code_owner_review: true,
  dismiss_stale_reviews_on_push: true,
  require_last_push_approval: true,
  required_review_thread_resolution: false,
};
const checksRule = {
  strict_required_status_checks_policy: true,
  required_status_checks: [{ context: "test (3.13)" }],
};
const finishedCheck = {
  id: 9000,
  appId: 1,
  externalId: "",
  status: "completed",
  conclusion: "success",
  title: null,
  summary: null,
  annotations: [],
  startedAt: "2026-11-25T11:00:00Z",
  completedAt: "2026-11-25T11:01:00Z",
  history: [],
  actions: [],
};
