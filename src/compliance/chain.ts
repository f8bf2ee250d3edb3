import { createHash } from "node:crypto";
import type { EvidencePack } from "./pack.ts";

/** What a pack consists of, bound to the pack before it. */
export interface Manifest {
  readonly format: "pyready-evidence-manifest/1";
  readonly regime: string;
  readonly repository: string;
  readonly commit: string | null;
  readonly date: string;
  readonly madeAt: string;
  /** One for the first pack of a chain. */
  readonly sequence: number;
  /** The digest of the pack before it; null for the first. */
  readonly previous: string | null;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
  /** SHA-256 over all of the above. */
  readonly digest: string;
}

/** What binds a pack to the one before it. */
export type Link = Pick<Manifest, "sequence" | "digest">;

/** The files of a pack by their names. */
export type PackFiles = ReadonlyMap<string, Buffer>;

/** The manifest of a new pack behind another. */
export function manifestOf(pack: EvidencePack, files: PackFiles, last: Manifest | null): Manifest {
  const { regime, repository, commit, date, madeAt } = pack;
  return withDigest({
    format: "pyready-evidence-manifest/1",
    regime: regime.id,
    repository,
    commit,
    date,
    madeAt,
    sequence: (last?.sequence ?? 0) + 1,
    previous: last?.digest ?? null,
    files: [...files].map(([name, bytes]) => ({ name, bytes: bytes.byteLength, sha256: sha256(bytes) })),
  });
}

/** What is wrong with a pack, as its files are now; empty where it is as it was made, behind that other. */
export function faultsOf(text: string, files: PackFiles, last: Link | null): readonly string[] {
  const manifest = readManifest(text);
  if (manifest === undefined) return ["manifest.json is no manifest of a pack"];
  const { files: named, sequence, previous, digest } = manifest;
  const changed = named.flatMap(({ name, sha256: was }) => {
    const bytes = files.get(name);
    if (bytes === undefined) return [`${JSON.stringify(name)} is missing`];
    return sha256(bytes) === was ? [] : [`${JSON.stringify(name)} is not as it was made`];
  });
  const known = new Set(named.map(({ name }) => name));
  const added = [...files.keys()].filter((name) => !known.has(name));
  return [
    ...changed,
    ...added.map((name) => `${JSON.stringify(name)} is not part of the pack`),
    ...(withDigest(manifest).digest === digest ? [] : ["its digest is not that of its manifest"]),
    ...(previous === (last?.digest ?? null) ? [] : ["it does not follow from the pack before it"]),
    ...(sequence === (last?.sequence ?? 0) + 1 ? [] : [`it is number ${sequence}, and not the next of its chain`]),
  ];
}

/** A manifest as it was written; undefined where a text is none. */
export function readManifest(text: string): Manifest | undefined {
  try {
    const data = JSON.parse(text) as Partial<Manifest>;
    const isManifest =
      data.format === "pyready-evidence-manifest/1" &&
      Number.isInteger(data.sequence) &&
      typeof data.digest === "string" &&
      Array.isArray(data.files) &&
      data.files.every((file) => typeof file?.name === "string" && typeof file.sha256 === "string");
    return isManifest ? (data as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

function withDigest(manifest: Omit<Manifest, "digest">): Manifest {
  const { format, regime, repository, commit, date, madeAt, sequence, previous, files } = manifest;
  const listed = files.map(({ name, bytes, sha256: hash }) => ({ name, bytes, sha256: hash }));
  const bound = { format, regime, repository, commit, date, madeAt, sequence, previous, files: listed };
  return { ...bound, digest: sha256(JSON.stringify(bound)) };
}

function sha256(data: Buffer | string): string {
  return createHash("sha256").update(data).digest("hex");
}
