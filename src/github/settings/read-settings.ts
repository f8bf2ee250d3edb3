import type { Octokit } from "@octokit/rest";
import type { ReadSettings } from "../../jobs/settings-job.ts";
import {
  type BranchRule,
  type CommunityFiles,
  known,
  type Reading,
  type RulesetBypass,
  settingsWith,
} from "../../snapshot/settings.ts";
import type { Credentials } from "../credentials.ts";
import { refusalOfGraphql } from "../limits.ts";
import { octokitFor } from "../octokit.ts";
import type { Connection } from "../requests.ts";
import { Asking } from "./asking.ts";
import { HISTORY_QUERY, type HistoryAnswer, historyOf } from "./history.ts";
import * as parts from "./parts.ts";

/** Rulesets whose exceptions are read. */
const MAX_RULESETS = 20;
const YEAR_MS = 365 * 86_400_000;

/**
 * Reads what GitHub tells of a repository beside its files, a request for each part that is permitted.
 * @throws where GitHub fails; what it does not show is a part that is not known
 */
export async function readSettings(
  connection: Connection & { readonly credentials: Credentials },
  { owner, name: repo }: { readonly owner: string; readonly name: string },
  before: ReadSettings | undefined,
  now: number,
): Promise<ReadSettings> {
  const octokit = octokitFor(connection);
  const here = { owner, repo };
  const { permissions = {} } = await connection.credentials.current();
  const asking = new Asking(octokit, here, permissions, before);
  const data = (await octokit.rest.repos.get(here)).data as unknown as parts.RepositoryAnswer;
  const branch = data.default_branch;
  const rulesets = await asking.list<parts.RuleAnswer>({
    route: "GET /repos/{owner}/{repo}/rules/branches/{branch}",
    parameters: { branch },
    permission: "metadata",
    read: () => undefined,
  });
  const isProtected = await asking.part("isProtected", parts.isProtectedOf(branch));
  const history = await historyIn(octokit, here, now);
  const settings = settingsWith(
    {
      readAt: new Date(now).toISOString(),
      branchRules: mapped(rulesets, (all): readonly BranchRule[] => all.map(parts.branchRuleOf)),
      isProtected,
      classicProtection:
        isProtected.known && !isProtected.value
          ? known(null)
          : await asking.part("classicProtection", parts.classicProtectionOf(branch)),
      bypasses: await bypassesOf(octokit, here, rulesets),
      workflowToken: await asking.part("workflowToken", parts.workflowToken),
      actionsPolicy: await asking.part("actionsPolicy", parts.actionsPolicy),
      approvesForks: await asking.part("approvesForks", parts.approvesForks),
      ...shown("secretScanning", parts.secretScanningOf(data)),
      ...shown("securityUpdates", parts.securityUpdatesOf(data)),
      openSecretAlerts: await asking.part("openSecretAlerts", parts.openSecretAlerts),
      vulnerabilityAlerts: await asking.part("vulnerabilityAlerts", parts.vulnerabilityAlerts),
      openVulnerabilityAlerts: await asking.part("openVulnerabilityAlerts", parts.openVulnerabilityAlerts),
      privateReporting: await asking.part("privateReporting", parts.privateReporting),
      codeScanning: await asking.part("codeScanning", parts.codeScanning),
      codeOwnersErrors: await asking.part("codeOwnersErrors", parts.codeOwnersErrors),
      environments: await asking.part("environments", parts.environments),
      community: await communityOf(asking, history),
      ...historyOf(history, asking.holds("statuses")),
    },
    "it needs the permission administration: read",
  );
  return { settings, tags: asking.tags };
}

async function historyIn(
  octokit: Octokit,
  { owner, repo }: { readonly owner: string; readonly repo: string },
  now: number,
): Promise<HistoryAnswer> {
  const since = new Date(now - YEAR_MS).toISOString();
  const answer = await octokit
    .graphql<{ readonly repository: HistoryAnswer | null }>(HISTORY_QUERY, { owner, name: repo, since })
    .catch(whatMayBeSeen);
  if (!answer.repository) throw new Error("GitHub answered without the repository");
  return answer.repository;
}

/** What lies beside refusals of parts that are not permitted. @throws any other error */
function whatMayBeSeen(
  error: Error & { readonly data?: unknown; readonly errors?: readonly { readonly type?: string }[] },
): { readonly repository: HistoryAnswer | null } {
  const data = error.data as { readonly repository: HistoryAnswer | null } | undefined;
  if (data?.repository && error.errors?.every(({ type }) => type === "FORBIDDEN")) return data;
  throw refusalOfGraphql(error);
}

/** Who is bound by none of the rulesets that concern the default branch, one request each. */
async function bypassesOf(
  octokit: Octokit,
  here: { readonly owner: string; readonly repo: string },
  rulesets: Reading<readonly parts.RuleAnswer[]>,
): Promise<Reading<readonly RulesetBypass[]>> {
  if (!rulesets.known) return rulesets;
  const ids = new Set(rulesets.value.flatMap(({ ruleset_id }) => ruleset_id ?? []));
  const found: RulesetBypass[] = [];
  for (const ruleset_id of [...ids].slice(0, MAX_RULESETS)) {
    const answer = await octokit.rest.repos.getRepoRuleset({ ...here, ruleset_id }).catch(hidden);
    found.push(parts.bypassOf(answer?.data ?? { name: String(ruleset_id) }));
  }
  return known(found);
}

/** Nothing, where the ruleset of an organisation is not shown. @throws any other error */
function hidden(error: Error & { readonly status?: number }): undefined {
  if (error.status !== 403 && error.status !== 404) throw error;
}

async function communityOf(asking: Asking, { securityPolicyUrl }: HistoryAnswer): Promise<Reading<CommunityFiles>> {
  const files = await asking.part("community", parts.communityFiles);
  return mapped(files, (value) => ({ ...value, hasSecurityPolicy: securityPolicyUrl !== null }));
}

function mapped<From, To>(reading: Reading<From>, map: (value: From) => To): Reading<To> {
  return reading.known ? known(map(reading.value)) : reading;
}

/** A part of an answer that is there only for those who may see it. */
function shown<Name extends string, Value>(name: Name, value: Value | undefined) {
  return (value === undefined ? {} : { [name]: known(value) }) as Partial<Record<Name, Reading<Value>>>;
}
