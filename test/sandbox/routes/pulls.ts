import { commentOf, pullRequestOf, userOf } from "../representations.ts";
import { ApiError, type Call, found, page, type Route, repositoryOfCall } from "./route.ts";

const PULLS_READ = { permission: "pull_requests", level: "read" } as const;
const COMMENT_READ = { permission: "issues", level: "read", alternative: "pull_requests" } as const;
const COMMENT_WRITE = { permission: "issues", level: "write", alternative: "pull_requests" } as const;
const MAX_BODY = 65_536;

/** Pull requests, their comments and reactions. */
export const pulls: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/pulls/{pull_number}",
    needs: PULLS_READ,
    handle: (call) => {
      const repository = repositoryOfCall(call);
      return {
        status: 200,
        body: pullRequestOf(call.context, repository, found(repository.pulls.get(Number(call.parameters.pull_number)))),
      };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/commits/{commit_sha}/pulls",
    needs: PULLS_READ,
    handle: (call) => {
      const repository = repositoryOfCall(call);
      const matching = [...repository.pulls.values()].filter(({ headSha }) => headSha === call.parameters.commit_sha);
      return { status: 200, body: matching.map((pull) => pullRequestOf(call.context, repository, pull)) };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/{issue_number}/comments",
    needs: COMMENT_READ,
    handle: (call) => {
      const repository = repositoryOfCall(call);
      const comments = repository.comments.filter(({ number }) => number === Number(call.parameters.issue_number));
      const { owner, repo, issue_number } = call.parameters;
      const { items, headers } = page(call, `/api/v3/repos/${owner}/${repo}/issues/${issue_number}/comments`, comments);
      return { status: 200, headers, body: items.map((comment) => commentOf(call.context, repository, comment)) };
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/issues/{issue_number}/comments",
    needs: COMMENT_WRITE,
    handle: (call) => {
      const repository = repositoryOfCall(call);
      const number = Number(call.parameters.issue_number);
      found(repository.pulls.get(number));
      const comment = {
        id: call.state.nextId(),
        number,
        author: call.bot,
        appId: call.context.app.id,
        body: bodyOf(call),
        reactions: [],
        edits: 0,
      };
      repository.comments.push(comment);
      return { status: 201, body: commentOf(call.context, repository, comment) };
    },
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
    needs: COMMENT_WRITE,
    handle: (call) => {
      const comment = commentOfCall(call);
      comment.body = bodyOf(call);
      comment.edits++;
      return { status: 200, body: commentOf(call.context, repositoryOfCall(call), comment) };
    },
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
    needs: COMMENT_WRITE,
    handle: (call) => {
      const { comments } = repositoryOfCall(call);
      comments.splice(comments.indexOf(commentOfCall(call)), 1);
      return { status: 204 };
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
    needs: COMMENT_WRITE,
    handle: (call) => {
      const { reactions } = commentOfCall(call);
      const content = String(call.body.content);
      const known = reactions.find((reaction) => reaction.content === content && reaction.user.id === call.bot.id);
      const reaction = known ?? { id: call.state.nextId(), user: call.bot, content };
      if (!known) reactions.push(reaction);
      const body = {
        id: reaction.id,
        node_id: `RE_${reaction.id}`,
        user: userOf(call.context, call.bot),
        content,
        created_at: "2026-01-01T00:00:00Z",
      };
      return { status: known ? 200 : 201, body };
    },
  },
];

function commentOfCall(call: Call) {
  return found(repositoryOfCall(call).comments.find(({ id }) => id === Number(call.parameters.comment_id)));
}

function bodyOf({ body }: Call): string {
  const text = String(body.body);
  if (text.length > MAX_BODY) throw new ApiError(422, `Body is too long (maximum is ${MAX_BODY} characters)`);
  return text;
}
