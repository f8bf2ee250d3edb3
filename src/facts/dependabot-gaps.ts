import type { Data } from "../rule.ts";
import { type DeclaringFile, dependencies } from "./dependencies.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact } from "./fact.ts";
import { ancestorsOf, folderOf, type Tree } from "./tree.ts";
import { updateBots } from "./update-bots.ts";
import { workflows } from "./workflows.ts";

/** An entry that Dependabot lacks. */
export interface MissingEntry {
  readonly ecosystem: "uv" | "pip" | "conda" | "github-actions" | "docker";
  /** As it is written: weekly, a week after a release, and in one group. */
  readonly entry: Data;
}

const MANAGERS: Readonly<Record<string, MissingEntry["ecosystem"]>> = {
  pyproject: "pip",
  requirements: "pip",
  pipfile: "pip",
  "setup.py": "pip",
  "setup.cfg": "pip",
  conda: "conda",
};
/** Folders that one entry names: where there are more, only people know a pattern for them. */
const MAX_DIRECTORIES = 20;

/** What Dependabot is not told to keep, with the entries that would tell it. */
export const dependabotGaps = defineFact({
  spans: "repository",
  uses: { updateBots, workflows, dockerfiles, dependencies },
  combine: ({ uses, tree }): readonly MissingEntry[] => {
    const entries = uses.updateBots.dependabot?.entries ?? [];
    const manifests = uses.dependencies.manifests.filter(({ declares }) => declares);
    const isKept = (file: DeclaringFile): boolean =>
      uses.updateBots.dependabot?.python.some((entry) => entry.keeps(file, manifests)) ?? false;
    // One kept file of a folder is enough for the folder; of those that are not, the one with a lock.
    const ofPython = [...Map.groupBy(manifests, ({ path }) => folderOf(path)).values()]
      .filter((files) => !files.some(isKept))
      .map((files) => files.flatMap((file) => managerOf(file, tree) ?? []))
      .flatMap((found) => found.find(({ ecosystem }) => ecosystem === "uv") ?? found[0] ?? []);
    const ofImages = uses.dockerfiles.files
      .filter(({ purpose, images }) => purpose === "production" && images.some(({ text }) => !text.includes("$")))
      .map(({ path }) => folderOf(path))
      .filter((folder) => !entries.some((entry) => entry.ecosystem === "docker" && entry.looksInto(folder)))
      .map((folder) => ({ ecosystem: "docker" as const, folder }));
    const hasActions = uses.workflows.files.length > 0 && entries.every((one) => one.ecosystem !== "github-actions");
    const ofActions = hasActions ? [{ ecosystem: "github-actions" as const, folder: "" }] : [];
    const wanted = Map.groupBy([...ofPython, ...ofActions, ...ofImages], ({ ecosystem }) => ecosystem);
    return [...wanted]
      .map(([ecosystem, of]) => ({
        ecosystem,
        directories: [...new Set(of.map(({ folder }) => `/${folder}`))].sort(),
      }))
      .filter(({ directories }) => directories.length <= MAX_DIRECTORIES)
      .map(({ ecosystem, directories }) => ({ ecosystem, entry: entryOf(ecosystem, directories) }));
  },
});

/** @param directories as Dependabot names them, from the root: `/` and `/web` */
function entryOf(ecosystem: MissingEntry["ecosystem"], directories: readonly string[]): Data {
  const [only = "/"] = directories;
  return {
    "package-ecosystem": ecosystem,
    ...(directories.length === 1 ? { directory: only } : { directories }),
    schedule: { interval: "weekly" },
    cooldown: { "default-days": 7 },
    groups: { [ecosystem]: { patterns: ["*"] } },
  };
}

/** Who keeps a manifest, and from where: with the lock of a workspace from its root. */
function managerOf(
  { path, kind }: DeclaringFile,
  tree: Tree,
): { readonly ecosystem: MissingEntry["ecosystem"]; readonly folder: string } | undefined {
  const lock = ancestorsOf(path).find((folder) => tree.has(folder === "" ? "uv.lock" : `${folder}/uv.lock`));
  if (kind === "pyproject" && lock !== undefined) return { ecosystem: "uv", folder: lock };
  const ecosystem = MANAGERS[kind];
  return ecosystem && { ecosystem, folder: folderOf(path) };
}
