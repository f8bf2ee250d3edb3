import type { Proposals, ProposedPull } from "../publish/proposal.ts";
import { octokitFor } from "./octokit.ts";
import type { Connection } from "./requests.ts";

/** The calls that propose a change to a repository's files. */
export function proposalClient(
  connection: Connection,
  { owner, name: repo }: { readonly owner: string; readonly name: string },
): Proposals {
  const { git, issues, pulls } = octokitFor(connection).rest;
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

    async untouched({ series, into, author }) {
      const { data } = await pulls.list({ ...here, base: into, state: "open", per_page: 100 });
      const own = data.filter(
        ({ head, user }) =>
          head.ref.startsWith(series) && head.repo?.full_name === `${owner}/${repo}` && user?.login === author,
      );
      const heads = await Promise.all(own.map(({ head }) => git.getCommit({ ...here, commit_sha: head.sha })));
      // Whoever pushed to it since is the author of its last commit.
      return own.filter((_, index) => heads[index]?.data.author.name === author).map(({ number }) => number);
    },

    async closePullRequest(number, why) {
      await pulls.update({ ...here, pull_number: number, state: "closed" });
      await issues.createComment({ ...here, issue_number: number, body: why });
    },
  };
}

function proposedOf(pull: {
  readonly number: number;
  readonly state: string;
  readonly merged_at: string | null;
  readonly user: { readonly login: string } | null;
}): ProposedPull {
  return {
    number: pull.number,
    author: pull.user?.login ?? "",
    state: pull.merged_at !== null ? "merged" : pull.state === "open" ? "open" : "closed",
  };
}
