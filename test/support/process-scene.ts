import { afterAll, beforeAll } from "@jest/globals";
import { type Sandbox, startSandbox } from "../sandbox/sandbox.ts";
import { serverProcesses } from "./server-process.ts";

/** Server processes, and the GitHub that they work with, for one file of tests. */
export function useServerProcesses() {
  const processes = serverProcesses();
  let sandbox: Sandbox | undefined;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(async () => {
    await processes.clear();
    await sandbox?.close();
    sandbox = undefined;
  });

  return {
    ...processes,
    get sandbox(): Sandbox {
      if (!sandbox) throw new Error("the sandbox is open during tests alone");
      return sandbox;
    },
  };
}
