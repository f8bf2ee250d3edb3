import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Everything that a change must pass: style, types, unused code, generated files, tests. */
const folder = mkdtempSync(join(tmpdir(), "pyready-check-"));
const results = join(folder, "jest.json");
const steps: readonly (readonly [name: string, args: readonly string[]])[] = [
  ["style", ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."]],
  ["types", ["node_modules/typescript/bin/tsc", "--noEmit"]],
  ["unused code", ["node_modules/knip/bin/knip.js"]],
  ["generated files", ["scripts/generate.ts", "--check"]],
  [
    "tests",
    [
      "--experimental-vm-modules",
      "--disable-warning=ExperimentalWarning",
      "node_modules/jest/bin/jest.js",
      "--json",
      `--outputFile=${results}`,
      ...process.argv.slice(2),
    ],
  ],
];

/** A step that hangs is ended, and has failed. */
const LIMIT_MS = 20 * 60_000;

const failed: string[] = [];
requireNode24();
for (const [name, args] of steps) {
  console.log(`\n— ${name}`);
  const { status } = spawnSync(process.execPath, args, {
    stdio: ["ignore", name === "tests" ? "ignore" : "inherit", "inherit"],
    timeout: LIMIT_MS,
  });
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? "\nAll checks passed." : `\nFailed: ${failed.join(", ")}`);
console.log(closingLine());
rmSync(folder, { recursive: true });
process.exitCode = failed.length === 0 ? 0 : 1;

/** npm brings Node 24 as a package; without install scripts the system's Node would run instead. */
function requireNode24(): void {
  if (Number(process.versions.node.split(".")[0]) >= 24) return;
  console.error(`This needs Node 24 and runs on ${process.version}: run "npm ci" with install scripts allowed.`);
  process.exit(1);
}

function closingLine(): string {
  try {
    const run = JSON.parse(readFileSync(results, "utf8"));
    return `${run.numPassedTests} passed, ${run.numFailedTests} failed, ${run.numPendingTests} skipped`;
  } catch {
    return "The tests did not run.";
  }
}
