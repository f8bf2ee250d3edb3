import { valid } from "@renovatebot/pep440";
import { keyOf, type PackageVersion } from "../snapshot/advisories.ts";
import { dependencies } from "./dependencies.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { locks } from "./locks.ts";

/** A version that is installed, and where that is written. */
export interface LockedPackage extends PackageVersion {
  readonly path: string;
  readonly line: number;
  /** False for what only development needs. */
  readonly isShipped: boolean;
}

export interface LockedVersions {
  /** One for each name and version; where it is shipped comes first. */
  readonly packages: readonly LockedPackage[];
  /** A dependency of any version, where there is no lock. */
  readonly open: { readonly path: string; readonly line: number; readonly name: string } | undefined;
  readonly declaresAny: boolean;
  readonly unread: readonly UnreadFile[];
}

/** Names and versions of an index are short; what is longer is asked of nobody. */
const LONGEST = 100;
const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** Every exact version of a package that a lock or a pin names. */
export const lockedVersions = defineFact({
  uses: { dependencies, locks },
  combine: ({ uses }): LockedVersions => {
    const inLocks = uses.locks.files.flatMap(({ path, contents }) =>
      [...(contents?.packages ?? [])].flatMap(([name, versions]) =>
        versions.flatMap(({ version, isIndexed, line, isShipped }) =>
          isIndexed && version !== undefined ? [{ name, version, path, line, isShipped }] : [],
        ),
      ),
    );
    const declared = [...uses.dependencies.manifests, ...uses.dependencies.constraints].flatMap(
      ({ path, kind, declarations }) => declarations.map((one) => ({ ...one, path, kind })),
    );
    const pinned = declared.flatMap(({ name, pinned: version, path, line, kind, group }) =>
      version === undefined || kind === "conda" ? [] : [{ name, version, path, line, isShipped: group === "runtime" }],
    );
    const all = [...inLocks, ...pinned].filter(isAskable).sort((a, b) => Number(b.isShipped) - Number(a.isShipped));
    const fixed = new Set(all.map(({ name }) => name));
    return {
      packages: [...Map.groupBy(all, keyOf).values()].flatMap(([first]) => first ?? []),
      open:
        inLocks.length > 0 ? undefined : declared.find(({ name, group }) => group === "runtime" && !fixed.has(name)),
      declaresAny: uses.dependencies.manifests.some(({ declares }) => declares),
      unread: [...uses.locks.unread, ...uses.dependencies.unread],
    };
  },
});

/** A name of the index, and a version of its standard: whatever else stands there is text of the repository. */
function isAskable({ name, version }: PackageVersion): boolean {
  return name.length <= LONGEST && version.length <= LONGEST && NAME.test(name) && valid(version) !== null;
}
