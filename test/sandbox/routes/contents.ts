import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { isHidden } from "../read-lag.ts";
import { comparisonOf } from "../representations.ts";
import type { Repository } from "../state.ts";
import { ApiError, found, type Route, readableRepositoryOfCall, repositoryOfCall } from "./route.ts";
import { repositoryFor } from "./settings.ts";

const READ = { permission: "contents", level: "read" } as const;

/** A repository's files, at any commit. */
export const contents: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}",
    needs: { permission: "metadata", level: "read" },
    handle: (call) => ({ status: 200, body: repositoryFor(call, repositoryOfCall(call)) }),
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/git/trees/{tree_sha}",
    needs: READ,
    handle: (call) => {
      const repository = repositoryOfCall(call);
      const { git, treeLimit } = repository;
      const sha = call.parameters.tree_sha ?? "";
      if (isHidden(repository, sha)) throw new ApiError(404, "Not Found");
      const tree = git.commits.get(sha)?.tree ?? found(git.trees.has(sha) ? sha : undefined);
      const url = `${call.context.apiUrl}/git`;
      const entries = git.list(tree, call.query.has("recursive")).map(({ path, mode, type, sha: id }) => ({
        path,
        mode,
        type,
        sha: id,
        url: `${url}/${type}s/${id}`,
        ...(type === "blob" ? { size: git.blobs.get(id)?.byteLength ?? 0 } : {}),
      }));
      const truncated = call.query.has("recursive") && entries.length > treeLimit;
      const listed = truncated ? entries.slice(0, treeLimit) : entries;
      return { status: 200, body: { sha: tree, url: `${url}/trees/${tree}`, truncated, tree: listed } };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/git/blobs/{file_sha}",
    needs: READ,
    handle: (call) => {
      const sha = call.parameters.file_sha ?? "";
      const blob = found(repositoryOfCall(call).git.blobs.get(sha));
      const url = `${call.context.apiUrl}/git/blobs/${sha}`;
      return {
        status: 200,
        body: {
          sha,
          node_id: `B_${sha}`,
          size: blob.byteLength,
          url,
          encoding: "base64",
          content: blob.toString("base64"),
        },
      };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/commits/{ref}",
    needs: READ,
    handle: (call) => {
      const repository = readableRepositoryOfCall(call);
      const ref = call.parameters.ref ?? "";
      // Only the form that is one id is asked for: Accept: application/vnd.github.sha.
      const sha = shaOf(repository, ref);
      if (!sha || isHidden(repository, sha)) throw new ApiError(422, `No commit found for SHA: ${ref}`);
      return { status: 200, text: sha };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/compare/{basehead}",
    needs: READ,
    handle: (call) => {
      const repository = repositoryOfCall(call);
      const { git, branches } = repository;
      const [from = "", to = ""] = (call.parameters.basehead ?? "").split("...");
      const [base, head] = [branches.get(from) ?? from, branches.get(to) ?? to];
      const isThere = git.commits.has(base) && git.commits.has(head) && !isHidden(repository, head);
      const mergeBase = isThere ? git.mergeBase(base, head) : undefined;
      if (mergeBase === undefined) throw new ApiError(404, "Not Found");
      return { status: 200, body: comparisonOf(call.context, repository, { base, head, mergeBase }) };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/tarball/{ref}",
    needs: READ,
    handle: (call) => {
      const repository = repositoryOfCall(call);
      const { ref = "" } = call.parameters;
      if (isHidden(repository, ref)) throw new ApiError(404, "Not Found");
      return { status: 302, headers: { location: `${call.url}/codeload/${repository.id}/${ref}` } };
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/collaborators/{username}/permission",
    needs: { permission: "metadata", level: "read" },
    handle: (call) => {
      const permission = repositoryOfCall(call).permissions.get(call.parameters.username ?? "") ?? "read";
      return { status: 200, body: { permission, role_name: permission, user: null } };
    },
  },
];

/** A commit's files as GitHub's archive: one folder with everything in it, but for submodules. */
export async function archiveOf({ owner, name, git }: Repository, ref: string): Promise<Buffer> {
  const commit = found(git.commits.get(ref));
  const archive = pack();
  const folder = `${owner.login}-${name}-${ref.slice(0, 7)}`;
  for (const { path, mode, sha } of git.filesOf(commit.sha).values()) {
    const blob = git.blobs.get(sha);
    if (!blob) continue;
    if (mode === "120000") archive.entry({ name: `${folder}/${path}`, type: "symlink", linkname: blob.toString() });
    else archive.entry({ name: `${folder}/${path}` }, blob);
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  if (chunks.length === 0) throw new ApiError(404, "Not Found");
  return gzipSync(Buffer.concat(chunks));
}

/** What `HEAD`, a branch, a tag, `heads/…`, `tags/…` or an id means. */
function shaOf({ git, branches, tags, defaultBranch }: Repository, ref: string): string | undefined {
  const [kind = "", ...rest] = ref.split("/");
  const name = rest.join("/");
  if (kind === "tags" && name !== "") return tags.get(name);
  if (kind === "heads" && name !== "") return branches.get(name);
  return branches.get(ref === "HEAD" ? defaultBranch : ref) ?? tags.get(ref) ?? git.commits.get(ref)?.sha;
}
