import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Nothing that a checkout configures is started, nothing is fetched, nothing is written. */
const QUIETLY = ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "--no-replace-objects"];
const environment = () => ({
  ...process.env,
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  GIT_NO_LAZY_FETCH: "1",
});

/** What git prints in a folder. @throws when git is not there, or refuses */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const options = { cwd: folder, maxBuffer: 1_000_000_000, env: environment() };
  return (await run("git", [...QUIETLY, ...args], options)).stdout;
}

/** Objects by id, one by one as git hands them out; undefined for one that is not there. */
export async function* objectsOf(
  folder: string,
  ids: readonly string[],
): AsyncGenerator<readonly [id: string, bytes: Buffer | undefined]> {
  if (ids.length === 0) return;
  const child = spawn("git", [...QUIETLY, "cat-file", "--batch"], {
    cwd: folder,
    env: environment(),
    stdio: ["pipe", "pipe", "ignore"],
  });
  const failed = once(child, "error").then(([error]) => {
    throw error;
  });
  failed.catch(() => {});
  child.stdin.on("error", () => {});
  child.stdin.end(`${ids.join("\n")}\n`);
  const read = readerOf(child.stdout);
  try {
    for (const id of ids) {
      const [, kind, size] = (await Promise.race([read.line(), failed])).split(" ");
      if (kind === "missing" || size === undefined) {
        yield [id, undefined];
        continue;
      }
      const bytes = await read.bytes(Number(size));
      await read.bytes(1);
      yield [id, bytes];
    }
  } finally {
    child.kill();
  }
}

/** Takes lines and counted bytes off a stream. */
function readerOf(stream: AsyncIterable<Buffer>) {
  const chunks = stream[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const more = async (waiting: readonly Buffer[] = []): Promise<Buffer> => {
    const { value, done } = await chunks.next();
    if (done) throw new Error("git ended before it had answered");
    return waiting.length > 0 ? Buffer.concat([...waiting, value as Buffer]) : (value as Buffer);
  };
  return {
    async line(): Promise<string> {
      let end = held.indexOf(10);
      while (end < 0) {
        held = await more([held]);
        end = held.indexOf(10);
      }
      const line = held.subarray(0, end).toString("utf8");
      held = held.subarray(end + 1);
      return line;
    },
    async bytes(count: number): Promise<Buffer> {
      const parts = [held];
      let length = held.byteLength;
      while (length < count) {
        const chunk = await more();
        parts.push(chunk);
        length += chunk.byteLength;
      }
      const all = parts.length === 1 ? held : Buffer.concat(parts, length);
      held = all.subarray(count);
      return all.subarray(0, count);
    },
  };
}
