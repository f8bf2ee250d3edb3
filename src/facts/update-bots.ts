import { defineFact, globs, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { nameOf } from "./tree.ts";
import { workflows } from "./workflows.ts";

/** One entry of Dependabot that keeps Python dependencies. */
export interface DependabotEntry {
  readonly path: string;
  readonly line: number;
  readonly ecosystem: string;
  /** Folders as paths of the repository, without slashes at the ends; may hold globs. */
  readonly folders: readonly string[];
  /** False with `open-pull-requests-limit: 0`: security updates only. */
  readonly proposesUpdates: boolean;
}

export interface UpdateBots {
  /** Dependabot's configuration, where there is one. */
  readonly dependabot:
    | { readonly path: string; readonly line: number; readonly python: readonly DependabotEntry[] }
    | undefined;
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
  /\b(uv lock (.* )?(--upgrade|-U)|poetry update|pdm update|pipenv update|pip-compile .*(--upgrade|-U)|uv pip compile .*(--upgrade|-U)|pixi update|conda-lock .*--update|pip-compile-multi)\b/;

/** Who proposes updates of dependencies. */
export const updateBots = defineFact({
  spans: "repository",
  uses: { workflows },
  reads: (path) => isDependabot(path) || path === "package.json",
  parse: ({ text }): DataNode | undefined => parseYamlDocument(text),
  combine: ({ files, unread, tree, uses }): UpdateBots => {
    const config = files.find(({ path }) => isDependabot(path));
    const renovate = tree.paths.filter(isRenovate).map((path) => ({ path, line: 1, name: "Renovate" }));
    const inPackage = files
      .filter(({ path, parsed }) => path === "package.json" && parsed?.has("renovate"))
      .map(({ path, parsed }) => ({ path, line: parsed?.lineOfKey("renovate") ?? 1, name: "Renovate" }));
    const pyup = tree.paths
      .filter((path) => /^\.pyup\.ya?ml$/.test(nameOf(path)))
      .map((path) => ({ path, line: 1, name: "pyup" }));
    const scheduled = uses.workflows.files
      .filter(({ triggers }) => triggers.has("schedule"))
      .flatMap(({ path, jobs }) => jobs.flatMap(({ steps }) => steps.map(({ run }) => ({ path, run }))))
      .flatMap(({ path, run }) => {
        const at = run?.text?.search(LOCK_UPDATE) ?? -1;
        return run && at >= 0 ? [{ path, line: run.lineAt(at), name: "a scheduled workflow" }] : [];
      });
    return {
      dependabot: config && {
        path: config.path,
        line: config.parsed?.lineOfKey("updates") ?? 1,
        python: pythonEntries(config.path, config.parsed),
      },
      others: [...renovate, ...inPackage, ...pyup, ...scheduled],
      unread,
    };
  },
});

function pythonEntries(path: string, data: DataNode | undefined): readonly DependabotEntry[] {
  return (data?.get("updates")?.items ?? []).flatMap((entry) => {
    const ecosystem = entry.get("package-ecosystem")?.text ?? "";
    if (!PYTHON.test(ecosystem)) return [];
    const folders = [...(entry.get("directories")?.texts ?? []), ...(entry.get("directory")?.texts ?? [])];
    return [
      {
        path,
        line: entry.lineOfKey("package-ecosystem") ?? entry.line,
        ecosystem,
        folders: folders.map((folder) => folder.replace(/^\/+|\/+$/g, "")),
        proposesUpdates: entry.get("open-pull-requests-limit")?.number !== 0,
      },
    ];
  });
}
