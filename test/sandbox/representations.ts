import { exampleOf } from "./contract.ts";
import type { CheckRun, Comment, Installation, PullRequest, Repository, User } from "./state.ts";

/** How GitHub's API shows the sandbox's things, with the fields that its description requires. */
export interface Representations {
  readonly apiUrl: string;
  readonly app: { readonly id: number; readonly slug: string };
}

const EPOCH = "2026-01-01T00:00:00Z";

export function userOf({ apiUrl }: Representations, { id, login, type }: User) {
  const url = `${apiUrl}/users/${login}`;
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `${url}/avatar`,
    gravatar_id: "",
    url,
    html_url: url,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  };
}

export function appOf({ app, apiUrl }: Representations) {
  return {
    id: app.id,
    slug: app.slug,
    node_id: `A_${app.id}`,
    owner: userOf({ apiUrl, app }, { id: 1, login: app.slug, type: "Organization" }),
    name: app.slug,
    description: null,
    external_url: "https://example.invalid",
    html_url: `https://example.invalid/apps/${app.slug}`,
    created_at: EPOCH,
    updated_at: EPOCH,
    permissions: {},
    events: [],
  };
}

/** A repository in the short form that events and lists carry. */
export function repositoryOf(context: Representations, repository: Repository) {
  const { id, owner, name, isPrivate, archived, defaultBranch } = repository;
  const url = `${context.apiUrl}/repos/${owner.login}/${name}`;
  const { source, parent, ...unforked } = exampleOf("full-repository");
  return {
    ...unforked,
    id,
    node_id: `R_${id}`,
    name,
    full_name: `${owner.login}/${name}`,
    private: isPrivate,
    visibility: isPrivate ? "private" : "public",
    owner: userOf(context, owner),
    html_url: url,
    url,
    description: null,
    language: "Python",
    fork: false,
    archived,
    default_branch: defaultBranch,
  };
}

export function pullRequestOf(context: Representations, repository: Repository, pull: PullRequest) {
  const repo = repositoryOf(context, repository);
  const url = `${repo.url}/pulls/${pull.number}`;
  const headOwner = pull.forkOwner ?? repository.owner;
  return {
    ...exampleOf("pull-request"),
    requested_teams: [],
    requested_reviewers: [],
    assignees: [],
    labels: [],
    id: pull.id,
    node_id: `PR_${pull.id}`,
    number: pull.number,
    url,
    html_url: url,
    state: pull.state,
    locked: pull.locked,
    title: pull.title,
    body: pull.body,
    user: userOf(context, pull.author),
    draft: pull.draft,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.state === "closed" ? pull.updatedAt : null,
    merged_at: pull.merged ? pull.updatedAt : null,
    merged: pull.merged,
    head: {
      label: `${headOwner.login}:${pull.headRef}`,
      ref: pull.headRef,
      sha: pull.headSha,
      user: userOf(context, headOwner),
      repo: headRepositoryOf(repo, pull),
    },
    base: {
      label: `${repository.owner.login}:${pull.baseRef}`,
      ref: pull.baseRef,
      sha: repository.branches.get(pull.baseRef) ?? "",
      user: repo.owner,
      repo,
    },
  };
}

/** What two commits have in common, and what only the head has. */
export function comparisonOf(
  context: Representations,
  repository: Repository,
  { base, head, mergeBase }: { readonly base: string; readonly head: string; readonly mergeBase: string },
) {
  const { git } = repository;
  const example = exampleOf("commit-comparison");
  const commit = (sha: string) => ({
    ...(example.base_commit as object),
    sha,
    parents: (git.commits.get(sha)?.parents ?? []).map((parent) => ({ sha: parent, url: context.apiUrl })),
  });
  const ahead = git.between(base, head);
  const behind = git.between(head, base);
  const status =
    ahead.length === 0 ? (behind.length === 0 ? "identical" : "behind") : behind.length === 0 ? "ahead" : "diverged";
  return {
    ...example,
    status,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    base_commit: commit(base),
    merge_base_commit: commit(mergeBase),
    commits: ahead.map(commit),
    files: [],
  };
}

/** Null once the fork is deleted. */
function headRepositoryOf(base: ReturnType<typeof repositoryOf>, { forkOwner, forkDeleted }: PullRequest) {
  if (!forkOwner) return base;
  return forkDeleted ? null : { ...base, id: base.id + 1, fork: true, full_name: `${forkOwner.login}/${base.name}` };
}

/** An installation as the App's own requests and events show it. */
export function installationOf({ apiUrl, app }: Representations, installation: Installation) {
  const { id, account, permissions, suspended, createdAt } = installation;
  return {
    id,
    // GitHub's description asks for the fields of an enterprise as well.
    account: {
      ...userOf({ apiUrl, app }, account),
      name: account.login,
      slug: account.login,
      created_at: createdAt,
      updated_at: createdAt,
    },
    repository_selection: "selected",
    access_tokens_url: `${apiUrl}/app/installations/${id}/access_tokens`,
    repositories_url: `${apiUrl}/installation/repositories`,
    html_url: apiUrl,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions,
    events: [],
    created_at: createdAt,
    updated_at: createdAt,
    single_file_name: null,
    suspended_by: null,
    suspended_at: suspended ? createdAt : null,
  };
}

export function checkRunOf(context: Representations, { owner, name, pulls }: Repository, run: CheckRun) {
  const url = `${context.apiUrl}/repos/${owner.login}/${name}/check-runs/${run.id}`;
  return {
    id: run.id,
    node_id: `CR_${run.id}`,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: url,
    details_url: null,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: null,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    check_suite: { id: run.id + 1 },
    app: appOf(context),
    // GitHub leaves pull requests from forks out.
    pull_requests: [...pulls.values()]
      .filter(({ headSha, state, forkOwner }) => headSha === run.headSha && state === "open" && !forkOwner)
      .map(({ id, number, headRef, headSha, baseRef }) => ({
        id,
        number,
        url: `${context.apiUrl}/repos/${owner.login}/${name}/pulls/${number}`,
        head: { ref: headRef, sha: headSha, repo: { id: 1, url, name } },
        base: { ref: baseRef, sha: headSha, repo: { id: 1, url, name } },
      })),
  };
}

export function commentOf(context: Representations, { owner, name }: Repository, comment: Comment) {
  const url = `${context.apiUrl}/repos/${owner.login}/${name}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    url,
    html_url: url,
    issue_url: `${context.apiUrl}/repos/${owner.login}/${name}/issues/${comment.number}`,
    body: comment.body,
    user: userOf(context, comment.author),
    created_at: EPOCH,
    updated_at: EPOCH,
    author_association: "NONE",
    performed_via_github_app: comment.appId === null ? null : { ...appOf(context), id: comment.appId },
  };
}
