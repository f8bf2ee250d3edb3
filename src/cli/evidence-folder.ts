import { lstat, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Manifest, type PackFiles, readManifest } from "../compliance/chain.ts";

const MANIFEST = "manifest.json";
const REGIME = /^[a-z][a-z0-9-]*$/;
/** As 0007-2026-11-24. */
const PACK = /^\d{4,}-\d{4}-\d{2}-\d{2}$/;
/** Nothing that pyready writes is larger. */
const MOST_BYTES = 64_000_000;

/** A pack as it is in its folder now. */
export interface KeptPack {
  readonly path: string;
  /** What manifest.json holds; empty where it is missing. */
  readonly text: string;
  /** Undefined where that is no manifest. */
  readonly manifest: Manifest | undefined;
  /** All other files. */
  readonly files: PackFiles;
}

/**
 * The regimes that a folder has packs of.
 * @throws where there is none
 */
export async function regimesIn(folder: string): Promise<readonly string[]> {
  const names = (await namesIn(folder)) ?? [];
  const regimes: string[] = [];
  for (const name of names.filter((one) => REGIME.test(one)))
    if (((await namesIn(join(folder, name))) ?? []).some((one) => PACK.test(one))) regimes.push(name);
  if (regimes.length === 0) throw new Error(`${folder} holds no packs of evidence`);
  return regimes;
}

/** The packs of a regime, the oldest first; none where there are none yet. */
export async function chainIn(folder: string, regime: string): Promise<readonly KeptPack[]> {
  const names = ((await namesIn(join(folder, regime))) ?? []).filter((name) => PACK.test(name));
  const inOrder = names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1));
  const packs: KeptPack[] = [];
  for (const name of inOrder) packs.push(await packIn(join(folder, regime, name)));
  return packs;
}

/** Whether a folder holds this very pack already. */
export async function holdsPack(folder: string, manifest: Manifest): Promise<boolean> {
  const { text } = await packIn(join(folder, manifest.regime, nameOf(manifest)));
  return readManifest(text)?.digest === manifest.digest;
}

/**
 * Writes a pack into a folder of its own; what is there is never written over.
 * @returns the pack's folder
 */
export async function writePack(folder: string, manifest: Manifest, files: PackFiles): Promise<string> {
  const { regime } = manifest;
  const path = join(folder, regime, nameOf(manifest));
  try {
    await mkdir(join(folder, regime), { recursive: true });
    await mkdir(path);
    for (const [name, bytes] of files) await writeFile(join(path, name), bytes, { flag: "wx" });
    // The last: a pack that was left half written has none, and is found broken.
    await writeFile(join(path, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { flag: "wx" });
    return path;
  } catch (error) {
    throw new Error(`${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? "error"})`);
  }
}

function nameOf({ sequence, date }: Manifest): string {
  return `${String(sequence).padStart(4, "0")}-${date}`;
}

async function packIn(path: string): Promise<KeptPack> {
  const files = new Map<string, Buffer>();
  for (const name of (await namesIn(path)) ?? []) files.set(name, await bytesOf(join(path, name)));
  const text = files.get(MANIFEST)?.toString("utf8") ?? "";
  files.delete(MANIFEST);
  return { path, text, manifest: readManifest(text), files };
}

/** What is no file of a sane size reads as empty, and so is not as it was made. */
async function bytesOf(path: string): Promise<Buffer> {
  const entry = await lstat(path);
  return entry.isFile() && entry.size <= MOST_BYTES ? readFile(path) : Buffer.alloc(0);
}

/** The names in a folder in order; undefined where there is no such folder. */
async function namesIn(folder: string): Promise<readonly string[] | undefined> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    const { code = "error" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new Error(`${folder} cannot be read (${code})`);
  }
}
