import { GithubError } from "./failures.ts";
import { answered, octokitFor } from "./octokit.ts";
import type { Connection } from "./requests.ts";

const PAGE = `query($login: String!, $after: String) {
  organization(login: $login) {
    repositories(first: 100, after: $after, isArchived: false) {
      nodes { nameWithOwner isEmpty }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

interface Answer {
  readonly organization: {
    readonly repositories: {
      readonly nodes: readonly ({ readonly nameWithOwner: string; readonly isEmpty: boolean } | null)[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  } | null;
}

/**
 * The repositories of an organisation that the token may see and that hold something, archived ones left out.
 * @throws GithubError 404 where there is no such organisation
 */
export async function repositoriesOf(connection: Connection, login: string): Promise<readonly string[]> {
  const octokit = octokitFor(connection);
  const names: string[] = [];
  for (let after: string | null = null; ; ) {
    const answer: Answer = await answered(octokit.graphql<Answer>(PAGE, { login, after }));
    if (!answer.organization) throw new GithubError(404, "Not Found");
    const { nodes, pageInfo } = answer.organization.repositories;
    names.push(...nodes.flatMap((node) => (node && !node.isEmpty ? [node.nameWithOwner] : [])));
    if (!pageInfo.hasNextPage) return names.sort();
    after = pageInfo.endCursor;
  }
}
