import { Octokit } from "@octokit/rest";
import { headsIn, headsQuery, type OpenHeads } from "./heads.ts";
import type { GithubAnswer } from "./observed-fetch.ts";
import { githubFetch, refuseLimitsOfGraphql, unwrapLimits } from "./requests.ts";

/** Calls about several repositories of one installation, with a token that only reads. */
export function installationClient({
  apiUrl,
  token,
  onAnswer,
}: {
  readonly apiUrl: string;
  readonly token: string;
  readonly onAnswer: (answer: GithubAnswer) => void;
}) {
  const octokit = new Octokit({
    baseUrl: apiUrl,
    auth: token,
    userAgent: "pyready",
    request: { fetch: githubFetch({ onAnswer }) },
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  unwrapLimits(octokit);
  return {
    /** The open heads of these repositories, in one request; what cannot be seen any more is left out. */
    async openHeads(
      repositories: readonly { readonly owner: string; readonly name: string }[],
    ): Promise<readonly OpenHeads[]> {
      const { query, variables } = headsQuery(repositories);
      const answer = octokit.graphql(query, variables);
      return headsIn(
        await answer.catch((error: { readonly data?: unknown }) => {
          // Where one repository is gone, the others are answered beside the error.
          if (error.data && Object.values(error.data).some((found) => found !== null)) return error.data;
          return refuseLimitsOfGraphql(error as Parameters<typeof refuseLimitsOfGraphql>[0]);
        }),
      );
    },
  };
}
