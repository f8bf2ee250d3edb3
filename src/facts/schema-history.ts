import type { ParsedFile, UnreadFile } from "./fact.ts";
import { type Revision, readRevision } from "./source/revisions.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { folderOf, nameOf } from "./tree.ts";

/** A revision that nothing follows, beside another of the same history. */
export interface ExtraHead {
  readonly path: string;
  readonly line: number;
  readonly tool: Revision["tool"];
  /** The file of the other. */
  readonly besides: string;
}

export interface SchemaHistory {
  /** Folders with revisions of Alembic. */
  readonly folders: readonly string[];
  readonly extraHeads: readonly ExtraHead[];
  readonly unread: readonly UnreadFile[];
}

interface Placed {
  readonly path: string;
  readonly revision: Revision;
}

/** The history of the schema, and where it has more than one end. */
export const schemaHistory = defineSourceFact({
  extract: readRevision,
  combine: ({ files, unread, tree }): SchemaHistory => {
    const placed = files.flatMap(({ path, parsed }: ParsedFile<Revision | null>) =>
      parsed ? [{ path, revision: parsed }] : [],
    );
    const read = new Set(files.map(({ path }) => path));
    const modules = Map.groupBy(
      tree.paths.filter((path) => path.endsWith(".py") && nameOf(path) !== "__init__.py"),
      folderOf,
    );
    const byFolder = Map.groupBy(placed, ({ path }) => folderOf(path));
    // One that was not read, or that git calls generated, may follow what seems to be an end.
    const whole = [...byFolder].filter(
      ([folder, all]) =>
        (modules.get(folder) ?? []).every((path) => read.has(path)) &&
        all.every(({ revision }) => !revision.isComputed),
    );
    const followed = new Set(
      placed.flatMap(({ revision }) => (revision.tool === "Alembic" ? revision.parents.map(([, id]) => id) : [])),
    );
    return {
      folders: [...byFolder].flatMap(([folder, all]) =>
        all.some(({ revision }) => revision.tool === "Alembic") ? [folder] : [],
      ),
      extraHeads: whole.flatMap(([folder, all]) => {
        const ends = all[0]?.revision.tool === "Alembic" ? headsOf(all, followed) : leavesOf(folder, all);
        const [first, ...others] = ends;
        return first ? others.map(({ path, revision }) => headAt(path, revision, first.path)) : [];
      }),
      unread,
    };
  },
});

function headAt(path: string, { line, tool }: Revision, besides: string): ExtraHead {
  return { path, line, tool, besides: nameOf(besides) };
}

/** Branches with names of their own are meant to end apart. */
function headsOf(all: readonly Placed[], followed: ReadonlySet<string>): readonly Placed[] {
  if (all.some(({ revision }) => revision.isLabelled)) return [];
  return all.filter(({ revision }) => revision.id !== undefined && !followed.has(revision.id));
}

/** The last migrations of an app of Django; a squashed one stands for those that it replaces. */
function leavesOf(folder: string, all: readonly Placed[]): readonly Placed[] {
  const nameAt = ({ path }: Placed): string => nameOf(path).replace(/\.py$/, "");
  const app = nameOf(folderOf(folder));
  const names = new Set(all.map(nameAt));
  const labels = new Set(all.flatMap(({ revision }) => revision.parents.map(([label]) => label)));
  // An app may call itself otherwise than its folder: then any name of the folder is taken for its own.
  const isOwn = (label: string, id: string): boolean => names.has(id) && (!labels.has(app) || label === app);
  const replaced = new Map(
    all.flatMap((one) =>
      one.revision.replaces
        // An app that was renamed replaces what had the same name in the old one.
        .filter(([label, id]) => isOwn(label, id) && id !== nameAt(one))
        .map(([, id]): readonly [string, string] => [id, nameAt(one)]),
    ),
  );
  const followed = new Set(
    all.flatMap((one) =>
      one.revision.parents
        .filter(([label, id]) => isOwn(label, id))
        .map(([, id]) => replaced.get(id) ?? id)
        .filter((id) => id !== nameAt(one)),
    ),
  );
  return all.filter((one) => !followed.has(nameAt(one)) && !replaced.has(nameAt(one)));
}
