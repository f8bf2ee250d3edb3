import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { type GitFiles, GitObjects } from "./git-objects.ts";
import {
  appOf,
  checkRunOf,
  commentOf,
  pullRequestOf,
  type Representations,
  repositoryOf,
  userOf,
} from "./representations.ts";
import { createSandboxServer, type Fault, type LoggedRequest } from "./server.ts";
import { type CheckRun, type Comment, type Permission, type PullRequest, type Repository, State } from "./state.ts";
import { type Delivery, deliver, deliveryOf } from "./webhooks.ts";

const DEFAULT_PERMISSIONS = {
  contents: "read",
  metadata: "read",
  checks: "write",
  pull_requests: "write",
  merge_queues: "read",
} as const;

export interface NewRepository {
  readonly owner: string;
  readonly name: string;
  readonly files: GitFiles;
  readonly ownerType?: "User" | "Organization";
  readonly isPrivate?: boolean;
  /** Logins and what they may do; everybody else may read. */
  readonly permissions?: Readonly<Record<string, Permission>>;
}

export interface NewPullRequest {
  readonly title: string;
  readonly author: string;
  readonly branch: string;
  readonly files: GitFiles;
  readonly draft?: boolean;
  readonly authorType?: "User" | "Bot";
  /** The login of a fork's owner. */
  readonly fork?: string;
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** Starts a GitHub on this machine: stateful, over real HTTP, with real git objects and signed deliveries. */
export async function startSandbox({ port = 0 } = {}) {
  const state = new State();
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const app = { id: 4242, slug: "pyready", privateKey, webhookSecret: randomBytes(24).toString("hex") };
  const bot = state.user(`${app.slug}[bot]`, "Bot");
  const requests: LoggedRequest[] = [];
  const faults: Fault[] = [];
  const violations: string[] = [];
  const deliveries: Delivery[] = [];
  const sending = new Set<Promise<unknown>>();
  let webhookUrl: string | undefined;
  let origin = "";
  let web: RequestListener | undefined;
  const context = (): Representations => ({ apiUrl: `${origin}/api/v3`, app });
  const server = createSandboxServer({ state, app, bot, requests, faults, violations, context, web: () => web });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Tells the App, if it is installed there; resolves with the App's answer. */
  async function tell(repository: Repository, event: string, payload: object, sender = "octavia"): Promise<Delivery> {
    const delivery = deliveryOf(event, {
      ...payload,
      repository: repositoryOf(context(), repository),
      sender: userOf(context(), state.user(sender)),
      installation: { id: repository.installationId },
    });
    if (repository.installationId === null || webhookUrl === undefined) return delivery;
    deliveries.push(delivery);
    const sent = deliver(webhookUrl, app.webhookSecret, delivery);
    sending.add(sent);
    await sent.finally(() => sending.delete(sent));
    state.changed();
    return delivery;
  }

  const pullRequestEvent = (repository: Repository, pull: PullRequest, action: string, rest: object = {}) => {
    pull.updatedAt = timeNow();
    return tell(
      repository,
      "pull_request",
      { action, number: pull.number, pull_request: pullRequestOf(context(), repository, pull), ...rest },
      pull.author.login,
    );
  };

  return {
    url: origin,
    /** `host:port`, for GHE_HOST. */
    host: origin.slice("http://".length),
    app,
    state,
    requests,
    deliveries,
    violations,

    setWebhookUrl(url: string): void {
      webhookUrl = url;
    },

    /** Shows its pages to people, beside the API. */
    serveWeb(listener: RequestListener): void {
      web = listener;
    },

    /** Makes the next matching requests go wrong. */
    fault(fault: Omit<Fault, "times"> & { readonly times?: number }): void {
      faults.push({ ...fault, times: fault.times ?? 1 });
    },

    /** The next reads show the pull request as it is now, whatever happens to it meanwhile. */
    lag(repository: Repository, pull: PullRequest, times: number): void {
      const body = JSON.stringify(pullRequestOf(context(), repository, pull));
      const path = new RegExp(`/${repository.name}/pulls/${pull.number}$`);
      faults.push({ method: "GET", path, times, effect: { status: 200, body } });
    },

    createRepository({
      owner,
      name,
      files,
      ownerType = "Organization",
      isPrivate = false,
      permissions = {},
    }: NewRepository): Repository {
      const git = new GitObjects();
      const repository: Repository = {
        id: state.nextId(),
        owner: state.user(owner, ownerType),
        name,
        isPrivate,
        defaultBranch: "main",
        git,
        branches: new Map([["main", git.commit(files, [], "Begin")]]),
        permissions: new Map(Object.entries(permissions)),
        pulls: new Map(),
        checkRuns: [],
        comments: [],
        installationId: null,
      };
      state.repositories.push(repository);
      return repository;
    },

    /** A token of a person, who may read everything here. */
    personalToken(login: string): string {
      const token = `ghp_${login}_${randomBytes(12).toString("hex")}`;
      state.tokens.set(token, {
        installationId: null,
        repositoryIds: null,
        permissions: { contents: "read", metadata: "read" },
      });
      return token;
    },

    /** Installs the App on these repositories, which have one owner. */
    async install(
      repositories: readonly Repository[],
      permissions: Readonly<Record<string, string>> = DEFAULT_PERMISSIONS,
    ): Promise<number> {
      const [first] = repositories;
      if (!first) throw new Error("name a repository to install the App on");
      const installation = { id: state.nextId(), account: first.owner, permissions, suspended: false };
      state.installations.set(installation.id, installation);
      for (const repository of repositories) repository.installationId = installation.id;
      await tell(first, "installation", { action: "created" });
      return installation.id;
    },

    async uninstall(repository: Repository): Promise<void> {
      await tell(repository, "installation", { action: "deleted" });
      if (repository.installationId !== null) state.installations.delete(repository.installationId);
      repository.installationId = null;
    },

    async push(repository: Repository, branch: string, files: GitFiles, message = "Change"): Promise<string> {
      const before = repository.branches.get(branch);
      const sha = repository.git.commit(files, before ? [before] : [], message);
      repository.branches.set(branch, sha);
      await tell(repository, "push", {
        ref: `refs/heads/${branch}`,
        before: before ?? "0".repeat(40),
        after: sha,
        deleted: false,
        forced: false,
        commits: [],
      });
      for (const pull of repository.pulls.values()) {
        if (pull.headRef !== branch || pull.state !== "open" || pull.forkOwner) continue;
        pull.headSha = sha;
        await pullRequestEvent(repository, pull, "synchronize", { before, after: sha });
      }
      return sha;
    },

    async openPullRequest(
      repository: Repository,
      { title, author, branch, files, draft = false, authorType = "User", fork }: NewPullRequest,
    ): Promise<PullRequest> {
      const base = repository.branches.get(repository.defaultBranch) ?? "";
      const sha = repository.git.commit(files, [base], title);
      if (!fork) repository.branches.set(branch, sha);
      const pull: PullRequest = {
        id: state.nextId(),
        number: repository.pulls.size + 1,
        title,
        author: state.user(author, authorType),
        headRef: branch,
        headSha: sha,
        baseRef: repository.defaultBranch,
        draft,
        state: "open",
        updatedAt: timeNow(),
        forkOwner: fork ? state.user(fork) : null,
      };
      repository.pulls.set(pull.number, pull);
      await pullRequestEvent(repository, pull, "opened");
      return pull;
    },

    async markReady(repository: Repository, pull: PullRequest): Promise<void> {
      pull.draft = false;
      await pullRequestEvent(repository, pull, "ready_for_review");
    },

    async closePullRequest(repository: Repository, pull: PullRequest): Promise<void> {
      pull.state = "closed";
      await pullRequestEvent(repository, pull, "closed");
    },

    /** A person writes into the pull request's conversation. */
    async comment(
      repository: Repository,
      number: number,
      login: string,
      body: string,
      type: "User" | "Bot" = "User",
    ): Promise<Comment> {
      const pull = repository.pulls.get(number);
      if (!pull) throw new Error(`there is no pull request ${number}`);
      const comment: Comment = {
        id: state.nextId(),
        number,
        author: state.user(login, type),
        appId: null,
        body,
        reactions: [],
        edits: 0,
      };
      repository.comments.push(comment);
      const issue = {
        number,
        title: pull.title,
        state: pull.state,
        user: userOf(context(), pull.author),
        pull_request: { url: "" },
      };
      await tell(
        repository,
        "issue_comment",
        { action: "created", issue, comment: commentOf(context(), repository, comment) },
        login,
      );
      return comment;
    },

    deleteComment(repository: Repository, comment: Comment): void {
      repository.comments.splice(repository.comments.indexOf(comment), 1);
    },

    /** A person presses "Re-run" on a check. */
    async rerun(repository: Repository, run: CheckRun): Promise<void> {
      await tell(repository, "check_run", { action: "rerequested", check_run: checkRunOf(context(), repository, run) });
    },

    async rerunSuite(repository: Repository, sha: string, branch: string | null): Promise<void> {
      const suite = { id: 1, head_sha: sha, head_branch: branch, app: appOf(context()), pull_requests: [] };
      await tell(repository, "check_suite", { action: "rerequested", check_suite: suite });
    },

    /** The merge queue asks for checks on a group that holds these files. */
    async requestMergeGroup(repository: Repository, files: GitFiles): Promise<string> {
      const base = repository.branches.get(repository.defaultBranch) ?? "";
      const sha = repository.git.commit(files, [base], "Merge group");
      await tell(repository, "merge_group", { action: "checks_requested", merge_group: mergeGroupOf(sha, base) });
      return sha;
    },

    async destroyMergeGroup(repository: Repository, sha: string): Promise<void> {
      const merge_group = mergeGroupOf(sha, repository.branches.get(repository.defaultBranch) ?? "");
      await tell(repository, "merge_group", { action: "destroyed", reason: "dequeued", merge_group });
    },

    /** Sends a delivery again, as GitHub does: with the same id. */
    redeliver: (delivery: Delivery) => deliver(webhookUrl ?? "", app.webhookSecret, delivery),

    checkRuns: (repository: Repository, sha: string): readonly CheckRun[] =>
      repository.checkRuns.filter(({ headSha }) => headSha === sha),

    ourComments: (repository: Repository, number: number): readonly Comment[] =>
      repository.comments.filter((comment) => comment.number === number && comment.appId === app.id),

    /** Resolves with the first value that is not undefined; looked at again whenever the state changes. */
    waitFor<Value>(what: string, look: () => Value | undefined, timeoutMs = 20_000): Promise<Value> {
      return new Promise((resolve, reject) => {
        const attempt = (): void => {
          const value = look();
          if (value === undefined) return;
          clearTimeout(timer);
          stop();
          resolve(value);
        };
        const stop = state.onChange(attempt);
        const timer = setTimeout(() => {
          stop();
          const recent = requests.slice(-12).map(({ method, path, status }) => `${method} ${path} ${status}`);
          reject(
            new Error(`waited in vain for ${what}; the last requests:\n${recent.join("\n")}\n${violations.join("\n")}`),
          );
        }, timeoutMs);
        attempt();
      });
    },

    /** @throws when a request or response broke GitHub's description. */
    async close(): Promise<void> {
      await Promise.allSettled(sending);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (violations.length > 0)
        throw new Error(`against GitHub's description:\n${[...new Set(violations)].join("\n")}`);
    },
  };
}

function timeNow(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

function mergeGroupOf(sha: string, base: string): object {
  return {
    head_sha: sha,
    head_ref: "refs/heads/gh-readonly-queue/main/pr-1",
    base_sha: base,
    base_ref: "refs/heads/main",
  };
}
