import type { FileContent } from "./snapshot.ts";

/** Most bytes of a file that is read: 1 MB of text, 5 MB of a lock file. */
const TEXT_LIMIT = 1_000_000;
const LOCK_LIMIT = 5_000_000;
const LOCK_FILE = /(^|\/)([^/]*\.lock|[^/]*lock\.json|[^/]*lock\.ya?ml|pylock\.([^/]+\.)?toml)$/;

/** Bytes that are read of a file with this path; what is larger is unreadable. */
export function sizeLimit(path: string): number {
  return LOCK_FILE.test(path) ? LOCK_LIMIT : TEXT_LIMIT;
}

export function unreadable(reason: string): FileContent {
  return { kind: "unreadable", reason };
}

export function tooLarge(path: string, size: number): FileContent {
  return unreadable(`${size} bytes is over the limit of ${sizeLimit(path)}`);
}

/** What the bytes of a blob say as text: without a byte order mark, and only if they are text. */
export function contentOf(path: string, bytes: Uint8Array): FileContent {
  if (bytes.byteLength > sizeLimit(path)) return tooLarge(path, bytes.byteLength);
  if (bytes.subarray(0, 8000).includes(0)) return unreadable("it is binary");
  try {
    return contentOfText(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return unreadable("it is not UTF-8");
  }
}

/** The same for a source that hands out text. */
export function contentOfText(text: string): FileContent {
  if (text.startsWith("version https://git-lfs.github.com/spec/v1")) return unreadable("its content is in Git LFS");
  return { kind: "text", text: text.startsWith("\uFEFF") ? text.slice(1) : text };
}
