import { createPythonReader } from "../../src/python/pool.ts";

/** One thread for all reviews of a test file; it starts with the first source that is read. */
export const python = createPythonReader({ threads: 1 });
