import { Worker } from "node:worker_threads";
import type { Batch, BatchResult, Extraction, ExtractionRequest } from "./messages.ts";
import { type ProcessorTime, watchProcessorTime } from "./processor-time.ts";

export interface PoolOptions {
  /** Threads at most. */
  readonly threads: number;
  /** Milliseconds of the processor that a worker may need for one file, beside what the others of its batch need. */
  readonly fileTimeout?: number;
  /** Bytes of WebAssembly's memory after which a worker is replaced. */
  readonly maxMemory?: number;
  /** Told of every worker that is lost to what it was given. */
  readonly onLost?: () => void;
}

/** Takes out of files of Python what extractors ask for. */
export interface PythonReader {
  /** One answer for each file, in the order given; a file that cannot be read costs no other anything. */
  extract(files: readonly ExtractionRequest[]): Promise<readonly Extraction[]>;
  /** Ends the threads; what is under way is answered as not read. */
  close(): Promise<void>;
}

/** Characters of a batch: enough that messages cost nothing, few enough that threads share the work. */
const BATCH_CHARACTERS = 200_000;
/** Megabytes of JavaScript's heap in a worker. */
const MAX_HEAP = 256;
const DEFAULT_TIMEOUT = 5000;
/** Workers that one review may lose: what is hostile many times over does not hold up everybody else. */
const MAX_LOST = 6;
const DEFAULT_MEMORY = 160_000_000;

/**
 * Threads that parse and lint. Hostile source may exhaust the stack, the memory or the time of a
 * worker: the batch is then read again file by file, in fresh workers, and only the culprit is lost.
 */
export function createPythonReader(options: PoolOptions): PythonReader {
  const idle: Thread[] = [];
  const all = new Set<Thread>();
  const waiting: (() => void)[] = [];
  let isClosed = false;

  const take = async (): Promise<Thread> => {
    for (;;) {
      if (isClosed) throw new WorkerLost("pyready was stopped before it was read");
      const thread = idle.pop();
      if (thread) return thread;
      if (all.size < options.threads) {
        const fresh = new Thread(options.maxMemory ?? DEFAULT_MEMORY);
        all.add(fresh);
        return fresh;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  const giveBack = async (thread: Thread): Promise<void> => {
    if (thread.isUsable && !isClosed) idle.push(thread);
    else {
      all.delete(thread);
      await thread.end();
    }
    waiting.shift()?.();
  };
  const run = async (files: readonly ExtractionRequest[]): Promise<readonly Extraction[]> => {
    const thread = await take();
    try {
      return await thread.run({ files }, (options.fileTimeout ?? DEFAULT_TIMEOUT) * (1 + Math.log2(files.length)));
    } finally {
      await giveBack(thread);
    }
  };
  /** One call's batches: what it loses is counted for it alone. */
  const extractAll = async (files: readonly ExtractionRequest[]): Promise<readonly Extraction[]> => {
    let lost = 0;
    const extractBatch = async (batch: readonly ExtractionRequest[]): Promise<readonly Extraction[]> => {
      if (lost >= MAX_LOST) return batch.map(() => ({ problem: "too much of what was read before it could not be" }));
      try {
        return await run(batch);
      } catch (error) {
        lost++;
        if (!isClosed) options.onLost?.();
        if (isClosed || batch.length === 1) return batch.map(() => ({ problem: reasonOf(error) }));
        const apart: Extraction[] = [];
        for (const file of batch) apart.push(...(await extractBatch([file])));
        return apart;
      }
    };
    return (await Promise.all(batchesOf(files).map(extractBatch))).flat();
  };
  return {
    extract: extractAll,
    async close() {
      isClosed = true;
      await Promise.all([...all].map((thread) => thread.end()));
      for (const wake of waiting.splice(0)) wake();
    },
  };
}

class WorkerLost extends Error {}

function reasonOf(error: unknown): string {
  return error instanceof WorkerLost ? error.message : "it could not be read: this is a defect of pyready";
}

function batchesOf(files: readonly ExtractionRequest[]): readonly (readonly ExtractionRequest[])[] {
  const batches: ExtractionRequest[][] = [];
  let room = 0;
  for (const file of files) {
    if (batches.length === 0 || file.text.length > room) {
      batches.push([]);
      room = BATCH_CHARACTERS;
    }
    batches.at(-1)?.push(file);
    room -= file.text.length;
  }
  return batches;
}

/** One worker, one batch at a time. */
class Thread {
  readonly #maxMemory: number;
  readonly #worker: Worker;
  isUsable = true;

  constructor(maxMemory: number) {
    this.#maxMemory = maxMemory;
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP },
      // A worker writes nothing: what it is given must not reach the logs.
      stdout: true,
      stderr: true,
    });
    this.#worker.unref();
    this.#worker.on("error", () => {});
  }

  /** @throws WorkerLost where the time is over or the worker dies. */
  async run(batch: Batch, timeout: number): Promise<readonly Extraction[]> {
    this.#worker.ref();
    const { promise, resolve, reject } = Promise.withResolvers<BatchResult>();
    const lose = (reason: string) => () => reject(new WorkerLost(reason));
    const unwatch = watchProcessorTime(timeout, this.#processorTime, lose("reading it takes too long"));
    const onDeath = lose("reading it needs more memory than it may");
    this.#worker.once("message", resolve).once("error", onDeath).once("exit", onDeath);
    this.#worker.postMessage(batch);
    try {
      const { extractions, external } = await promise;
      this.isUsable = external < this.#maxMemory;
      return extractions;
    } catch (error) {
      this.isUsable = false;
      throw error;
    } finally {
      unwatch();
      this.#worker.off("message", resolve).off("error", onDeath).off("exit", onDeath);
      this.#worker.unref();
    }
  }

  readonly #processorTime: ProcessorTime = async () => {
    try {
      const { user, system } = await this.#worker.cpuUsage();
      return (user + system) / 1000;
    } catch {
      return undefined;
    }
  };

  async end(): Promise<void> {
    this.isUsable = false;
    await this.#worker.terminate();
  }
}
