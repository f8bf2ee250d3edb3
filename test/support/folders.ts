import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { GitFiles } from "../sandbox/git-objects.ts";

/** Folders on the disk for one file of tests; `clear` removes them all. */
export function temporaryFolders() {
  const made: string[] = [];
  const create = (files: GitFiles = {}): string => {
    const folder = mkdtempSync(join(tmpdir(), "pyready-test-"));
    made.push(folder);
    writeFiles(folder, files);
    return folder;
  };
  return {
    create,
    /** The same as a git checkout, with everything added and nothing committed. */
    createCheckout(files: GitFiles): string {
      const folder = create(files);
      git(folder, "init", "--quiet");
      git(folder, "add", "--all", "--force");
      return folder;
    },
    clear(): void {
      for (const folder of made) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes files below a folder; submodules are left out. */
function writeFiles(folder: string, files: GitFiles): void {
  for (const [path, file] of Object.entries(files)) {
    const absolute = join(folder, path);
    mkdirSync(dirname(absolute), { recursive: true });
    if (typeof file === "string" || file instanceof Uint8Array) writeFileSync(absolute, file);
    else if ("link" in file) symlinkSync(file.link, absolute);
    else if ("executable" in file) {
      writeFileSync(absolute, file.executable);
      chmodSync(absolute, 0o755);
    }
  }
}

/** What git prints, without the settings of whoever runs the tests. */
export function git(folder: string, ...args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  return execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.invalid", ...args], {
    cwd: folder,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}
