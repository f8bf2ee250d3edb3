/** Commits of a pull request that one answer holds; of a longer one the merge base is asked for by itself. */
const COMMITS = 100;

/** What tells where a pull request left its base, beside other fields of the repository. */
export const COMMITS_OF_PULL = `pullRequest(number: $number) {
    headRefOid
    commits(first: ${COMMITS}) { totalCount nodes { commit { oid parents(first: 3) { totalCount nodes { oid } } } } }
  }`;

interface CommitAnswer {
  readonly oid: string;
  readonly parents: { readonly totalCount: number; readonly nodes: readonly { readonly oid: string }[] };
}

/** A pull request's commits, as GitHub lists them. */
export interface CommitsAnswer {
  readonly headRefOid: string;
  readonly commits: { readonly totalCount: number; readonly nodes: readonly { readonly commit: CommitAnswer }[] };
}

/**
 * The one commit that all of a pull request's commits come after: where there is one, it is the merge base.
 * Undefined where the list is of another head, not whole, or the base was merged into it.
 */
export function mergeBaseIn(answer: CommitsAnswer | null | undefined, headSha: string): string | undefined {
  if (!answer || answer.headRefOid !== headSha) return undefined;
  const commits = answer.commits.nodes.map(({ commit }) => commit);
  const own = new Set(commits.map(({ oid }) => oid));
  const isWhole =
    commits.length === answer.commits.totalCount &&
    own.has(headSha) &&
    commits.every(({ parents }) => parents.nodes.length === parents.totalCount);
  if (!isWhole) return undefined;
  const before = new Set(
    commits.flatMap(({ parents }) => parents.nodes.map(({ oid }) => oid)).filter((oid) => !own.has(oid)),
  );
  return before.size === 1 ? [...before][0] : undefined;
}
