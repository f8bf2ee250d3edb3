import { lstat, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { FileChange } from "../engine/repair/repairs.ts";

/** A file that was not written; the message says which and why. */
export class UnwritableFile extends Error {}

const BOM = "\uFEFF";

/**
 * Writes changed files below a folder: nothing outside of it, nothing through links, and nothing that has
 * changed since it was read. Each file is replaced as a whole, with its rights.
 * @throws UnwritableFile for the first that cannot be written; those before it are
 */
export async function writeChanges(root: string, changes: readonly FileChange[]): Promise<void> {
  for (const change of changes) {
    try {
      await write(root, change);
    } catch (error) {
      if (error instanceof UnwritableFile) throw error;
      const { code = "error" } = error as NodeJS.ErrnoException;
      throw new UnwritableFile(`${change.path} cannot be written (${code})`);
    }
  }
}

async function write(root: string, { path, before, after }: FileChange): Promise<void> {
  const steps = path.split("/");
  if (steps.some((step) => step === "" || step === "." || step === ".."))
    throw new UnwritableFile(`${path} is not below the folder`);
  await enter(root, steps.slice(0, -1), before === null);
  const target = join(root, path);
  if (before === null) return create(target, after, 0o666);
  if (!(await lstat(target)).isFile()) throw new UnwritableFile(`${path} is not a regular file`);
  const text = await readFile(target, "utf8");
  const mark = text.startsWith(BOM) ? BOM : "";
  if (text !== mark + before) throw new UnwritableFile(`${path} has changed since it was read`);
  const { mode } = await stat(target);
  const beside = join(dirname(target), `.${steps.at(-1)}.pyready-${process.pid}`);
  try {
    await create(beside, mark + after, mode & 0o777);
    await rename(beside, target);
  } finally {
    await rm(beside, { force: true });
  }
}

/** Sees that every folder on the way is one, and no link; makes those that are missing. */
async function enter(root: string, folders: readonly string[], creates: boolean): Promise<void> {
  let folder = root;
  for (const name of folders) {
    folder = join(folder, name);
    if (creates)
      await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      });
    if (!(await lstat(folder)).isDirectory()) throw new UnwritableFile(`${relative(root, folder)} is not a folder`);
  }
}

/** A new file: where there is one already it stays. */
async function create(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(text);
    // The mask of the process does not apply to what was there before.
    if (mode !== 0o666) await file.chmod(mode);
  } finally {
    await file.close();
  }
}
