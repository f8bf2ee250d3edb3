import { defineFact, globs, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { ancestorsOf, folderOf, nameOf, resolvePath, type Tree } from "./tree.ts";
import { workflows } from "./workflows.ts";

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

/** What a configuration of Renovate says itself; presets of others may say more. */
export interface Renovate {
  readonly path: string;
  /** The managers that it is told to keep; undefined for all. */
  readonly managers: readonly string[] | undefined;
  readonly cooldownDays: number | undefined;
  readonly isGrouped: boolean;
  /** True where it builds on a preset that is not in the repository. */
  readonly isShared: boolean;
}

/** What is needed of a manifest to tell whether it is kept. */
export interface Kept {
  readonly path: string;
  readonly kind: string;
  readonly includes: readonly string[];
}

export interface UpdateBots {
  /** Dependabot's configuration, where there is one. */
  readonly dependabot:
    | {
        readonly path: string;
        readonly line: number;
        readonly entries: readonly DependabotEntry[];
        /** Those that keep Python dependencies. */
        readonly python: readonly DependabotEntry[];
      }
    | undefined;
  readonly renovate: Renovate | undefined;
  /** Renovate, pyup, or a scheduled workflow that updates the lock: the file that sets it up. */
  readonly others: readonly { readonly path: string; readonly line: number; readonly name: string }[];
  readonly unread: readonly UnreadFile[];
}

const PYTHON = /^(pip|uv|conda|poetry|pipenv)$/;
const isDependabot = globs(".github/dependabot.{yml,yaml}");
const isRenovate = globs(
  "{,.github/,.gitlab/}{renovate.json,renovate.json5,.renovaterc,.renovaterc.json,.renovaterc.json5}",
);
const LOCK_UPDATE =
  /\b(uv lock (.{0,200} )?(--upgrade|-U)|poetry update|pdm update|pipenv update|pip-compile .{0,200}(--upgrade|-U)|uv pip compile .{0,200}(--upgrade|-U)|pixi update|conda-lock .{0,200}--update|pip-compile-multi)\b/;

/** Entries of Dependabot that are looked at, and patterns of folders that every manifest is compared with. */
const MAX_ENTRIES = 500;
const MAX_PATTERNS = 200;

/** Who proposes updates of dependencies. */
export const updateBots = defineFact({
  spans: "repository",
  uses: { workflows },
  reads: (path) => isDependabot(path) || isRenovate(path) || path === "package.json",
  parse: ({ path, text }): Parsed =>
    isRenovate(path) ? { renovate: readRenovate(path, text) } : { data: parseYamlDocument(text) },
  combine: ({ files, unread, tree, uses }): UpdateBots => {
    const config = files.find(({ path }) => isDependabot(path));
    const data = config && "data" in config.parsed ? config.parsed.data : undefined;
    const settings = files.flatMap(({ parsed }) => ("renovate" in parsed ? parsed.renovate : []));
    const renovate = settings.filter(keepsPython).map(({ path }) => ({ path, line: 1, name: "Renovate" }));
    const entries = config ? entriesOf(config.path, data, tree) : [];
    const inPackage = files.flatMap(({ path, parsed }) => {
      const line = path === "package.json" && "data" in parsed ? parsed.data?.lineOfKey("renovate") : undefined;
      return line === undefined ? [] : [{ path, line, name: "Renovate" }];
    });
    const pyup = tree.paths
      .filter((path) => /^\.pyup\.ya?ml$/.test(nameOf(path)))
      .map((path) => ({ path, line: 1, name: "pyup" }));
    const scheduled = uses.workflows.files
      .filter(({ triggers }) => triggers.has("schedule"))
      .flatMap(({ path, jobs }) => jobs.flatMap(({ steps }) => steps.flatMap((step) => updateIn(path, step))));
    return {
      dependabot: config && {
        path: config.path,
        line: data?.lineOfKey("updates") ?? 1,
        entries,
        python: entries.filter(({ ecosystem }) => PYTHON.test(ecosystem)),
      },
      renovate: settings[0],
      others: [...renovate, ...inPackage, ...pyup, ...scheduled],
      unread: unread.filter(({ path }) => path !== "package.json"),
    };
  },
});

type Parsed = { readonly data: DataNode | undefined } | { readonly renovate: Renovate };

/** Its files are JSON5, of which only these settings are of interest. */
function readRenovate(path: string, text: string): Renovate {
  const managers = /["']?enabledManagers["']?\s*:\s*\[([^\]]{0,2000})\]/.exec(text)?.[1];
  const [, count, unit] = /["']?minimumReleaseAge["']?\s*:\s*["'](\d+)\s*(day|week|month)/.exec(text) ?? [];
  const presets = [...text.matchAll(/["'](?:github>|gitlab>|local>|bitbucket>|gitea>|@)[^"'\s]+["']/g)];
  return {
    path,
    managers: managers === undefined ? undefined : [...managers.matchAll(/[\w-]+/g)].map(([name]) => name),
    cooldownDays: count === undefined ? undefined : Number(count) * ({ day: 1, week: 7, month: 30 }[unit ?? ""] ?? 1),
    isGrouped: /group(Name|:)|config:(recommended|base|best-practices)/.test(text),
    isShared: presets.length > 0,
  };
}

/** Renovate looks for every manager, unless it is told which. */
function keepsPython({ managers }: Renovate): boolean {
  return managers === undefined || managers.some((name) => /^(pip|pep621|poetry|uv|setup-cfg|pixi)/.test(name));
}

type Step = {
  readonly uses: { readonly text: string; readonly line: number } | undefined;
  readonly run: DataNode | undefined;
};

/** A scheduled step that updates the lock, or runs Renovate. */
function updateIn(path: string, { uses: action, run }: Step): UpdateBots["others"] {
  if (action && /^renovatebot\/github-action@/.test(action.text))
    return [{ path, line: action.line, name: "Renovate" }];
  const at = run?.text?.search(LOCK_UPDATE) ?? -1;
  return run && at >= 0 ? [{ path, line: run.lineAt(at), name: "a scheduled workflow" }] : [];
}

function entriesOf(path: string, data: DataNode | undefined, tree: Tree): readonly DependabotEntry[] {
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
