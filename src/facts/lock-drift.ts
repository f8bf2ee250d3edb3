import { satisfies, validRange } from "@renovatebot/pep440";
import { defineFact, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseToml } from "./formats/toml.ts";
import type { LockContents } from "./locks/contents.ts";
import { manifestHashes } from "./locks/manifest-hash.ts";
import { type LockRequirement, lockRequirements } from "./locks/requirements.ts";
import { type Lock, type LockFormat, locks } from "./locks.ts";
import { normalised } from "./manifests/declaration.ts";
import { pyprojects } from "./pyprojects.ts";
import { folderOf, nameOf } from "./tree.ts";

/** How a lock stands to the manifest that it was made from. */
export interface LockDrift {
  readonly path: string;
  /** The places that show that it is out of date; undefined where the reason says why nobody can tell. */
  readonly drifts: readonly Drift[] | undefined;
  readonly reason: string;
}

/** A requirement that the lock does not meet, or the lock's own record of another manifest. */
export interface Drift {
  readonly path: string;
  readonly line: number;
  readonly sentence: string;
}

export interface LockDrifts {
  readonly locks: readonly LockDrift[];
  readonly unread: readonly UnreadFile[];
}

interface ManifestFile {
  readonly path: string;
  readonly data: DataNode;
}

const MANIFESTS: Readonly<Partial<Record<LockFormat, readonly string[]>>> = {
  pipenv: ["Pipfile"],
  pixi: ["pixi.toml", "pyproject.toml"],
};

/** Every lock that can be compared with its manifest. */
export const lockDrift = defineFact({
  uses: { locks, pyprojects },
  reads: (path, tree) => /^(Pipfile|pixi\.toml)$/.test(nameOf(path)) && tree.isFirstParty(path),
  parse: ({ text }): DataNode => parseToml(text),
  combine: ({ files, unread, component, uses }): LockDrifts => {
    const manifests: readonly ManifestFile[] = [
      ...files.filter(({ inherited }) => !inherited).map(({ path, parsed }) => ({ path, data: parsed })),
      ...uses.pyprojects.files.filter(({ inherited }) => !inherited),
    ];
    const compared = uses.locks.files.flatMap((lock) => {
      const { contents, format } = lock;
      if (!contents) return [];
      const at = (folder: string): ManifestFile | undefined =>
        (MANIFESTS[format] ?? ["pyproject.toml"])
          .map((name) => manifests.find(({ path }) => nameOf(path) === name && folderOf(path) === folder))
          .find(Boolean);
      const beside = at(folderOf(lock.path));
      // The lock of a workspace stands above the manifests of its members.
      const member = format === "uv" && component.root !== folderOf(lock.path) ? at(component.root) : undefined;
      return [beside, member].flatMap((manifest) => (manifest ? compare(lock, contents, manifest) : []));
    });
    return { locks: compared, unread: [...uses.locks.unread, ...uses.pyprojects.unread, ...unread] };
  },
});

function compare(lock: Lock, contents: LockContents, { path, data }: ManifestFile): readonly LockDrift[] {
  const { manifestHash } = contents;
  const reason = "";
  if (lock.format === "poetry" || lock.format === "pdm" || lock.format === "pipenv") {
    const known = manifestHashes(lock.format, data);
    if (manifestHash && known?.includes(manifestHash.value)) return [{ path: lock.path, drifts: [], reason }];
    if (!manifestHash || !known || !isKnownVersion(lock.format, contents))
      return [{ path: lock.path, drifts: undefined, reason: "how its hash of the manifest is made is not known" }];
    const sentence = `${path} has changed since this lock was made: its hash is another.`;
    return [{ path: lock.path, drifts: [{ path: lock.path, line: manifestHash.line, sentence }], reason }];
  }
  if (!covers(lock, contents, data)) return [];
  const drifts = lockRequirements(lock.format, data)
    .filter(({ name }) => !contents.overridden.has(name))
    .flatMap((requirement) => driftOf(requirement, contents, path, lock.path));
  const computed = data.get("project", "dynamic")?.texts.includes("dependencies") === true;
  if (drifts.length === 0 && computed)
    return [{ path: lock.path, drifts: undefined, reason: `what ${path} declares is computed` }];
  return [{ path: lock.path, drifts, reason }];
}

/** Poetry's formulas up to version 2 and Pipenv's are known; PDM's have changed with its settings. */
function isKnownVersion(format: string, { signature }: LockContents): boolean {
  const poetry = /Poetry (\d+)/.exec(signature)?.[1] ?? "1";
  return format === "pipenv" || (format === "poetry" && Number(poetry) < 3);
}

/** A lock of a workspace speaks for the members that it names; a standard lock for the package beside it. */
function covers({ format }: Lock, { packages }: LockContents, data: DataNode): boolean {
  const name = data.get("project", "name")?.text;
  if (format === "pylock") return name !== undefined;
  if (format === "uv" && name === undefined) return lockRequirements(format, data).length > 0;
  if (format !== "uv" || name === undefined) return true;
  return packages.get(normalised(name))?.some(({ isIndexed }) => !isIndexed) === true;
}

function driftOf(
  { name, constraint, line, mayBeMissing }: LockRequirement,
  { packages }: LockContents,
  path: string,
  lock: string,
): readonly Drift[] {
  const held = packages.get(name) ?? [];
  if (held.length === 0) return mayBeMissing ? [] : [{ path, line, sentence: `${lock} does not hold ${name}.` }];
  const versions = held.flatMap(({ version, isIndexed }) => (isIndexed && version !== undefined ? [version] : []));
  if (versions.length < held.length || constraint === "" || !validRange(constraint)) return [];
  if (mayBeMissing || versions.some((version) => satisfies(version, constraint, { prereleases: true }))) return [];
  const sentence = `${lock} holds ${name} ${versions.join(" and ")}, which ${constraint} does not allow.`;
  return [{ path, line, sentence }];
}
