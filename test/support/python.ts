import { createPythonReader } from "../../src/python/pool.ts";

/** Of the process: to start a thread takes longer than most tests. */
const READER = Symbol.for("pyready.test.python");
const known = globalThis as { [READER]?: ReturnType<typeof createPythonReader> };

/** One thread for all reviews of a process; it starts with the first source that is read. */
export const python = known[READER] ?? createPythonReader({ threads: 1 });
known[READER] = python;
