import {
  type Activity,
  known,
  type MergedPull,
  type PublishedRelease,
  type Reading,
  type RecentChanges,
  type RecentChecks,
  unknown,
} from "../../snapshot/settings.ts";

const CHECKS =
  "statusCheckRollup { contexts(first: 100) { nodes { __typename ... on CheckRun { name } ... on StatusContext { context } } } }";
const NEWEST = "orderBy: { field: UPDATED_AT, direction: DESC }";

/** What lately happened in a repository, in one request. */
export const HISTORY_QUERY = `query($owner: String!, $name: String!, $since: GitTimestamp!) {
  repository(owner: $owner, name: $name) {
    createdAt isArchived securityPolicyUrl
    releases(first: 5, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { tagName isDraft publishedAt description releaseAssets(first: 50) { nodes { name } } }
    }
    defaultBranchRef { target { ... on Commit {
      committedDate ${CHECKS}
      history(first: 100, since: $since) {
        nodes { committedDate author { user { login } } associatedPullRequests(first: 1) { totalCount } }
      }
    } } }
    merged: pullRequests(states: MERGED, first: 30, ${NEWEST}) {
      nodes {
        number mergedAt author { __typename login }
        reviews(states: APPROVED, first: 20) { nodes { author { __typename login } } }
      }
    }
    latest: pullRequests(states: MERGED, first: 5, ${NEWEST}) { nodes { commits(last: 1) { nodes { commit { ${CHECKS} } } } } }
  }
}`;

interface Actor {
  readonly __typename: string;
  readonly login: string;
}
interface List<Item> {
  readonly nodes: readonly (Item | null)[] | null;
}
interface Rollup {
  readonly contexts: List<{ readonly __typename: string; readonly name?: string; readonly context?: string }> | null;
}
interface Pull {
  readonly number: number;
  readonly mergedAt: string | null;
  readonly author: Actor | null;
  readonly reviews: List<{ readonly author: Actor | null }> | null;
}
interface Commit {
  readonly committedDate: string;
  readonly author: { readonly user: { readonly login: string } | null } | null;
  readonly associatedPullRequests: { readonly totalCount: number } | null;
}

/** The answer to the query; what may not be seen is null. */
export interface HistoryAnswer {
  readonly createdAt: string;
  readonly isArchived: boolean;
  readonly securityPolicyUrl: string | null;
  readonly releases: List<{
    readonly tagName: string;
    readonly isDraft: boolean;
    readonly publishedAt: string | null;
    readonly description: string | null;
    readonly releaseAssets: List<{ readonly name: string }>;
  }> | null;
  readonly defaultBranchRef: {
    readonly target: {
      readonly committedDate?: string;
      readonly statusCheckRollup?: Rollup | null;
      readonly history?: List<Commit> | null;
    } | null;
  } | null;
  readonly merged: List<Pull> | null;
  readonly latest: List<{
    readonly commits: List<{ readonly commit: { readonly statusCheckRollup: Rollup | null } }>;
  }> | null;
}

const NO_PULLS = unknown("it needs the permission pull_requests: read");
/** Names that are kept, and letters of each. */
const MAX_NAMES = 500;
const LONGEST = 300;

/** What the history says of who works here, how changes are reviewed, and which checks report. */
export function historyOf(answer: HistoryAnswer, seesStatuses: boolean) {
  const commits = present(answer.defaultBranchRef?.target?.history);
  const pulls = answer.merged && present(answer.merged).filter(({ mergedAt }) => mergedAt !== null);
  return {
    contributors: contributorsOf(commits, pulls ?? []),
    recentChanges: pulls ? known(changesOf(commits, pulls)) : (NO_PULLS as Reading<RecentChanges>),
    recentChecks: known(checksOf(answer, seesStatuses)),
    activity: known(activityOf(answer, pulls ?? [])),
    releases: known(releasesOf(answer)),
  };
}

function contributorsOf(commits: readonly Commit[], pulls: readonly Pull[]): Reading<number> {
  const people = new Set([
    ...commits.flatMap(({ author }) => author?.user?.login ?? []),
    ...pulls.flatMap(({ author }) => (author?.__typename === "User" ? author.login : [])),
  ]);
  const count = [...people].filter((login) => !login.endsWith("[bot]")).length;
  // Whoever has no account is not counted: then few are no proof that there are few.
  if (count < 2 && commits.some(({ author }) => !author?.user))
    return unknown("some authors have no account on GitHub");
  return known(count);
}

function changesOf(commits: readonly Commit[], pulls: readonly Pull[]): RecentChanges {
  const oldest = pulls.map(({ mergedAt }) => mergedAt ?? "").sort()[0] ?? "";
  return {
    merged: pulls.map(mergedOf),
    directPushes: commits.filter(
      ({ committedDate, author, associatedPullRequests }) =>
        committedDate > oldest && author?.user && associatedPullRequests?.totalCount === 0,
    ).length,
  };
}

function mergedOf({ number, author, reviews }: Pull): MergedPull {
  return {
    number,
    author: author?.login ?? "ghost",
    authorIsBot: author?.__typename === "Bot",
    isReviewed: present(reviews).some(
      (review) => review.author?.__typename === "User" && review.author.login !== author?.login,
    ),
  };
}

function checksOf({ defaultBranchRef, latest }: HistoryAnswer, seesStatuses: boolean): RecentChecks {
  const ofPulls = present(latest).flatMap(({ commits }) =>
    present(commits).map(({ commit }) => commit.statusCheckRollup),
  );
  const contexts = [defaultBranchRef?.target?.statusCheckRollup, ...ofPulls].flatMap((rollup) =>
    present(rollup?.contexts),
  );
  const names = contexts.map(({ name, context }) => (name ?? context ?? "").slice(0, LONGEST));
  return { names: [...new Set(names)].slice(0, MAX_NAMES), complete: seesStatuses };
}

function activityOf(
  { createdAt, isArchived, defaultBranchRef, releases }: HistoryAnswer,
  pulls: readonly Pull[],
): Activity {
  const times = [
    defaultBranchRef?.target?.committedDate,
    ...pulls.map(({ mergedAt }) => mergedAt),
    ...present(releases).map(({ publishedAt }) => publishedAt),
  ].filter((time) => typeof time === "string");
  return { archived: isArchived, createdAt, lastAt: times.sort().at(-1) ?? null };
}

function releasesOf({ releases }: HistoryAnswer): readonly PublishedRelease[] {
  return present(releases)
    .filter(({ isDraft }) => !isDraft)
    .map(({ tagName, description, releaseAssets }) => ({
      tag: tagName.slice(0, LONGEST),
      hasNotes: (description ?? "").trim() !== "",
      assets: present(releaseAssets).map(({ name }) => name.slice(0, LONGEST)),
    }));
}

function present<Item>(list: List<Item> | null | undefined): readonly Item[] {
  return (list?.nodes ?? []).filter((node) => node !== null);
}
