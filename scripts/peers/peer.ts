import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** What one side says of one subject; `none` where it does not judge it. */
export type Verdict = "pass" | "fail" | "none";

/** What a peer says of a repository, or of one file of it. */
export interface Judgement {
  /** The peer's own name for what it checks. */
  readonly check: string;
  /** The file judged; null for the repository as a whole. */
  readonly path: string | null;
  readonly verdict: Verdict;
  /** The peer's words, on one line. */
  readonly says: string;
}

/** Starts the peer and gives what it prints, whatever its exit code. */
export type Start = (args: readonly string[], folder: string) => Promise<string>;

/** Another tool that judges repositories: installed beside the project, never a dependency of it. */
export interface Peer {
  /** Its command as its own package installs it. */
  readonly name: string;
  /** True when it needs texts whole: a saved repository holds the beginning of a long one. */
  readonly readsWholeTexts?: true;
  /** @throws when the peer prints nothing that can be read. */
  judge(start: Start, folder: string, paths: readonly string[]): Promise<readonly Judgement[]>;
}

/** Milliseconds that a peer has for one repository, and the most bytes that it may print. */
const PATIENCE = 300_000;
const MOST_OUTPUT = 64_000_000;

/** The environment variable that names a peer's command where it is not on the PATH. */
export function variableOf({ name }: Peer): string {
  return `PYREADY_${name.toUpperCase().replaceAll("-", "_")}`;
}

/** How to start a peer here; undefined where it is not installed. */
export function locate(peer: Peer, environment: Readonly<Record<string, string | undefined>>): Start | undefined {
  const named = environment[variableOf(peer)];
  const places = (environment.PATH ?? "").split(delimiter).map((folder) => join(folder, peer.name));
  const command = (named ? [named] : places).find(isExecutable);
  return command === undefined ? undefined : (args, folder) => output(command, args, folder);
}

function output(command: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, timeout: PATIENCE, maxBuffer: MOST_OUTPUT }, (error, stdout, stderr) => {
      // Linters end with 1 when they find something; only silence says that one broke.
      if (stdout === "" && error) reject(new Error(lastLine(stderr) || error.message));
      else resolve(stdout);
    });
  });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
