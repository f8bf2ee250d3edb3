import type { OpenHeads, OpenPulls } from "../jobs/open-heads.ts";
import { headsIn, headsQuery, MORE_PULLS_QUERY, pullsIn } from "./heads.ts";
import { refusalOfGraphql } from "./limits.ts";
import { answered, octokitFor } from "./octokit.ts";
import type { Connection } from "./requests.ts";

/** A repository as GitHub lists it. */
export interface ListedRepository extends Omit<OpenHeads, "branch" | "pulls"> {
  readonly defaultBranch: string;
}

type Named = Pick<OpenHeads, "repositoryId" | "owner" | "name">;

/** Calls about the repositories of one installation, with a token that only reads. */
export function installationClient(connection: Connection) {
  const octokit = octokitFor(connection);
  return {
    /** Every repository of the installation. @throws where the list is not whole: what is not in it is not gone */
    async repositories(): Promise<readonly ListedRepository[]> {
      let total = 0;
      const all = await octokit.paginate(
        octokit.rest.apps.listReposAccessibleToInstallation,
        { per_page: 100 },
        (page) => {
          total = (page.data as unknown as { total_count?: number }).total_count ?? total;
          return page.data;
        },
      );
      const listed = all as unknown as readonly Answer[];
      if (listed.length < total) throw new Error("GitHub's list of repositories is not whole");
      return listed.map(listedOf);
    },

    /** The open heads of these repositories, in one request; what cannot be seen any more is left out. */
    async openHeads(repositories: readonly Named[]): Promise<readonly OpenHeads[]> {
      const { query, variables } = headsQuery(repositories);
      return headsIn(await octokit.graphql(query, variables).catch(whatIsThere), repositories);
    },

    async morePulls({ owner, name }: Named, after: string): Promise<OpenPulls> {
      return pullsIn(await answered(octokit.graphql(MORE_PULLS_QUERY, { owner, name, after })));
    },
  };
}

/** Where some repositories are gone, the others are answered beside the errors. @throws any other error */
function whatIsThere(
  error: Error & { readonly data?: unknown; readonly errors?: readonly { readonly type?: string }[] },
): unknown {
  const isOfAbsence = error.errors?.every(({ type }) => type === "NOT_FOUND" || type === "FORBIDDEN");
  if (isOfAbsence && error.data) return error.data;
  throw refusalOfGraphql(error);
}

interface Answer {
  readonly id: number;
  readonly name: string;
  readonly owner: { readonly login: string; readonly type: string };
  readonly private: boolean;
  readonly visibility?: string;
  readonly default_branch: string;
  readonly archived: boolean;
}

function listedOf({
  id,
  name,
  owner,
  private: isPrivate,
  visibility,
  default_branch,
  archived,
}: Answer): ListedRepository {
  return {
    repositoryId: id,
    owner: owner.login,
    name,
    visibility: visibility === "internal" ? visibility : isPrivate ? "private" : "public",
    ownerType: owner.type === "Organization" ? "organization" : "user",
    defaultBranch: default_branch,
    archived,
  };
}
