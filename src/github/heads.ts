import type { OpenHeads, OpenPulls } from "../jobs/open-heads.ts";

/** Repositories that one request asks about: GitHub gives up on a request after ten seconds. */
export const REPOSITORIES_AT_ONCE = 25;
/** Pull requests of each of them, and of one that is asked about alone. */
const PULLS = 50;
const MORE_PULLS = 100;

const PULLS_OF = (first: number, after: string): string =>
  `pullRequests(states: OPEN, first: ${first}, after: ${after}, orderBy: { field: UPDATED_AT, direction: DESC }) {
    nodes { number headRefOid updatedAt } pageInfo { hasNextPage endCursor }
  }`;

/** One query for the open heads of some repositories: an alias and two variables for each. */
export function headsQuery(repositories: readonly { readonly owner: string; readonly name: string }[]) {
  const variables: Record<string, string> = {};
  const declared: string[] = [];
  const fields = repositories.map(({ owner, name }, index) => {
    variables[`o${index}`] = owner;
    variables[`n${index}`] = name;
    declared.push(`$o${index}: String!, $n${index}: String!`);
    return `r${index}: repository(owner: $o${index}, name: $n${index}) { ...heads }`;
  });
  const query = `query(${declared.join(", ")}) { ${fields.join(" ")} }
fragment heads on Repository {
  databaseId name owner { __typename login } visibility isArchived pushedAt
  defaultBranchRef { name target { oid } }
  ${PULLS_OF(PULLS, "null")}
}`;
  return { query, variables };
}

/** The query for the pull requests of one repository that come after some. */
export const MORE_PULLS_QUERY = `query($owner: String!, $name: String!, $after: String!) {
  repository(owner: $owner, name: $name) { ${PULLS_OF(MORE_PULLS, "$after")} }
}`;

interface PullsAnswer {
  readonly pullRequests: {
    readonly nodes: readonly { readonly number: number; readonly headRefOid: string; readonly updatedAt: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

interface HeadsAnswer extends PullsAnswer {
  readonly databaseId: number;
  readonly name: string;
  readonly owner: { readonly __typename: string; readonly login: string };
  readonly visibility: string;
  readonly isArchived: boolean;
  readonly pushedAt: string | null;
  readonly defaultBranchRef: { readonly name: string; readonly target: { readonly oid: string } } | null;
}

/** What the answer says of those that were asked about; what is not there any more, or another by now, is left out. */
export function headsIn(data: unknown, asked: readonly { readonly repositoryId: number }[]): readonly OpenHeads[] {
  const answers = data as Readonly<Record<string, HeadsAnswer | null>>;
  return asked.flatMap(({ repositoryId }, index) => {
    const answer = answers[`r${index}`];
    return answer?.databaseId === repositoryId ? headsOf(answer) : [];
  });
}

/** @throws where the answer holds no repository */
export function pullsIn(data: unknown): OpenPulls {
  const { repository } = data as { readonly repository: PullsAnswer | null };
  if (!repository) throw new Error("GitHub answered without the repository");
  return pullsOf(repository);
}

function headsOf(answer: HeadsAnswer): OpenHeads {
  const { databaseId, name, owner, visibility, isArchived, pushedAt, defaultBranchRef } = answer;
  const shown = visibility.toLowerCase();
  return {
    repositoryId: databaseId,
    owner: owner.login,
    name,
    visibility: shown === "public" || shown === "private" || shown === "internal" ? shown : "unknown",
    ownerType: owner.__typename === "Organization" ? "organization" : "user",
    archived: isArchived,
    branch: defaultBranchRef && {
      name: defaultBranchRef.name,
      sha: defaultBranchRef.target.oid,
      pushedAt: pushedAt ?? "",
    },
    pulls: pullsOf(answer),
  };
}

function pullsOf({ pullRequests: { nodes, pageInfo } }: PullsAnswer): OpenPulls {
  return {
    pulls: nodes.map(({ number, headRefOid, updatedAt }) => ({ number, headSha: headRefOid, updatedAt })),
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  };
}
