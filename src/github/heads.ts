/** What is open in a repository now. */
export interface OpenHeads {
  readonly repositoryId: number;
  readonly owner: string;
  readonly name: string;
  readonly isArchived: boolean;
  /** Null where the repository is empty. */
  readonly defaultBranch: { readonly name: string; readonly sha: string } | null;
  readonly pulls: readonly OpenPull[];
}

export interface OpenPull {
  readonly number: number;
  readonly headSha: string;
  /** ISO time. */
  readonly updatedAt: string;
}

/** Repositories that one request asks about. */
export const REPOSITORIES_AT_ONCE = 25;
/** Open pull requests of a repository that are looked at, those touched last first. */
const PULLS = 100;

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
  databaseId isArchived name owner { login }
  defaultBranchRef { name target { oid } }
  pullRequests(states: OPEN, first: ${PULLS}, orderBy: { field: UPDATED_AT, direction: DESC }) {
    nodes { number headRefOid updatedAt }
  }
}`;
  return { query, variables };
}

interface Answer {
  readonly databaseId: number;
  readonly isArchived: boolean;
  readonly name: string;
  readonly owner: { readonly login: string };
  readonly defaultBranchRef: { readonly name: string; readonly target: { readonly oid: string } } | null;
  readonly pullRequests: {
    readonly nodes: readonly { readonly number: number; readonly headRefOid: string; readonly updatedAt: string }[];
  };
}

/** What the answer says; a repository that is not there any more is left out. */
export function headsIn(data: unknown): readonly OpenHeads[] {
  return Object.values(data as Readonly<Record<string, Answer | null>>).flatMap((repository) =>
    repository === null
      ? []
      : [
          {
            repositoryId: repository.databaseId,
            owner: repository.owner.login,
            name: repository.name,
            isArchived: repository.isArchived,
            defaultBranch: repository.defaultBranchRef && {
              name: repository.defaultBranchRef.name,
              sha: repository.defaultBranchRef.target.oid,
            },
            pulls: repository.pullRequests.nodes.map(({ number, headRefOid, updatedAt }) => ({
              number,
              headSha: headRefOid,
              updatedAt,
            })),
          },
        ],
  );
}
