import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Another process has the folder: one embedded database cannot serve two. */
export class FolderInUse extends Error {}

/**
 * Takes a folder for this process; gives the function that hands it back. The lock of a process that
 * no longer lives is taken over.
 * @throws FolderInUse with the other process's id.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, "pyready.lock");
  for (const isLast of [false, true]) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx", mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const owner = ownerOf(path);
      if (isLast || isAlive(owner)) {
        throw new FolderInUse(`${folder} is in use by process ${owner}: stop it, or set DATA_DIR or DATABASE_URL`);
      }
      rmSync(path, { force: true });
    }
  }
  throw new FolderInUse(`${folder} cannot be locked`);
}

function ownerOf(path: string): number {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch {
    return Number.NaN;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
