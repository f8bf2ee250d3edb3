import type { CheckRunShown, CheckRunWrite, PublishedComment } from "../publish/ports.ts";
import type { RepositoryReader } from "../snapshot/github.ts";
import { blobAnswers, blobQuery } from "./blob-query.ts";
import { type CommitsAnswer, mergeBaseIn } from "./merge-base.ts";
import { answered, octokitFor } from "./octokit.ts";
import type { Connection } from "./requests.ts";

/** A pull request as it is now. */
export interface PullRequest {
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
  /** The branch that it is to be merged into. */
  readonly baseRef: string;
  /** ISO time of the state that was read. */
  readonly updatedAt: string;
  /** The branch that is to be merged. */
  readonly headRef: string;
  /** True where that branch is in another repository, or was. */
  readonly isOfFork: boolean;
  readonly open: boolean;
  readonly draft: boolean;
  readonly author: string;
  readonly authorIsBot: boolean;
}

/** Every call that pyready makes about one repository. */
export function repositoryClient(
  connection: Connection,
  { owner, name: repo }: { readonly owner: string; readonly name: string },
) {
  const octokit = octokitFor(connection);
  const here = { owner, repo };
  /** The pull request whose commits the next query for blobs brings along, and what came of it. */
  let awaited: number | undefined;
  let commits: CommitsAnswer | undefined;

  const reader: RepositoryReader = {
    async tree(sha, recursive) {
      const { data } = await octokit.rest.git.getTree({
        ...here,
        tree_sha: sha,
        ...(recursive ? { recursive: "1" } : {}),
      });
      const entries = data.tree.map(({ path = "", mode = "", sha: id = "", size }) => ({
        path,
        mode,
        sha: id,
        size: size ?? null,
      }));
      return { entries, truncated: data.truncated };
    },
    async blobs(shas) {
      const number = awaited;
      const query = blobQuery(shas, number !== undefined);
      const data = await answered(
        octokit.graphql(query, { owner, name: repo, ...(number !== undefined && { number }) }),
      );
      if (number !== undefined) {
        awaited = undefined;
        commits = (data as { repository?: { pullRequest?: CommitsAnswer } } | undefined)?.repository?.pullRequest;
      }
      return blobAnswers(shas, data);
    },
    async blob(sha) {
      const { data } = await octokit.rest.git.getBlob({ ...here, file_sha: sha });
      return Buffer.from(data.content, data.encoding === "base64" ? "base64" : "utf8");
    },
    async tarball(sha) {
      const { data } = await octokit.request("GET /repos/{owner}/{repo}/tarball/{ref}", {
        ...here,
        ref: sha,
        request: { parseSuccessResponseBody: false },
      });
      return data as unknown as AsyncIterable<Uint8Array>;
    },
  };

  return {
    reader,

    async repository() {
      const { data } = await octokit.rest.repos.get(here);
      return {
        id: data.id,
        name: data.full_name,
        private: data.private,
        visibility: data.visibility ?? null,
        ownerType: data.owner.type,
        defaultBranch: data.default_branch,
      };
    },

    /** The commit that a branch, tag or shortened id means. */
    async commitOf(ref: string): Promise<string> {
      const { data } = await octokit.rest.repos.getCommit({ ...here, ref, mediaType: { format: "sha" } });
      return data as unknown as string;
    },

    async pullRequest(number: number): Promise<PullRequest> {
      const { data } = await octokit.rest.pulls.get({ ...here, pull_number: number });
      return {
        number,
        headSha: data.head.sha,
        baseSha: data.base.sha,
        baseRef: data.base.ref,
        updatedAt: data.updated_at,
        headRef: data.head.ref,
        isOfFork: data.head.repo?.id !== data.base.repo.id,
        open: data.state === "open",
        draft: data.draft ?? false,
        author: data.user.login,
        authorIsBot: data.user.type === "Bot",
      };
    },

    /** Lets the next query for blobs tell where a pull request left its base: so that costs no request. */
    askMergeBaseAlong({ number }: Pick<PullRequest, "number">): void {
      awaited = number;
    },

    /** Where a pull request left its base. */
    async mergeBase({ headSha, baseRef }: Pick<PullRequest, "headSha" | "baseRef">): Promise<string> {
      const told = mergeBaseIn(commits, headSha);
      if (told !== undefined) return told;
      const basehead = `${baseRef}...${headSha}`;
      const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...here, basehead, per_page: 1 });
      return data.merge_base_commit.sha;
    },

    /** Open pull requests with this head, forks included. */
    async pullRequestsOf(sha: string): Promise<readonly number[]> {
      const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...here, commit_sha: sha });
      return data.filter(({ state, head }) => state === "open" && head.sha === sha).map(({ number }) => number);
    },

    async createCheckRun(headSha: string, run: CheckRunWrite): Promise<number> {
      const { data } = await octokit.rest.checks.create({ ...here, head_sha: headSha, ...checkRunBody(run) });
      return data.id;
    },

    async updateCheckRun(id: number, run: CheckRunWrite): Promise<void> {
      await octokit.rest.checks.update({ ...here, check_run_id: id, ...checkRunBody(run) });
    },

    async annotationsOn(id: number): Promise<number> {
      const { data } = await octokit.rest.checks.get({ ...here, check_run_id: id });
      return data.output.annotations_count;
    },

    /** The id of our newest run with one of these external ids, if there is one. */
    async findCheckRun(headSha: string, externalIds: readonly string[], name: string): Promise<number | undefined> {
      const { data } = await octokit.rest.checks.listForRef({
        ...here,
        ref: headSha,
        check_name: name,
        filter: "all",
        per_page: 100,
      });
      const ours = data.check_runs.filter(({ external_id }) => externalIds.includes(external_id ?? ""));
      return ours.sort((a, b) => b.id - a.id)[0]?.id;
    },

    /** The newest run of this name that this App made on a head. */
    async ownCheckRun(headSha: string, name: string, appId: number): Promise<number | undefined> {
      const { data } = await octokit.rest.checks.listForRef({
        ...here,
        ref: headSha,
        check_name: name,
        app_id: appId,
        per_page: 100,
      });
      const ours = data.check_runs.filter(({ app }) => app?.id === appId);
      return ours.sort((a, b) => b.id - a.id)[0]?.id;
    },

    /** Every comment of a pull request's conversation. */
    async comments(number: number): Promise<readonly PublishedComment[]> {
      const all = await octokit.paginate(octokit.rest.issues.listComments, {
        ...here,
        issue_number: number,
        per_page: 100,
      });
      return all.map(({ id, body, performed_via_github_app }) => ({
        id,
        body: body ?? "",
        appId: performed_via_github_app?.id ?? null,
      }));
    },

    async createComment(number: number, body: string): Promise<number> {
      const { data } = await octokit.rest.issues.createComment({ ...here, issue_number: number, body });
      return data.id;
    },

    async updateComment(id: number, body: string): Promise<void> {
      await octokit.rest.issues.updateComment({ ...here, comment_id: id, body });
    },

    async deleteComment(id: number): Promise<void> {
      await octokit.rest.issues.deleteComment({ ...here, comment_id: id });
    },

    /** `admin`, `write`, `read` or `none`. */
    async permissionOf(login: string): Promise<string> {
      const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...here, username: login });
      return data.permission;
    },

    async react(commentId: number, content: "eyes" | "rocket" | "confused"): Promise<void> {
      await octokit.rest.reactions.createForIssueComment({ ...here, comment_id: commentId, content });
    },
  };
}

function outputBody({ title, summary, annotations }: CheckRunShown) {
  return {
    title,
    summary,
    annotations: annotations.map(({ path, line, level, ...words }) => ({
      ...{ path, start_line: line, end_line: line, annotation_level: level },
      ...words,
    })),
  };
}

function checkRunBody({ name, externalId, status, conclusion, output, actions }: CheckRunWrite) {
  return {
    name,
    external_id: externalId,
    status,
    ...(conclusion ? { conclusion } : {}),
    ...(output ? { output: outputBody(output) } : {}),
    ...(actions ? { actions: [...actions] } : {}),
  };
}
