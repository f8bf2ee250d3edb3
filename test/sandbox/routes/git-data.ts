import { tell } from "../actions/world.ts";
import { holds } from "../credentials.ts";
import type { Commit, GitFile } from "../git-objects.ts";
import { ApiError, type Call, found, type Route, repositoryOfCall, writableRepositoryOfCall } from "./route.ts";

const READ = { permission: "contents", level: "read" } as const;
const WRITE = { permission: "contents", level: "write" } as const;
const WHO = { name: "Grace", email: "grace@example.invalid", date: "2026-01-01T00:00:00Z" };
const NOWHERE = "0".repeat(40);

/** Trees, commits and branches, as an App makes them. */
export const gitData: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/git/ref/{ref}",
    needs: READ,
    handle: (call) => {
      const ref = call.parameters.ref ?? "";
      const sha = found(repositoryOfCall(call).branches.get(ref.replace(/^heads\//, "")));
      return { status: 200, body: refOf(call, `refs/${ref}`, sha) };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/git/commits/{commit_sha}",
    needs: READ,
    handle: (call) => {
      const commit = found(repositoryOfCall(call).git.commits.get(call.parameters.commit_sha ?? ""));
      return { status: 200, body: commitOf(call, commit) };
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/git/trees",
    needs: WRITE,
    handle: (call) => {
      const { git } = writableRepositoryOfCall(call);
      const base = String(call.body.base_tree);
      if (!git.trees.has(base)) throw new ApiError(422, "base_tree is not a valid tree oid");
      const changes = changesOf(call);
      if ([...changes.keys()].some((path) => path.startsWith(".github/workflows/"))) checkWorkflows(call);
      const sha = git.changedTree(base, changes);
      const url = `${call.context.apiUrl}/git/trees/${sha}`;
      const tree = git.list(sha, false).map(({ path, mode, type, sha: id }) => ({ path, mode, type, sha: id, url }));
      return { status: 201, body: { sha, url, tree, truncated: false } };
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/git/commits",
    needs: WRITE,
    handle: (call) => {
      const { git } = writableRepositoryOfCall(call);
      const tree = String(call.body.tree);
      const parents = (call.body.parents ?? []) as readonly string[];
      if (!git.trees.has(tree)) throw new ApiError(422, "Tree SHA does not exist");
      if (parents.some((parent) => !git.commits.has(parent))) throw new ApiError(422, "Parent SHA does not exist");
      const sha = git.commitTree(tree, parents, String(call.body.message), call.bot.login);
      return { status: 201, body: commitOf(call, found(git.commits.get(sha))) };
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/git/refs",
    needs: WRITE,
    handle: (call) => {
      const repository = writableRepositoryOfCall(call);
      const { git, branches } = repository;
      const ref = String(call.body.ref);
      const sha = String(call.body.sha);
      const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
      if (!branch || !git.commits.has(sha)) throw new ApiError(422, "Object does not exist");
      if (branches.has(branch)) throw new ApiError(422, "Reference already exists");
      branches.set(branch, sha);
      const push = { ref, before: NOWHERE, after: sha, deleted: false, forced: false, commits: [] };
      void tell(worldOf(call), repository, "push", push, call.bot.login);
      return { status: 201, body: refOf(call, ref, sha) };
    },
  },
];

/** What happens by an App's request is told as anybody's doing. */
export function worldOf({ state, postman, context, bot }: Call): Parameters<typeof tell>[0] {
  return { state, postman, app: context.app, bot, context: () => context };
}

function changesOf({ body }: Call): ReadonlyMap<string, GitFile | null> {
  const given = (body.tree ?? []) as readonly { path: string; mode: string; content?: string; sha?: string | null }[];
  return new Map(
    given.map(({ path, mode, content, sha }) => {
      if (sha === null) return [path, null];
      if (content === undefined)
        throw new ApiError(422, "GitHub takes a blob's id as well; this one takes its content");
      return [path, mode === "100755" ? { executable: content } : content];
    }),
  );
}

/** GitHub lets no App change workflows that may not do so by name. */
function checkWorkflows({ state, token }: Call): void {
  if (token && holds(state, token, "workflows", "write")) return;
  throw new ApiError(403, "Resource not accessible by integration", {
    "x-accepted-github-permissions": "contents=write,workflows=write",
  });
}

function refOf({ context }: Call, ref: string, sha: string) {
  const url = `${context.apiUrl}/git/${ref}`;
  return { ref, node_id: `REF_${ref}`, url, object: { type: "commit", sha, url } };
}

function commitOf({ context }: Call, { sha, tree, parents, message, author }: Commit) {
  const url = `${context.apiUrl}/git/commits/${sha}`;
  return {
    sha,
    node_id: `C_${sha}`,
    url,
    html_url: url,
    author: author === null ? WHO : { ...WHO, name: author },
    committer: WHO,
    message,
    tree: { sha: tree, url },
    parents: parents.map((parent) => ({ sha: parent, url, html_url: url })),
    verification: { verified: true, reason: "valid", signature: null, payload: null, verified_at: null },
  };
}
