import { createHash } from "node:crypto";
import { stripTypeScriptTypes } from "node:module";

/** Jest's transformer: removes types as Node does at run time, so that tests run the code that ships. */
export default {
  getCacheKey: (source, filename, { instrument }) =>
    createHash("sha1").update([process.version, filename, source, instrument].join("\0")).digest("hex"),
  process: (source) => ({ code: stripTypeScriptTypes(source, { mode: "strip" }) }),
};
