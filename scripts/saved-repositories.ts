import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { folderSnapshot } from "../src/snapshot/folder.ts";
import { readSavedSnapshot } from "../src/snapshot/saved.ts";
import type { Snapshot } from "../src/snapshot/snapshot.ts";

/** Where the saved repositories are: other people's data, kept beside the project. */
export const CORPUS = "../shared/corpus";

/** The files of the saved repositories; empty where there are none. */
export function savedRepositories(): readonly string[] {
  if (!existsSync(CORPUS)) return [];
  const names = readdirSync(CORPUS).filter((name) => name.endsWith(".json.gz"));
  return names.sort().map((name) => join(CORPUS, name));
}

/** True for a saved repository, false for a folder. */
export function isSaved(target: string): boolean {
  return /\.json(\.gz)?$/.test(target);
}

/** The snapshot of a saved repository or a folder. */
export function openTarget(target: string): Promise<Snapshot> {
  return isSaved(target) ? readSavedSnapshot(target) : folderSnapshot(target);
}
