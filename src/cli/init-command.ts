import { lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { rules } from "../../rules/index.ts";
import { reviewSnapshot } from "../engine/review-snapshot.ts";
import { createPythonReader } from "../python/pool.ts";
import { policyDraft } from "../report/policy-draft.ts";
import { folderSnapshot } from "../snapshot/folder.ts";
import type { Streams } from "./review-command.ts";

const PATH = ".github/pyready.yml";

export interface InitOptions {
  /** ISO day that the suggestions count from. */
  readonly date: string;
  /** Prints the file instead of writing it. */
  readonly dryRun?: boolean | undefined;
}

/**
 * Writes a commented policy for what is found in a folder. A policy that is there is never touched.
 * @throws with a message for the person who asked
 */
export async function initPolicy(
  folder: string,
  { date, dryRun = false }: InitOptions,
  { out }: Streams,
): Promise<number> {
  const snapshot = await folderSnapshot(folder);
  if (!dryRun) refuseOther(folder);
  const python = createPythonReader({ threads: availableParallelism() });
  const draft = policyDraft(await reviewSnapshot(snapshot, { rules, date, python }));
  if (dryRun) {
    out.write(draft);
    return 0;
  }
  write(folder, draft);
  out.write(`${join(folder, PATH)} is written: read it, commit it, and it applies from the next pull request on.\n`);
  return 0;
}

/** Whatever would be written over, or would no longer be read. */
function refuseOther(folder: string): void {
  if (present(join(folder, PATH)))
    throw new Error(`${join(folder, PATH)} is there already; --dry-run prints what it would be`);
  // What is written into a link lands outside of the repository.
  if (lstatSync(join(folder, ".github"), { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Error(`${join(folder, ".github")} is a link; --dry-run prints the file`);
  if (/^\s*\[\s*tool\s*\.\s*pyready\b/m.test(manifest(folder)))
    throw new Error(`${join(folder, "pyproject.toml")} holds [tool.pyready], which ${PATH} would take the place of`);
}

function manifest(folder: string): string {
  try {
    return readFileSync(join(folder, "pyproject.toml"), "utf8");
  } catch {
    return "";
  }
}

function present(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function write(folder: string, text: string): void {
  try {
    mkdirSync(join(folder, ".github"), { recursive: true });
    writeFileSync(join(folder, PATH), text, { flag: "wx" });
  } catch (error) {
    throw new Error(`${join(folder, PATH)} cannot be written (${(error as NodeJS.ErrnoException).code ?? "error"})`);
  }
}
