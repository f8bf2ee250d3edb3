import { LRUCache } from "lru-cache";
import { globs } from "../facts/fact.ts";
import type { PolicyMaker } from "../policy/policy-of.ts";
import type { PolicyFiles } from "../policy/read-layers.ts";
import type { Records } from "../store/records.ts";
import type { RequestedRepository } from "../webhooks/review-request.ts";

/** Milliseconds for which a repository's branches are not looked up again: pushes come in crowds. */
const FRESH_MS = 60_000;
const REPOSITORIES = 10_000;

/** Which pushes are reviewed beside those to the default branch, by the policies that were read last. */
export function namedBranches(
  maker: PolicyMaker,
  records: Pick<Records, "lastPolicy" | "organisationPolicy">,
): (repository: RequestedRepository, branch: string) => Promise<boolean> {
  const known = new LRUCache<string, { matches(branch: string): boolean }>({ max: REPOSITORIES, ttl: FRESH_MS });

  async function branchesOf(repository: RequestedRepository) {
    const { installationId, owner, defaultBranch, ownerType } = repository;
    const own = defaultBranch === null ? undefined : await records.lastPolicy(repository, defaultBranch);
    const shared = ownerType === "organization" ? await records.organisationPolicy(installationId, owner) : undefined;
    if (!own && !shared?.commit) return { matches: () => false };
    const { policy } = maker.policyOf({
      files: own ? (JSON.parse(own.files) as PolicyFiles) : {},
      date: new Date().toISOString().slice(0, 10),
      ...(shared && {
        organisation: { repository: `${owner}/.github`, files: JSON.parse(shared.files) as PolicyFiles },
      }),
    });
    return { matches: globs(...policy.branches) };
  }

  return async (repository, branch) => {
    const key = `${repository.installationId}/${repository.repositoryId}`;
    const branches = known.get(key) ?? (await branchesOf(repository));
    known.set(key, branches);
    return branches.matches(branch);
  };
}
