import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { generatedFiles } from "./generated-files.ts";

/** Writes what is made from the rules; `--check` only tells what would change, and ends with 1 if anything. */
const check = process.argv.includes("--check");
const stale: string[] = [];

for (const [path, text] of await generatedFiles()) {
  if (read(path) === text) continue;
  stale.push(path);
  if (check) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

if (check && stale.length > 0) {
  console.error(`Not up to date: ${stale.join(", ")}. Run "npm run generate" and commit what it writes.`);
  process.exitCode = 1;
} else {
  console.log(stale.length === 0 ? "Everything generated is up to date." : `Wrote ${stale.join(", ")}.`);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
