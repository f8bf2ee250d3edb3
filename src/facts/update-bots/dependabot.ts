import type { DataNode } from "../formats/node.ts";
import { ancestorsOf, folderOf, resolvePath, type Tree } from "../tree.ts";

/** One entry of Dependabot. */
export interface DependabotEntry {
  readonly path: string;
  readonly line: number;
  readonly ecosystem: string;
  /** True for a manifest that it keeps, by its folders or because a kept one includes it. */
  readonly keeps: (manifest: Kept, all: readonly Kept[]) => boolean;
  /** True for a folder that it looks into. */
  readonly looksInto: (folder: string) => boolean;
  /** False with `open-pull-requests-limit: 0`: security updates only. */
  readonly proposesUpdates: boolean;
  /** For how many days it leaves a new release alone; undefined where it does not say. */
  readonly cooldownDays: number | undefined;
  readonly isGrouped: boolean;
  /** The line that lets manifests run code during an update. */
  readonly externalCodeLine: number | undefined;
}

/** What is needed of a manifest to tell whether it is kept. */
export interface Kept {
  readonly path: string;
  readonly kind: string;
  readonly includes: readonly string[];
}

/** Entries of Dependabot that are looked at, and patterns of folders that every manifest is compared with. */
const MAX_ENTRIES = 500;
const MAX_PATTERNS = 200;

/** The entries of a configuration. */
export function entriesOf(path: string, data: DataNode | undefined, tree: Tree): readonly DependabotEntry[] {
  let left = MAX_PATTERNS;
  return (data?.get("updates")?.items ?? []).slice(0, MAX_ENTRIES).map((entry) => {
    const given = [...(entry.get("directories")?.texts ?? []), ...(entry.get("directory")?.texts ?? [])];
    const named = given.map((folder) => folder.replace(/^\/+|(?<!\/)\/+$/g, ""));
    const patterns = named.filter((folder) => folder.includes("*")).slice(0, left);
    left -= patterns.length;
    const folders = { named: new Set(named), patterns };
    const allowed = entry.get("insecure-external-code-execution")?.text === "allow";
    const known = new WeakMap<readonly Kept[], ReadonlySet<string>>();
    return {
      path,
      line: entry.lineOfKey("package-ecosystem") ?? entry.line,
      ecosystem: entry.get("package-ecosystem")?.text ?? "",
      keeps: (manifest, all) => {
        const kept = known.get(all) ?? keptOf(all, folders, tree);
        known.set(all, kept);
        return kept.has(manifest.path);
      },
      looksInto: (folder) => folders.named.has(folder) || patterns.some((pattern) => matches(pattern, folder)),
      proposesUpdates: entry.get("open-pull-requests-limit")?.number !== 0,
      cooldownDays: cooldownOf(entry.get("cooldown")),
      isGrouped: entry.has("groups") || entry.has("multi-ecosystem-group"),
      externalCodeLine: allowed ? entry.lineOfKey("insecure-external-code-execution") : undefined,
    };
  });
}

/** The days that hold for every update, or the fewest of those for minor and patch releases. */
function cooldownOf(cooldown: DataNode | undefined): number | undefined {
  const days = (key: string): number | undefined => cooldown?.get(key)?.number;
  const common = days("default-days");
  const [minor, patch] = [days("semver-minor-days") ?? common, days("semver-patch-days") ?? common];
  return minor === undefined || patch === undefined ? common : Math.min(minor, patch);
}

/** The folders of an entry: named in full, or by patterns, where `*` stands for one folder. */
interface Folders {
  readonly named: ReadonlySet<string>;
  readonly patterns: readonly string[];
}

/**
 * Dependabot reads the folder, for requirements those right below it as well, and with the lock of a
 * workspace all of its members.
 */
function isRead({ path, kind }: Kept, { named, patterns }: Folders, tree: Tree): boolean {
  const folder = folderOf(path);
  const isRequirements = kind === "requirements";
  const near = isRequirements && folder !== "" ? [folder, folderOf(folder)] : [folder];
  if (near.some((one) => named.has(one) || patterns.some((pattern) => matches(pattern, one)))) return true;
  return (
    !isRequirements &&
    ancestorsOf(path).some((above) => named.has(above) && tree.has(above === "" ? "uv.lock" : `${above}/uv.lock`))
  );
}

/** The manifests that are read, and those that they include. */
function keptOf(all: readonly Kept[], folders: Folders, tree: Tree): ReadonlySet<string> {
  const read = all.filter((file) => isRead(file, folders, tree));
  const included = read.flatMap(({ path, includes }) =>
    includes.flatMap((include) => resolvePath(folderOf(path), include) ?? []),
  );
  return new Set([...read.map(({ path }) => path), ...included]);
}

function matches(pattern: string, folder: string): boolean {
  if (pattern === "**" || pattern === folder) return true;
  const wanted = pattern.split("/");
  const parts = folder.split("/");
  if (wanted.at(-1) === "**") return isBelow(folder, wanted.slice(0, -1).join("/"));
  return wanted.length === parts.length && wanted.every((part, index) => part === parts[index] || part === "*");
}

function isBelow(folder: string, above: string): boolean {
  return above === "" || folder === above || folder.startsWith(`${above}/`);
}
