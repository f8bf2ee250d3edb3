import type { DataNode } from "../formats/node.ts";
import { normalised } from "../manifests/declaration.ts";

type Format = "uv" | "poetry" | "pdm" | "pylock";

/** A marker that holds on the desktops of developers alone: servers run something else. */
const OF_DESKTOPS = /\b(?:sys_platform|platform_system|os_name)\s*==\s*['"](?:win32|cygwin|windows|nt|darwin)['"]/i;

/** Tells of each package of a lock whether it reaches production, as far as the format tells; else it is taken to. */
export function shippedIn(format: Format, packages: readonly DataNode[]): (item: DataNode) => boolean {
  if (format === "poetry") return isShippedByPoetry;
  if (format === "pdm") return (item) => item.get("groups")?.texts.includes("default") ?? true;
  if (format !== "uv") return (item) => !isOfDesktops(item.get("marker"));
  const reached = reachedFromProject(packages);
  return (item) => reached?.has(nameIn(item)) ?? true;
}

function isShippedByPoetry(item: DataNode): boolean {
  const groups = item.get("groups")?.texts ?? [];
  const isForDevelopment = groups.length > 0 ? !groups.includes("main") : item.get("category")?.text === "dev";
  return !isForDevelopment && !isOfDesktops(item.get("markers"));
}

/** What the project's own packages need at run time, and what that needs; undefined where the lock names no project. */
function reachedFromProject(packages: readonly DataNode[]): ReadonlySet<string> | undefined {
  const byName = Map.groupBy(packages, nameIn);
  const own = packages.filter((item) =>
    ["editable", "virtual", "directory"].some((kind) => item.get("source")?.has(kind)),
  );
  if (own.length === 0) return undefined;
  const reached = new Set(own.map(nameIn));
  // What is added on the way is visited as well.
  for (const name of reached)
    for (const item of byName.get(name) ?? [])
      for (const needed of neededBy(item)) if (!isOfDesktops(needed.get("marker"))) reached.add(nameIn(needed));
  return reached;
}

function neededBy(item: DataNode): readonly DataNode[] {
  const extras = (item.get("optional-dependencies")?.entries ?? []).flatMap(({ value }) => value.items);
  return [...(item.get("dependencies")?.items ?? []), ...extras];
}

function isOfDesktops(marker: DataNode | undefined): boolean {
  const text = marker?.text ?? "";
  return OF_DESKTOPS.test(text) && !/\bor\b/.test(text);
}

function nameIn(item: DataNode): string {
  return normalised(item.get("name")?.text ?? "");
}
