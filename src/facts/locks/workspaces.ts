import { globs } from "../fact.ts";
import type { DataNode } from "../formats/node.ts";
import { besideOf, folderOf, resolvePath } from "../tree.ts";

/** A `pyproject.toml` that may stand above a component. */
interface Manifest {
  readonly path: string;
  readonly data: DataNode;
  readonly inherited: boolean;
}

/** The locks that a manifest above shares with the component in a folder: a member of its workspace, or needed by path. */
export function locksAbove(root: string, manifests: readonly Manifest[]): readonly string[] {
  if (root === "") return [];
  return manifests
    .filter(({ inherited }) => inherited)
    .flatMap(({ path, data }) => {
      const from = folderOf(path);
      const uv = data.get("tool", "uv");
      const isMember = isMemberOf(uv?.get("workspace"), from, root) || needs(uv?.get("sources"), from, root);
      if (isMember) return [besideOf(path, "uv.lock")];
      return poetryTables(data).some((table) => needs(table, from, root)) ? [besideOf(path, "poetry.lock")] : [];
    });
}

/** True for a folder that the workspace's patterns name and do not leave out; they are relative to its own folder. */
function isMemberOf(workspace: DataNode | undefined, from: string, folder: string): boolean {
  if (!workspace) return false;
  const inside = from === "" ? folder : folder.slice(from.length + 1);
  const matches = (key: string): boolean => globs(...patternsOf(workspace.get(key)))(inside);
  return matches("members") && !matches("exclude");
}

function patternsOf(list: DataNode | undefined): readonly string[] {
  return (list?.texts ?? []).map((pattern) => pattern.replace(/^\.\//, "").replace(/\/$/, ""));
}

function poetryTables(data: DataNode): readonly (DataNode | undefined)[] {
  const poetry = data.get("tool", "poetry");
  const groups = (poetry?.get("group")?.entries ?? []).map(({ value }) => value.get("dependencies"));
  return [poetry?.get("dependencies"), ...groups];
}

/** True for a table whose dependencies hold the folder by its path. */
function needs(table: DataNode | undefined, from: string, folder: string): boolean {
  return (table?.entries ?? []).some(({ value }) => resolvePath(from, value.get("path")?.text ?? "/") === folder);
}
