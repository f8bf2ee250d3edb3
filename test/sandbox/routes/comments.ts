import { touch } from "../read-lag.ts";
import { commentOf, userOf } from "../representations.ts";
import type { Comment, PullRequest, State } from "../state.ts";
import { ApiError, type Call, found, page, type Route, repositoryOfCall, writableRepositoryOfCall } from "./route.ts";

const READ = { permission: "issues", level: "read", alternative: "pull_requests" } as const;
const WRITE = { permission: "issues", level: "write", alternative: "pull_requests" } as const;
const MAX_BODY = 65_536;

/** The comments of pull requests' conversations, and reactions to them. */
export const comments: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/{issue_number}/comments",
    needs: READ,
    handle: (call) => {
      const repository = repositoryOfCall(call);
      const matching = repository.comments.filter(({ number }) => number === Number(call.parameters.issue_number));
      const { owner, repo, issue_number } = call.parameters;
      const { items, headers } = page(call, `/api/v3/repos/${owner}/${repo}/issues/${issue_number}/comments`, matching);
      return { status: 200, headers, body: items.map((comment) => commentOf(call.context, repository, comment)) };
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/issues/{issue_number}/comments",
    needs: WRITE,
    handle: (call) => {
      const repository = writableRepositoryOfCall(call);
      const pull = found(repository.pulls.get(Number(call.parameters.issue_number)));
      const here = repository.comments.filter(({ number }) => number === pull.number).length;
      checkConversation(call.state, pull, here);
      const comment: Comment = {
        id: call.state.nextId(),
        number: pull.number,
        author: call.bot,
        appId: call.context.app.id,
        body: "",
        reactions: [],
        edits: 0,
        history: [],
      };
      writeBody(call.state, comment, bodyOf(call));
      repository.comments.push(comment);
      touch(call.state, pull);
      return { status: 201, body: commentOf(call.context, repository, comment) };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
    needs: READ,
    handle: (call) => ({ status: 200, body: commentOf(call.context, repositoryOfCall(call), commentOfCall(call)) }),
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
    needs: WRITE,
    handle: (call) => {
      const repository = writableRepositoryOfCall(call);
      const comment = commentOfCall(call);
      writeBody(call.state, comment, bodyOf(call));
      comment.edits++;
      return { status: 200, body: commentOf(call.context, repository, comment) };
    },
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
    needs: WRITE,
    handle: (call) => {
      const repository = writableRepositoryOfCall(call);
      const comment = commentOfCall(call);
      repository.comments.splice(repository.comments.indexOf(comment), 1);
      repository.removedComments.push(comment);
      return { status: 204 };
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
    needs: WRITE,
    handle: (call) => {
      const { pulls } = writableRepositoryOfCall(call);
      const { reactions, number } = commentOfCall(call);
      const pull = pulls.get(number);
      if (pull?.locked) throw new ApiError(403, "Unable to react because the conversation is locked.");
      const content = String(call.body.content);
      const known = reactions.find((reaction) => reaction.content === content && reaction.user.id === call.bot.id);
      const headSha = pull?.headSha ?? null;
      const reaction = known ?? { id: call.state.nextId(), user: call.bot, content, headSha };
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

/** Gives a comment a body, and remembers it. */
export function writeBody({ generation }: State, comment: Comment, body: string): void {
  comment.body = body;
  comment.history.push({ at: Date.now(), generation, body });
}

function checkConversation({ commentCap }: State, { locked }: PullRequest, comments: number): void {
  if (locked) throw new ApiError(403, "Unable to create comment because issue is locked.");
  if (comments >= commentCap)
    throw new ApiError(403, `Commenting is disabled on issues with more than ${commentCap} comments`);
}

function commentOfCall(call: Call): Comment {
  return found(repositoryOfCall(call).comments.find(({ id }) => id === Number(call.parameters.comment_id)));
}

function bodyOf({ body }: Call): string {
  const text = String(body.body);
  if (text.length > MAX_BODY) throw new ApiError(422, `Body is too long (maximum is ${MAX_BODY} characters)`);
  return text;
}
