import { isPlain, isShownWhole } from "./markdown.ts";
import { type PatchedFile, patchOf } from "./patch.ts";

/** Bytes of patches in one comment: GitHub takes 65,536 characters, with what stands around them. */
const MAX_BYTES = 50_000;

/** A patch that is the same when it is copied from a comment, and the files that cannot be shown so. */
export function shownPatchOf(files: readonly PatchedFile[]): {
  readonly patch: string;
  readonly left: readonly string[];
} {
  const left: string[] = [];
  let patch = "";
  for (const file of files) {
    const { path, before, after } = file;
    const own = isPlain(path) && [before ?? "", after].every(isShownWhole) ? patchOf([file]) : undefined;
    if (own === undefined || Buffer.byteLength(patch) + Buffer.byteLength(own) > MAX_BYTES) left.push(path);
    else patch += own;
  }
  return { patch, left };
}
