import { type DeclaringFile, dependencies } from "./dependencies.ts";
import { defineFact } from "./fact.ts";
import { lockInstalls } from "./lock-installs.ts";
import { type Lock, type LockFormat, locks } from "./locks.ts";
import { folderOf } from "./tree.ts";

export interface LockRivals {
  /** The lock of a manager that could have a rival. */
  readonly lock: Lock | undefined;
  /** Locks of other managers beside one; where an install command tells which one rules, without that one. */
  readonly rivals: readonly Lock[];
  /** Pins of direct dependencies that the lock beside them does not hold. */
  readonly disagreements: readonly Disagreement[];
}

export interface Disagreement {
  readonly path: string;
  readonly line: number;
  readonly name: string;
  readonly pinned: string;
  /** The versions in the lock. */
  readonly locked: readonly string[];
}

/** Managers of which each wants to own the versions; conda's lock stands beside one of these by right. */
const OWNERS: ReadonlySet<LockFormat> = new Set(["poetry", "pipenv", "uv", "pdm"]);

/** What competes with the lock of a component. */
export const lockRivals = defineFact({
  uses: { locks, lockInstalls, dependencies },
  combine: ({ uses }): LockRivals => {
    const owned = uses.locks.files.filter(({ format }) => OWNERS.has(format));
    const byFolder = Map.groupBy(owned, ({ path }) => folderOf(path));
    const doubled = owned.filter(({ path }) => (byFolder.get(folderOf(path))?.length ?? 0) > 1);
    const unused = doubled.filter(({ format }) => !uses.lockInstalls.has(format));
    const isDecided = unused.length > 0 && unused.length < doubled.length;
    const [lock] = owned;
    return {
      lock,
      rivals: isDecided ? unused : doubled,
      disagreements: lock ? disagreements(lock, uses.dependencies.manifests) : [],
    };
  },
});

/** An export says the same as the lock by its nature; of other lists the direct dependencies count. */
function disagreements({ path, contents }: Lock, manifests: readonly DeclaringFile[]): readonly Disagreement[] {
  const beside = manifests.filter((file) => folderOf(file.path) === folderOf(path));
  const stated = beside.filter(({ kind }) => kind !== "requirements").flatMap(({ declarations }) => declarations);
  const direct = new Set(stated.map(({ name }) => name));
  return beside
    .filter(({ kind, isCompiled }) => kind === "requirements" && !isCompiled)
    .flatMap((file) =>
      file.declarations.flatMap(({ name, line, pinned }) => {
        const locked = contents?.packages.get(name)?.flatMap(({ version }) => version ?? []) ?? [];
        const isSame = pinned === undefined || locked.length === 0 || locked.includes(pinned);
        return isSame || !direct.has(name) ? [] : [{ path: file.path, line, name, pinned, locked }];
      }),
    );
}
