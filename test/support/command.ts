import { execFile } from "node:child_process";

export interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the command line as a user does: as a process of its own. */
export function pyready(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const { GITHUB_TOKEN, GH_TOKEN, ...inherited } = process.env;
  const env = { ...inherited, NO_COLOR: "1", ...environment };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["src/cli.ts", ...args],
      { env, maxBuffer: 100_000_000 },
      (_, out, error) => {
        resolve({ exit: child.exitCode, out, error });
      },
    );
  });
}
