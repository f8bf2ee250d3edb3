import type { UnreadFile } from "./fact.ts";
import { filesOf } from "./settings/dynaconf/files.ts";
import { readSettings, type SettingsSource } from "./source/settings.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import type { Tree } from "./tree.ts";

export interface SourceSettings {
  /** By path; null for a module that says nothing of settings. */
  readonly modules: ReadonlyMap<string, SettingsSource | null>;
  readonly unread: readonly UnreadFile[];
  readonly tree: Tree;
}

/** What each module of the product says of settings, before anything is resolved. */
export const sourceSettings = defineSourceFact({
  extract: readSettings,
  mentions: (parsed, path, tree) =>
    (parsed?.dynaconf ?? [])
      .flatMap((load) => filesOf(load, path, tree).found)
      .filter((found) => !found.endsWith(".py")),
  combine: ({ files, unread, tree }): SourceSettings => ({
    modules: new Map(files.map(({ path, parsed }) => [path, parsed])),
    unread,
    tree,
  }),
});
