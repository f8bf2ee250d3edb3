import { dependencies } from "./dependencies.ts";
import { defineFact } from "./fact.ts";
import { imports } from "./imports.ts";
import { normalised } from "./manifests/declaration.ts";

export interface ExactRequirements {
  /** A file for production that a resolver made, or that is held to hashes. */
  readonly compiled: string | undefined;
  /** The names that requirements for production hold at one version, where no line of those files is open. */
  readonly exact: { readonly path: string; readonly names: ReadonlySet<string> } | undefined;
  /** What is needed directly: as other manifests state it, else as the sources import it; undefined where neither tells. */
  readonly direct: ReadonlySet<string> | undefined;
}

/** How far requirements files fix the versions that are deployed. */
export const exactRequirements = defineFact({
  uses: { dependencies, imports },
  combine: ({ uses: { dependencies: declared, imports: imported } }): ExactRequirements => {
    const shipped = declared.manifests
      .map((file) => ({ ...file, declarations: file.declarations.filter(({ group }) => group === "runtime") }))
      .filter(({ declarations }) => declarations.length > 0);
    const lists = shipped.filter(({ kind, path }) => kind === "requirements" && !path.endsWith(".in"));
    const exact = lists.filter(({ declarations }) => declarations.every(({ pinned }) => pinned !== undefined));
    const stated = namesOf(shipped.filter((file) => !exact.includes(file)));
    // A file of ranges that is all there is, is no list of versions.
    const isHeld = exact.length > 0 && lists.every((file) => exact.includes(file) || isSourceOf(file, exact));
    return {
      compiled: lists.find(({ isCompiled }) => isCompiled)?.path,
      exact: isHeld ? { path: exact[0]?.path ?? "", names: namesOf([...exact, ...declared.constraints]) } : undefined,
      direct: stated.size > 0 ? stated : imported.complete ? importedNames(imported.thirdParty) : undefined,
    };
  },
});

type Named = { readonly declarations: readonly { readonly name: string }[] };

function namesOf(files: readonly Named[]): Set<string> {
  return new Set(files.flatMap(({ declarations }) => declarations.map(({ name }) => name)));
}

/** True where every name comes back with a version in the exact files: it states what they hold. */
function isSourceOf({ declarations }: Named, exact: readonly Named[]): boolean {
  const names = namesOf(exact);
  return declarations.every(({ name }) => names.has(name));
}

function importedNames(all: readonly { readonly module: string }[]): Set<string> | undefined {
  return all.length > 0 ? new Set(all.map(({ module }) => normalised(module))) : undefined;
}
