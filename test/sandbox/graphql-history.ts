import type { PullRequest, Repository } from "./state.ts";

/** The part of GitHub's schema that tells what lately happened. */
export const historySchema = `
  enum PullRequestReviewState { PENDING COMMENTED APPROVED CHANGES_REQUESTED DISMISSED }
  enum ReleaseOrderField { CREATED_AT NAME }
  input ReleaseOrder { field: ReleaseOrderField! direction: OrderDirection! }
  type ReleaseConnection { nodes: [Release] }
  type Release {
    tagName: String! isDraft: Boolean! publishedAt: DateTime description: String
    releaseAssets(first: Int): ReleaseAssetConnection!
  }
  type ReleaseAssetConnection { nodes: [ReleaseAsset] }
  type ReleaseAsset { name: String! }
  type GitActor { user: User }
  type CommitHistoryConnection { nodes: [Commit] }
  type StatusCheckRollup { contexts(first: Int): StatusCheckRollupContextConnection! }
  type StatusCheckRollupContextConnection { nodes: [StatusCheckRollupContext] }
  union StatusCheckRollupContext = CheckRun | StatusContext
  type CheckRun { name: String! }
  type StatusContext { context: String! }
  type PullRequestReviewConnection { nodes: [PullRequestReview] }
  type PullRequestReview { author: Actor }
`;

/** What a repository says of its own history. */
export function historyFields({ settings, pushedAt }: Repository) {
  return {
    createdAt: "2021-01-01T00:00:00Z",
    securityPolicyUrl: settings.securityPolicyUrl,
    releases: {
      nodes: settings.releases.map(({ tag, notes, assets }) => ({
        tagName: tag,
        isDraft: false,
        publishedAt: pushedAt,
        description: notes,
        releaseAssets: { nodes: assets.map((name) => ({ name })) },
      })),
    },
  };
}

/** A commit with the checks that reported on it. */
export function commitNode(repository: Repository, oid: string) {
  const { settings, pushedAt, checkRuns, git } = repository;
  const parents = git.commits.get(oid)?.parents ?? [];
  const nodes = checkRuns
    .filter(({ headSha }) => headSha === oid)
    .map(({ name }) => ({ __typename: "CheckRun", name }));
  return {
    __typename: "Commit",
    oid,
    parents: ({ first }: { readonly first?: number }) => ({
      totalCount: parents.length,
      nodes: parents.slice(0, first).map((parent) => ({ oid: parent })),
    }),
    committedDate: pushedAt,
    statusCheckRollup: nodes.length > 0 ? { contexts: { nodes } } : null,
    history: {
      nodes: settings.committers.map((login) => ({
        oid,
        committedDate: pushedAt,
        author: { user: { login } },
        associatedPullRequests: { totalCount: 1 },
      })),
    },
  };
}

/** How a pull request came to be merged. */
export function mergedFields(repository: Repository, { number, author }: PullRequest) {
  const { merged = false, updatedAt = null, approvals = [] } = repository.pulls.get(number) ?? {};
  return {
    mergedAt: merged ? updatedAt : null,
    author: { __typename: author.type, login: author.login },
    reviews: { nodes: approvals.map(({ type, login }) => ({ author: { __typename: type, login } })) },
  };
}
