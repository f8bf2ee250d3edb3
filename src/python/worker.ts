import { parentPort } from "node:worker_threads";
import { extractors } from "../facts/source/extractors.ts";
import { TooSlow } from "./grammar.ts";
import { createLinter } from "./linter.ts";
import type { Batch, BatchResult, Extraction, ExtractionRequest } from "./messages.ts";
import { createModuleReader } from "./module.ts";

const read = await createModuleReader(createLinter());

parentPort?.on("message", ({ files }: Batch) => {
  const extractions = files.map(extract);
  parentPort?.postMessage({ extractions, external: process.memoryUsage().external } satisfies BatchResult);
});

function extract({ path, text, extractors: names }: ExtractionRequest): Extraction {
  try {
    const module = read(path, text);
    return { values: Object.fromEntries(names.map((name) => [name, extractors[name]?.(module)])) };
  } catch (error) {
    if (error instanceof TooSlow) return { problem: "reading it takes too long" };
    if (error instanceof RangeError) return { problem: "it is nested too deeply to read" };
    throw error;
  }
}
