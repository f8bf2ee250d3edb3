import type { FileContent } from "./snapshot.ts";

/** Most bytes of a file that is read: 1 MB of text, 5 MB of a lock file. */
const TEXT_LIMIT = 1_000_000;
const LOCK_LIMIT = 5_000_000;
const LOCK_FILE = /(^|\/)([^/]*\.lock|[^/]*lock\.json|[^/]*lock\.ya?ml|pylock\.([^/]+\.)?toml)$/;

/** Most bytes of a file that is scanned: of these one is held at a time. */
export const SCAN_LIMIT = 10_000_000;

/** Bytes that are read of a file with this path; what is larger is unreadable. */
export function sizeLimit(path: string): number {
  return LOCK_FILE.test(path) ? LOCK_LIMIT : TEXT_LIMIT;
}

export function unreadable(reason: string): FileContent {
  return { kind: "unreadable", reason };
}

export function tooLarge(path: string, size: number): FileContent {
  return overLimit(size, sizeLimit(path));
}

export function overLimit(size: number, limit: number): FileContent {
  return unreadable(`${size} bytes is over the limit of ${limit}`);
}

export const BINARY: FileContent = { kind: "unreadable", reason: "it is binary", binary: true };

/** What the bytes of a blob say as text: without a byte order mark, and only if they are text. */
export function contentOf(path: string, bytes: Uint8Array): FileContent {
  if (bytes.byteLength > sizeLimit(path)) return tooLarge(path, bytes.byteLength);
  if (isBinary(bytes)) return BINARY;
  try {
    return contentOfText(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return unreadable("it is not UTF-8");
  }
}

/** The same for a scan, which looks for ASCII: any encoding will do, and a pointer of Git LFS is text like any other. */
export function scannedContentOf(bytes: Uint8Array): FileContent {
  if (bytes.byteLength > SCAN_LIMIT) return overLimit(bytes.byteLength, SCAN_LIMIT);
  return isBinary(bytes) ? BINARY : { kind: "text", text: new TextDecoder().decode(bytes) };
}

function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0);
}

/** What text of a blob says, for a source that hands out text. */
export function contentOfText(text: string): FileContent {
  if (text.startsWith("version https://git-lfs.github.com/spec/v1")) return unreadable("its content is in Git LFS");
  return { kind: "text", text: text.startsWith("\uFEFF") ? text.slice(1) : text };
}
