import type { Proposals, ProposedPull } from "../publish/proposal.ts";
import { octokitFor } from "./octokit.ts";
import type { Connection } from "./requests.ts";

/** The calls that propose a change to a repository's files. */
export function proposalClient(
  connection: Connection,
  { owner, name: repo }: { readonly owner: string; readonly name: string },
): Proposals {
  const { git, pulls } = octokitFor(connection).rest;
  const here = { owner, repo };
  return {
    async branch(name) {
      try {
        const { data } = await git.getRef({ ...here, ref: `heads/${name}` });
        return data.object.sha;
      } catch (error) {
        if ((error as { status?: number }).status === 404) return undefined;
        throw error;
      }
    },

    async makeBranch(name, { parent, message, files }) {
      const { data: before } = await git.getCommit({ ...here, commit_sha: parent });
      const { data: tree } = await git.createTree({
        ...here,
        base_tree: before.tree.sha,
        tree: files.map(({ path, mode, text }) => ({
          path,
          mode: mode === "100755" ? mode : "100644",
          type: "blob" as const,
          content: text,
        })),
      });
      // Without an author named it is the App's, and signed by GitHub.
      const { data: commit } = await git.createCommit({ ...here, message, tree: tree.sha, parents: [parent] });
      await git.createRef({ ...here, ref: `refs/heads/${name}`, sha: commit.sha });
    },

    async pullRequestFrom(branch) {
      const { data } = await pulls.list({ ...here, head: `${owner}:${branch}`, state: "all", per_page: 100 });
      const newest = data
        .filter(({ head }) => head.ref === branch && head.repo?.full_name === `${owner}/${repo}`)
        .sort((a, b) => b.number - a.number)[0];
      return newest && proposedOf(newest);
    },

    async openPullRequest({ branch, into, title, body }) {
      const { data } = await pulls.create({ ...here, head: branch, base: into, title, body });
      return proposedOf(data);
    },
  };
}

function proposedOf(pull: {
  readonly number: number;
  readonly state: string;
  readonly merged_at: string | null;
}): ProposedPull {
  return {
    number: pull.number,
    state: pull.merged_at !== null ? "merged" : pull.state === "open" ? "open" : "closed",
  };
}
