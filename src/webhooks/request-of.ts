import { commandIn } from "./command.ts";
import { type LifeCyclePayload, lifeCycleOf } from "./life-cycle.ts";
import type { Request, RequestedRepository, ReviewRequest, Subject } from "./review-request.ts";

const PULL_REQUEST_ACTIONS = new Set(["opened", "synchronize", "reopened", "ready_for_review", "closed"]);

/** The parts of payloads that are read. Everything is optional: nothing of a payload is taken on trust. */
interface Payload extends LifeCyclePayload {
  readonly repository?: RepositoryPayload;
  readonly pull_request?: {
    readonly number?: number;
    readonly head?: { readonly sha?: string };
    readonly user?: { readonly login?: string };
    readonly updated_at?: string;
  };
  readonly changes?: { readonly base?: unknown };
  readonly ref?: string;
  readonly before?: string;
  readonly after?: string;
  readonly deleted?: boolean;
  readonly check_run?: CheckPayload;
  readonly check_suite?: CheckPayload;
  /** The button of ours that was pressed. */
  readonly requested_action?: { readonly identifier?: string };
  readonly merge_group?: { readonly head_sha?: string; readonly base_sha?: string };
  readonly issue?: {
    readonly number?: number;
    readonly pull_request?: unknown;
    readonly user?: { readonly login?: string };
    readonly state?: string;
  };
  readonly comment?: {
    readonly id?: number;
    readonly body?: string;
    readonly user?: { readonly login?: string };
    readonly performed_via_github_app?: unknown;
  };
  readonly sender?: { readonly type?: string; readonly login?: string };
}

interface RepositoryPayload {
  readonly id?: number;
  readonly name?: string;
  readonly owner?: { readonly login?: string; readonly name?: string; readonly type?: string };
  readonly private?: boolean;
  readonly visibility?: string;
  readonly default_branch?: string;
  readonly archived?: boolean;
}

interface CheckPayload {
  readonly id?: number;
  readonly head_sha?: string;
  readonly head_branch?: string | null;
  readonly app?: { readonly id?: number };
  readonly pull_requests?: readonly { readonly number?: number }[];
  readonly check_suite?: { readonly head_branch?: string | null };
}

/** What a verified event asks of this App; undefined for all that it is not concerned with. */
export function requestOf(event: string, untyped: unknown, appId: number): Request | undefined {
  const payload = (typeof untyped === "object" && untyped !== null ? untyped : {}) as Payload;
  const installationId = payload.installation?.id;
  if (typeof installationId !== "number") return undefined;
  const repository = repositoryOf(payload.repository, installationId);
  const change = lifeCycleOf(event, payload, installationId, repository);
  if (change) return { kind: "life-cycle", change };
  if (!repository) return undefined;
  if (event === "issue_comment") return commandOf(payload, repository);
  if (event === "check_run" && payload.requested_action?.identifier === "fix")
    return buttonOf(payload, repository, appId);
  const review = reviewOf(event, payload, repository, appId);
  return review && { kind: "review", review };
}

