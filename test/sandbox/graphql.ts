import { buildSchema, type ExecutionResult, GraphQLError, graphqlSync } from "graphql";
import { holds } from "./credentials.ts";
import { commitNode, historyFields, historySchema, mergedFields } from "./graphql-history.ts";
import { shown } from "./read-lag.ts";
import { isVisible } from "./routes/route.ts";
import type { PullRequest, Repository, State, Token } from "./state.ts";

/** The part of GitHub's GraphQL schema that is asked for. */
const schema = buildSchema(`
  scalar DateTime
  scalar GitObjectID
  scalar GitTimestamp
  scalar URI
  type Query {
    repository(owner: String!, name: String!, followRenames: Boolean = true): Repository
    organization(login: String!): Organization
  }
  type Repository {
    databaseId: Int
    name: String!
    nameWithOwner: String!
    owner: RepositoryOwner!
    visibility: RepositoryVisibility!
    pushedAt: DateTime
    isArchived: Boolean!
    isEmpty: Boolean!
    isPrivate: Boolean!
    object(oid: GitObjectID, expression: String): GitObject
    defaultBranchRef: Ref
    pullRequest(number: Int!): PullRequest
    createdAt: DateTime!
    securityPolicyUrl: URI
    releases(first: Int, orderBy: ReleaseOrder): ReleaseConnection!
    pullRequests(
      states: [PullRequestState!], first: Int, after: String, last: Int, before: String, orderBy: IssueOrder
    ): PullRequestConnection!
  }
  enum RepositoryVisibility { PUBLIC PRIVATE INTERNAL }
  interface RepositoryOwner { login: String! }
  interface Actor { login: String! }
  type User implements RepositoryOwner & Actor { login: String! }
  type Bot implements Actor { login: String! }
  type Organization implements RepositoryOwner & Actor {
    login: String!
    repositories(first: Int, after: String, isArchived: Boolean): RepositoryConnection!
  }
  type RepositoryConnection { totalCount: Int! nodes: [Repository] pageInfo: PageInfo! }
  interface GitObject { oid: GitObjectID! }
  type Blob implements GitObject {
    oid: GitObjectID! text: String byteSize: Int! isBinary: Boolean isTruncated: Boolean!
  }
  type Commit implements GitObject {
    oid: GitObjectID!
    parents(first: Int): CommitConnection!
    committedDate: DateTime!
    author: GitActor
    statusCheckRollup: StatusCheckRollup
    history(first: Int, since: GitTimestamp): CommitHistoryConnection!
    associatedPullRequests(first: Int): PullRequestConnection
  }
  type CommitConnection { totalCount: Int! nodes: [Commit] }
  type PullRequestCommit { commit: Commit! }
  type PullRequestCommitConnection { totalCount: Int! nodes: [PullRequestCommit] }
  type Ref { name: String! target: GitObject }
  enum PullRequestState { OPEN CLOSED MERGED }
  enum IssueOrderField { CREATED_AT UPDATED_AT COMMENTS }
  enum OrderDirection { ASC DESC }
  input IssueOrder { field: IssueOrderField! direction: OrderDirection! }
  type PullRequestConnection { totalCount: Int! nodes: [PullRequest] pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! endCursor: String hasPreviousPage: Boolean! startCursor: String }
  type PullRequest {
    databaseId: Int
    number: Int!
    title: String!
    state: PullRequestState!
    isDraft: Boolean!
    headRefName: String!
    headRefOid: GitObjectID!
    baseRefName: String!
    commits(first: Int, last: Int): PullRequestCommitConnection!
    isCrossRepository: Boolean!
    createdAt: DateTime!
    updatedAt: DateTime!
    mergedAt: DateTime
    author: Actor
    reviews(states: [PullRequestReviewState!], first: Int): PullRequestReviewConnection
  }
  ${historySchema}
`);
/** GitHub cuts the text of larger blobs. */
const CUT_AT = 512_000;
const MAX_PAGE = 100;

