import type { UnreadFile } from "./fact.ts";
import { readAnnotations } from "./source/annotations.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { nameOf } from "./tree.ts";

/** A module whose public functions leave types open. */
export interface UntypedModule {
  readonly path: string;
  readonly functions: number;
  readonly annotated: number;
  readonly first: NonNullable<ReturnType<typeof readAnnotations>["first"]>;
}

export interface FunctionAnnotations {
  readonly functions: number;
  readonly annotated: number;
  /** The modules with the most functions whose types are open, worst first. */
  readonly worst: readonly UntypedModule[];
  /** The marker by which an installed package says that its types are to be used. */
  readonly marker: string | undefined;
  readonly unread: readonly UnreadFile[];
}

/** What tools write or call: migrations, settings, scripts of the build. */
const NOT_ASKED =
  /(^|\/)(migrations|alembic|settings)\/|(^|\/)(setup|noxfile|tasks|fabfile|settings|manage|versioneer|conf|_version)\.py$/;
const MOST_SHOWN = 5;

/** How far the product's public functions tell their types. */
export const functionAnnotations = defineSourceFact({
  extract: readAnnotations,
  combine: ({ files, unread, tree }): FunctionAnnotations => {
    const asked = files.filter(({ path }) => !NOT_ASKED.test(path) && !tree.has(`${path}i`));
    const sum = (count: (one: (typeof asked)[number]["parsed"]) => number): number =>
      asked.reduce((total, { parsed }) => total + count(parsed), 0);
    return {
      functions: sum(({ functions }) => functions),
      annotated: sum(({ annotated }) => annotated),
      worst: asked
        .flatMap(({ path, parsed: { first, ...counts } }) => (first ? [{ path, first, ...counts }] : []))
        .sort((a, b) => b.functions - b.annotated - (a.functions - a.annotated) || (a.path < b.path ? -1 : 1))
        .slice(0, MOST_SHOWN),
      marker: tree.paths.find((path) => nameOf(path) === "py.typed" && tree.isFirstParty(path)),
      unread,
    };
  },
});
