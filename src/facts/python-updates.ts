import type { Edit } from "../rule.ts";
import { dependabotGaps, type MissingEntry } from "./dependabot-gaps.ts";
import { type DeclaringFile, dependencies } from "./dependencies.ts";
import { defineFact } from "./fact.ts";
import { locks } from "./locks.ts";
import { folderOf } from "./tree.ts";
import type { DependabotEntry } from "./update-bots/dependabot.ts";
import { updateBots } from "./update-bots.ts";

export interface PythonUpdates {
  /** Folders whose manifests no entry keeps, the first of them; none where most are kept. */
  readonly missed: readonly string[];
  readonly edits: readonly Edit[];
  /** Why there are none, where that was somebody's choice. */
  readonly chosen: string | undefined;
}

/** What Dependabot keeps of a project's Python packages, and what has it keep the rest. */
export const pythonUpdates = defineFact({
  spans: "repository",
  uses: { updateBots, dependabotGaps, dependencies, locks },
  combine: ({ uses }): PythonUpdates => {
    const { dependabot } = uses.updateBots;
    // A file of its own names all that there is to keep; to one that is there only Python is added.
    const gaps = uses.dependabotGaps.filter(({ ecosystem }) => !dependabot || /^(uv|pip|conda)$/.test(ecosystem));
    if (!dependabot) return { missed: [], edits: created(gaps), chosen: undefined };
    const missed = missedBy(dependabot.python, uses.dependencies.manifests);
    const [entry, ...more] = dependabot.python;
    if (entry && dependabot.python.every(({ proposesUpdates }) => !proposesUpdates)) {
      const chosen = "open-pull-requests-limit: 0 may be meant: only security updates were asked for";
      return { missed, edits: [], chosen };
    }
    const isUv = uses.locks.files.length === 1 && uses.locks.files[0]?.format === "uv";
    const { path } = dependabot;
    if (entry?.ecosystem !== "pip" || more.length > 0 || !isUv)
      return { missed, edits: gaps.map((gap) => added(path, gap)), chosen: undefined };
    const key = "package-ecosystem";
    return { missed, edits: [{ kind: "set", path, line: entry.line, key, at: [key], value: "uv" }], chosen: undefined };
  },
});

function missedBy(entries: readonly DependabotEntry[], manifests: readonly DeclaringFile[]): readonly string[] {
  const folders = Map.groupBy(
    manifests.filter(({ declares }) => declares),
    ({ path }) => folderOf(path),
  );
  const missed = [...folders].filter(
    ([, files]) => !files.some((file) => entries.some(({ keeps }) => keeps(file, manifests))),
  );
  return missed.length > folders.size / 2 ? missed.slice(0, 3).map(([folder]) => folder || "the root") : [];
}

function created(gaps: readonly MissingEntry[]): readonly Edit[] {
  const path = ".github/dependabot.yml";
  const version: Edit = { kind: "set", path, at: ["version"], value: 2 };
  return gaps.length > 0 ? [version, ...gaps.map((gap) => added(path, gap))] : [];
}

function added(path: string, { entry: value }: MissingEntry): Edit {
  return { kind: "add", path, at: ["updates"], value };
}
