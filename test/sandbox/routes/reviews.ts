import { structuredPatch } from "diff";
import { commentOf, userOf } from "../representations.ts";
import type { PullRequest, Repository, Review, ReviewComment } from "../state.ts";
import { ApiError, type Call, found, page, type Route, repositoryOfCall, writableRepositoryOfCall } from "./route.ts";

const READ = { permission: "pull_requests", level: "read" } as const;
const WRITE = { permission: "pull_requests", level: "write" } as const;
const CONTEXT = 3;

/** What pull requests change, line by line, and what is said of these lines. */
export const reviews: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/pulls/{pull_number}/files",
    needs: READ,
    handle: (call) => {
      const { repository, pull } = pullOfCall(call);
      const { owner, repo, pull_number } = call.parameters;
      const all = changedFiles(repository, pull);
      const { items, headers } = page(call, `/api/v3/repos/${owner}/${repo}/pulls/${pull_number}/files`, all);
      const url = `${call.context.apiUrl}/repos/${owner}/${repo}`;
      const body = items.map(({ path, sha, status, patch }) => ({
        sha,
        filename: path,
        status,
        additions: 0,
        deletions: 0,
        changes: 0,
        blob_url: url,
        raw_url: url,
        contents_url: url,
        patch,
      }));
      return { status: 200, headers, body };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    needs: READ,
    handle: (call) => {
      const { repository, pull } = pullOfCall(call);
      const matching = repository.reviews.filter(({ number }) => number === pull.number);
      const { owner, repo, pull_number } = call.parameters;
      const { items, headers } = page(call, `/api/v3/repos/${owner}/${repo}/pulls/${pull_number}/reviews`, matching);
      return { status: 200, headers, body: items.map((review) => reviewOf(call, review)) };
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    needs: WRITE,
    handle: (call) => {
      const repository = writableRepositoryOfCall(call);
      const { pull } = pullOfCall(call);
      const comments = (call.body.comments ?? []) as readonly ReviewComment[];
      const files = new Map(changedFiles(repository, pull).map((file) => [file.path, file.lines]));
      for (const { path, line, start_line = line } of comments)
        if (!files.get(path)?.some(([from, to]) => from <= start_line && start_line <= line && line <= to))
          throw new ApiError(422, "Pull request review thread line must be part of the diff");
      const { number } = pull;
      const body = String(call.body.body ?? "");
      const review = { id: call.state.nextId(), number, author: call.bot, body, commitId: pull.headSha, comments };
      repository.reviews.push(review);
      return { status: 200, body: reviewOf(call, review) };
    },
  },
];

function pullOfCall(call: Call) {
  const repository = repositoryOfCall(call);
  return { repository, pull: found(repository.pulls.get(Number(call.parameters.pull_number))) };
}

/** The files of a pull request that differ from the commit where its branch began, with the lines shown of each. */
function changedFiles({ git, branches }: Repository, { headSha, baseRef }: PullRequest) {
  const inBase = new Set(git.history(branches.get(baseRef) ?? ""));
  const began = git.history(headSha).find((sha) => inBase.has(sha)) ?? "";
  const before = git.filesOf(began);
  const after = git.filesOf(headSha);
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path) => {
    const [old, now] = [before.get(path), after.get(path)];
    if (old?.sha === now?.sha) return [];
    const text = (sha: string | undefined): string => git.blobs.get(sha ?? "")?.toString("utf8") ?? "";
    const { hunks } = structuredPatch(path, path, text(old?.sha), text(now?.sha), "", "", { context: CONTEXT });
    const patch = hunks
      .map(({ oldStart, oldLines, newStart, newLines, lines }) =>
        [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, ...lines].join("\n"),
      )
      .join("\n");
    const lines = hunks.map(({ newStart, newLines }) => [newStart, newStart + newLines - 1] as const);
    const status = !old ? "added" : now ? "modified" : "removed";
    return [{ path, sha: now?.sha ?? old?.sha ?? "", status, patch, lines }];
  });
}

function reviewOf(call: Call, { id, number, author, body, commitId }: Review) {
  const { html_url } = commentOf(call.context, repositoryOfCall(call), {
    ...{ id, number, author, body },
    ...{ appId: null, reactions: [], edits: 0, history: [] },
  });
  return {
    id,
    node_id: `PRR_${id}`,
    user: userOf(call.context, author),
    body,
    state: "COMMENTED",
    html_url,
    pull_request_url: html_url,
    _links: { html: { href: html_url }, pull_request: { href: html_url } },
    commit_id: commitId,
    author_association: "NONE",
  };
}
