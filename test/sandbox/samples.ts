import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { GitFiles } from "./git-objects.ts";

const FOLDER = "test/sandbox/samples";

/** The files of a sample repository, written for the demo and the tests. */
export function sample(name: string): GitFiles {
  const root = join(FOLDER, name);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    paths.map((path) => [relative(root, path).split(sep).join("/"), readFileSync(path, "utf8")]),
  );
}
