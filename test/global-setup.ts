import { enableCompileCache } from "node:module";
import { resolve } from "node:path";

/** Before all tests. */
export default function prepare(): void {
  // The processes and threads that tests start find here what Node has compiled before.
  process.env.NODE_COMPILE_CACHE = resolve("node_modules/.cache/node");
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
}