/** Answers a query over the repositories that the token may see. */
export function answerQuery(body: unknown, state: State, token: Token): unknown {
  const { query, variables } = body as { query: string; variables?: Record<string, unknown> };
  const result = graphqlSync({
    schema,
    source: query,
    ...(variables ? { variableValues: variables } : {}),
    rootValue: {
      repository: ({ owner, name }: { owner: string; name: string }) => {
        const repository = state.repositoryOnceAt(owner, name);
        if (repository && isVisible(repository, token)) return repositoryNode(repository, state, token);
        throw refused("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      },
      organization: ({ login }: { login: string }) => {
        const all = state.repositories.filter(({ owner, deleted }) => owner.login === login && !deleted);
        if (all[0]?.owner.type !== "Organization")
          throw refused("NOT_FOUND", `Could not resolve to an Organization with the login of '${login}'.`);
        return { __typename: "Organization", login, repositories: repositoriesOf(all, state, token) };
      },
    },
  });
  return inGithubsWords(result);
}

/** The repositories that the token may see, a page at a time. */
function repositoriesOf(all: readonly Repository[], state: State, token: Token) {
  return ({ first = MAX_PAGE, after, isArchived }: { first?: number; after?: string; isArchived?: boolean }) => {
    const seen = all
      .filter((one) => isVisible(one, token) && (isArchived ?? one.archived) === one.archived)
      .sort((a, b) => a.id - b.id);
    const start = Number(after ?? 0);
    const page = seen.slice(start, start + Math.min(first, MAX_PAGE));
    const end = start + page.length;
    return {
      totalCount: seen.length,
      nodes: page.map((one) => repositoryNode(one, state, token)),
      pageInfo: {
        hasNextPage: end < seen.length,
        endCursor: String(end),
        hasPreviousPage: start > 0,
        startCursor: null,
      },
    };
  };
}

function repositoryNode(repository: Repository, state: State, token: Token) {
  const { id, owner, name, archived, isPrivate, pushedAt, branches, defaultBranch } = repository;
  const head = branches.get(defaultBranch);
  const mayReadPulls = (): void => {
    if (!holds(state, token, "pull_requests", "read"))
      throw refused("FORBIDDEN", "Resource not accessible by integration");
  };
  return {
    databaseId: id,
    name,
    nameWithOwner: `${owner.login}/${name}`,
    owner: { __typename: owner.type === "Organization" ? owner.type : "User", login: owner.login },
    isArchived: archived,
    isEmpty: branches.size === 0,
    isPrivate,
    visibility: isPrivate ? "PRIVATE" : "PUBLIC",
    pushedAt,
    object: ({ oid }: { oid?: string }) => objectOf(repository, oid ?? ""),
    ...historyFields(repository),
    defaultBranchRef: head ? { name: defaultBranch, target: commitNode(repository, head) } : null,
    pullRequest: ({ number }: { readonly number: number }) => {
      mayReadPulls();
      const pull = repository.pulls.get(number);
      const now = pull && shown(repository, pull);
      if (!now) throw refused("NOT_FOUND", `Could not resolve to a PullRequest with the number of ${number}.`);
      return pullRequestNode(now, repository);
    },
    pullRequests: (wanted: PullRequestsAsked) => {
      mayReadPulls();
      return connectionOf(repository, wanted);
    },
  };
}

interface PullRequestsAsked {
  readonly states?: readonly string[];
  readonly first?: number;
  readonly after?: string;
  readonly orderBy?: { readonly field: string; readonly direction: "ASC" | "DESC" };
}

function connectionOf(repository: Repository, { states, first, after, orderBy }: PullRequestsAsked) {
  if (first === undefined || first < 1 || first > MAX_PAGE)
    throw refused("INVALID_PAGINATION", `\`first\` must be between 1 and ${MAX_PAGE}`);
  const key = orderBy?.field === "UPDATED_AT" ? "updatedAt" : "createdAt";
  const sign = orderBy?.direction === "DESC" ? -1 : 1;
  const matching = [...repository.pulls.values()]
    .flatMap((pull) => shown(repository, pull) ?? [])
    .filter((pull) => !states || states.includes(stateOf(repository, pull)))
    .sort((a, b) => sign * (a[key].localeCompare(b[key]) || a.number - b.number));
  const start = matching.findIndex(({ number }) => String(number) === after) + 1;
  const nodes = matching.slice(start, start + first);
  return {
    totalCount: matching.length,
    nodes: nodes.map((pull) => pullRequestNode(pull, repository)),
    pageInfo: {
      hasNextPage: start + first < matching.length,
      hasPreviousPage: start > 0,
      startCursor: nodes[0] ? String(nodes[0].number) : null,
      endCursor: nodes.length > 0 ? String(nodes.at(-1)?.number) : null,
    },
  };
}

function stateOf({ pulls }: Repository, { number, state }: PullRequest): string {
  return pulls.get(number)?.merged ? "MERGED" : state.toUpperCase();
}

function pullRequestNode(pull: PullRequest, repository: Repository) {
  const { git, branches } = repository;
  const base = branches.get(pull.baseRef) ?? "";
  return {
    ...mergedFields(repository, pull),
    databaseId: pull.id,
    number: pull.number,
    title: pull.title,
    state: stateOf(repository, pull),
    isDraft: pull.draft,
    headRefName: pull.headRef,
    headRefOid: pull.headSha,
    baseRefName: pull.baseRef,
    isCrossRepository: pull.forkOwner !== null,
    commits: ({ first, last }: { readonly first?: number; readonly last?: number }) => {
      // Of one that was merged its head is all that is left to tell.
      const commits = repository.pulls.get(pull.number)?.merged ? [pull.headSha] : git.between(base, pull.headSha);
      const asked = last === undefined ? commits.slice(0, first) : commits.slice(-last);
      return { totalCount: commits.length, nodes: asked.map((sha) => ({ commit: commitNode(repository, sha) })) };
    },
    createdAt: pull.createdAt,
    updatedAt: pull.updatedAt,
  };
}

function objectOf(repository: Repository, oid: string) {
  const { git } = repository;
  const blob = git.blobs.get(oid);
  if (!blob) return git.commits.has(oid) ? commitNode(repository, oid) : null;
  const isBinary = blob.includes(0);
  const text = blob.toString("utf8");
  return {
    __typename: "Blob",
    oid,
    byteSize: blob.byteLength,
    isBinary,
    isTruncated: blob.byteLength > CUT_AT,
    text: isBinary ? null : text.slice(0, CUT_AT),
  };
}

function refused(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** GitHub tells an error's type beside its message. */
function inGithubsWords({ data, errors }: ExecutionResult): unknown {
  if (!errors) return { data };
  const told = errors.map((error) => {
    const { extensions, ...rest } = error.toJSON();
    return { ...(extensions?.type ? { type: extensions.type } : {}), ...rest };
  });
  return { ...(data === undefined ? {} : { data }), errors: told };
}