function reviewOf(
  event: string,
  payload: Payload,
  repository: RequestedRepository,
  appId: number,
): ReviewRequest | undefined {
  const { action } = payload;
  switch (event) {
    case "pull_request": {
      const number = payload.pull_request?.number;
      const concerns =
        PULL_REQUEST_ACTIONS.has(action ?? "") || (action === "edited" && payload.changes?.base !== undefined);
      if (!concerns || number === undefined) return undefined;
      return {
        repository,
        subject: { kind: "pull-request", number },
        headSha: payload.pull_request?.head?.sha ?? null,
        updatedAt: payload.pull_request?.updated_at,
        beforeSha: payload.before,
        asked: false,
        ...(action === "closed" && { ended: true }),
      };
    }
    case "push": {
      const branch = /^refs\/heads\/(.+)$/.exec(payload.ref ?? "")?.[1];
      if (payload.deleted || !payload.after || branch === undefined) return undefined;
      return {
        repository,
        subject: { kind: "branch", branch, sha: payload.after },
        headSha: payload.after,
        beforeSha: payload.before,
        asked: false,
      };
    }
    case "check_run":
    case "check_suite": {
      const check = event === "check_run" ? payload.check_run : payload.check_suite;
      if (!isReRun(payload) || !check?.head_sha || check.app?.id !== appId) return undefined;
      return {
        repository,
        subject: subjectOf(check, check.head_sha, repository),
        headSha: check.head_sha,
        asked: true,
      };
    }
    case "merge_group": {
      const sha = payload.merge_group?.head_sha;
      if (!sha || (action !== "checks_requested" && action !== "destroyed")) return undefined;
      const ended = action === "destroyed" && { ended: true as const };
      const baseSha = payload.merge_group?.base_sha;
      return { repository, subject: { kind: "merge-group", sha }, headSha: sha, baseSha, asked: false, ...ended };
    }
    default:
      return undefined;
  }
}

/** GitHub's own button, or ours of the same meaning. */
function isReRun({ action, requested_action }: Payload): boolean {
  return action === "rerequested" || (action === "requested_action" && requested_action?.identifier === "recheck");
}

/** Of a re-run: the pull request, the default branch, or (from forks, which name neither) the commit. */
function subjectOf(check: CheckPayload, sha: string, { defaultBranch }: RequestedRepository): Subject {
  const number = check.pull_requests?.[0]?.number;
  if (number !== undefined) return { kind: "pull-request", number };
  const branch = check.head_branch ?? check.check_suite?.head_branch;
  if (branch && branch === defaultBranch) return { kind: "branch", branch, sha };
  return { kind: "commit", sha };
}

/** The button that proposes repairs: a command without a comment. */
function buttonOf(
  { action, check_run: run, sender }: Payload,
  repository: RequestedRepository,
  appId: number,
): Request | undefined {
  if (action !== "requested_action" || run?.app?.id !== appId || sender?.type === "Bot") return undefined;
  const subject = subjectOf(run, run.head_sha ?? "", repository);
  const number = subject.kind === "pull-request" ? subject.number : subject.kind === "branch" ? 0 : undefined;
  if (run.id === undefined || number === undefined || sender?.login === undefined) return undefined;
  const who = { login: sender.login, isAuthor: false };
  const command = { name: "fix", rule: null } as const;
  return { kind: "command", command: { repository, number, commentId: -run.id, ...who, command } };
}

function commandOf(payload: Payload, repository: RequestedRepository): Request | undefined {
  const { action, issue, comment, sender } = payload;
  if (action !== "created" || !issue?.pull_request || sender?.type === "Bot" || comment?.performed_via_github_app)
    return undefined;
  const login = comment?.user?.login;
  if (issue.number === undefined || comment?.id === undefined || login === undefined) return undefined;
  const command = commandIn(String(comment.body ?? ""));
  if (!command) return undefined;
  const isAuthor = issue.user?.login === login;
  const given = { repository, number: issue.number, commentId: comment.id, login, isAuthor, command };
  return { kind: "command", command: given };
}

function repositoryOf(payload: RepositoryPayload | undefined, installationId: number): RequestedRepository | undefined {
  const owner = payload?.owner?.login ?? payload?.owner?.name;
  if (payload?.id === undefined || payload.name === undefined || owner === undefined) return undefined;
  return {
    installationId,
    repositoryId: payload.id,
    owner,
    name: payload.name,
    visibility: visibilityOf(payload),
    ownerType:
      payload.owner?.type === "Organization" ? "organization" : payload.owner?.type === "User" ? "user" : "unknown",
    defaultBranch: payload.default_branch ?? null,
  };
}

function visibilityOf({ visibility, private: isPrivate }: RepositoryPayload): RequestedRepository["visibility"] {
  if (visibility === "public" || visibility === "private" || visibility === "internal") return visibility;
  return isPrivate === undefined ? "unknown" : isPrivate ? "private" : "public";
}
