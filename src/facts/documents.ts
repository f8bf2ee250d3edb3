import type { TreeEntry } from "../snapshot/snapshot.ts";
import { readSections, type Section } from "./documents/sections.ts";
import { MOST_ON_ONE_TOPIC, type Topic, topicsOf } from "./documents/topics.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { folderOf, type Tree } from "./tree.ts";

export type { Section } from "./documents/sections.ts";

/** A document that was read, cut into its sections. */
export interface Document {
  readonly path: string;
  readonly topics: readonly Topic[];
  readonly sections: readonly Section[];
  /** True when only its beginning is held. */
  readonly cut: boolean;
}

export interface Documents {
  /** The repository's README: `.github/`, then the root, then `docs/`. */
  readonly readme: Document | undefined;
  /** The README, and the pages by which the documentation is entered: they may speak of anything. */
  readonly overviews: readonly Document[];
  /** Those that were read, nearest to the root first. */
  readonly all: readonly Document[];
  /** Every document with a topic, read or not. */
  readonly listed: readonly { readonly path: string; readonly topics: readonly Topic[] }[];
  readonly unread: readonly (UnreadFile & { readonly topics: readonly Topic[] })[];
}

const README_FOLDERS = [".github", "", "docs"];

/** The documents that people write for people, by what their names say they are about. */
export const documents = defineFact({
  spans: "repository",
  reads: (path, tree) => topicsOf(path, tree).length > 0,
  select: (entries, tree) => nearest(entries, tree),
  readsBeginnings: true,
  parse: ({ path, text, cut }): Pick<Document, "sections" | "cut"> => ({ sections: readSections(path, text), cut }),
  combine: ({ files, unread, tree }): Documents => {
    const all = files
      .map(({ path, parsed }): Document => ({ path, topics: topicsOf(path, tree), ...parsed }))
      .sort((a, b) => depth(a.path) - depth(b.path));
    const readmes = all.filter(({ topics }) => topics.includes("readme"));
    const readme = README_FOLDERS.flatMap((folder) =>
      readmes.filter(({ path }) => folderOf(path).toLowerCase() === folder),
    )[0];
    return {
      readme,
      overviews: [...(readme ? [readme] : []), ...all.filter(({ topics }) => topics.includes("general"))],
      all,
      listed: tree.paths.flatMap((path) => {
        const topics = topicsOf(path, tree);
        return topics.length > 0 ? [{ path, topics }] : [];
      }),
      unread: unread.map((file) => ({ ...file, topics: topicsOf(file.path, tree) })),
    };
  },
});

/** Of each topic the few documents that stand nearest to the root. */
function nearest(entries: readonly TreeEntry[], tree: Tree): readonly TreeEntry[] {
  const taken = new Map<Topic, number>();
  return [...entries]
    .sort((a, b) => depth(a.path) - depth(b.path))
    .filter(({ path }) =>
      topicsOf(path, tree)
        .map((topic) => {
          const before = taken.get(topic) ?? 0;
          taken.set(topic, before + 1);
          return before < MOST_ON_ONE_TOPIC;
        })
        .some(Boolean),
    );
}

function depth(path: string): number {
  return path.split("/").length;
}
