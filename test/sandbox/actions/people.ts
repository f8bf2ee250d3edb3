import { randomBytes } from "node:crypto";
import { touch } from "../read-lag.ts";
import { appOf, checkRunOf, commentOf, userOf } from "../representations.ts";
import { writeBody } from "../routes/comments.ts";
import type { CheckRun, Comment, PullRequest, Repository } from "../state.ts";
import { tell, type World } from "./world.ts";

/** What people write into conversations and press on checks. */
export function peopleActions(world: World) {
  const { state, context } = world;

  function written(repository: Repository, number: number, login: string, body: string, type: "User" | "Bot"): Comment {
    const comment: Comment = {
      id: state.nextId(),
      number,
      author: state.user(login, type),
      appId: null,
      body,
      reactions: [],
      edits: 0,
      history: [],
    };
    writeBody(state, comment, body);
    repository.comments.push(comment);
    return comment;
  }

  async function told(repository: Repository, comment: Comment, login: string, action: string): Promise<void> {
    const pull = pullOf(repository, comment.number);
    touch(state, pull);
    const issue = {
      number: pull.number,
      title: pull.title,
      state: pull.state,
      user: userOf(context(), pull.author),
      pull_request: { url: "" },
    };
    const payload = { action, issue, comment: commentOf(context(), repository, comment) };
    await tell(world, repository, "issue_comment", payload, login);
  }

  return {
    /** A token of a person, who may read everything here. */
    personalToken(login: string): string {
      const secret = `ghp_${login}_${randomBytes(12).toString("hex")}`;
      state.tokens.set(secret, {
        id: state.nextId(),
        installationId: null,
        repositoryIds: null,
        permissions: { contents: "read", metadata: "read" },
        expiresAt: Number.POSITIVE_INFINITY,
        lag: null,
        revoked: false,
      });
      return secret;
    },

    /** A person writes into the pull request's conversation. */
    async comment(
      repository: Repository,
      number: number,
      login: string,
      body: string,
      type: "User" | "Bot" = "User",
    ): Promise<Comment> {
      pullOf(repository, number);
      const comment = written(repository, number, login, body, type);
      await told(repository, comment, login, "created");
      return comment;
    },

    /** A person changes a comment, maybe one of the App's. */
    async editComment(repository: Repository, comment: Comment, login: string, body: string): Promise<void> {
      writeBody(state, comment, body);
      comment.edits++;
      await told(repository, comment, login, "edited");
    },

    /** A person deletes a comment; the App is not told. */
    deleteComment(repository: Repository, comment: Comment): void {
      repository.comments.splice(repository.comments.indexOf(comment), 1);
      repository.removedComments.push(comment);
      state.changed();
    },

    /** A long conversation that nobody told the App of. */
    fillConversation(repository: Repository, number: number, comments: number): void {
      for (let n = 0; n < comments; n++) written(repository, number, "ada", "Hm.", "User");
    },

    /** A person presses "Re-run" on a check. */
    async rerun(repository: Repository, run: CheckRun): Promise<void> {
      const check_run = checkRunOf(context(), repository, run);
      await tell(world, repository, "check_run", { action: "rerequested", check_run });
    },

    /** A person presses a button that the App put above a check. */
    async press(repository: Repository, run: CheckRun, identifier: string, login?: string): Promise<void> {
      const shown = checkRunOf(context(), repository, run);
      const [head_branch = null] = [...repository.branches].find(([, sha]) => sha === run.headSha) ?? [];
      const check_run = { ...shown, check_suite: { ...shown.check_suite, head_branch } };
      const payload = { action: "requested_action", check_run, requested_action: { identifier } };
      await tell(world, repository, "check_run", payload, login);
    },

    async rerunSuite(repository: Repository, sha: string, branch: string | null): Promise<void> {
      const suite = { id: 1, head_sha: sha, head_branch: branch, app: appOf(context()), pull_requests: [] };
      await tell(world, repository, "check_suite", { action: "rerequested", check_suite: suite });
    },
  };
}

function pullOf({ pulls }: Repository, number: number): PullRequest {
  const pull = pulls.get(number);
  if (!pull) throw new Error(`there is no pull request ${number}`);
  return pull;
}
