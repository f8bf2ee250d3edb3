import { defineFact, globs, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { nameOf } from "./tree.ts";
import { type DependabotEntry, entriesOf } from "./update-bots/dependabot.ts";
import { keepsPython, type Renovate, readRenovate } from "./update-bots/renovate.ts";
import { workflows } from "./workflows.ts";

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
