import { hash as digestOf } from "node:crypto";
import type { MarkedRemark } from "./judge.ts";
import type { Evidence, Remark } from "./review.ts";

/** The text of a line, one-based; undefined where no text is held of the file. */
export type LineOf = (path: string, line: number) => string | undefined;

/** Characters of a line that count: a file of one line must not be hashed for each of its findings. */
const MAX_TEXT = 1000;
/** Versions, counts and digests: raising one does not make another finding of a line. */
const NUMBERS = /\b(?=[a-f]*\d)[0-9a-f]{12,}\b|\d+(?:[.,]\d+)*/gi;
/** A comment that tells a tool to pass over its line: writing one makes no other finding of it. */
const TELLS_TOOLS = /#\s*(noqa|nosec|nosemgrep|pylint:\s*disable)\b[^#]{0,300}$/i;

/**
 * Marks what one rule found by the rule, the path, the text of the line, and the ordinal among equals: the
 * mark stands while lines move. What names no line is marked by the rule and the path alone.
 */
export function fingerprinted(ruleId: string, remarks: readonly MarkedRemark[], lineOf: LineOf): readonly Evidence[] {
  const ordinals = new Map<string, number>();
  return remarks.map(({ mark, ...remark }) => {
    const text = mark ?? textOf(remark, lineOf);
    const place = JSON.stringify([remark.path, text]);
    const ordinal = ordinals.get(place) ?? 0;
    ordinals.set(place, ordinal + 1);
    return { ...remark, fingerprint: hex(hash([ruleId, text, ordinal]) ^ hash([remark.path])) };
  });
}

/** What several components inherit from above is one finding. */
export function distinct(evidence: readonly MarkedRemark[]): readonly MarkedRemark[] {
  return [...new Map(evidence.map((one) => [`${one.path}:${one.line} ${one.message}`, one])).values()];
}

/** The fingerprint that the same finding has where its file has another name. */
export function movedTo(path: string, { path: from, fingerprint }: Evidence): string {
  return hex(BigInt(`0x${fingerprint}`) ^ hash([from]) ^ hash([path]));
}

function textOf({ path, line, message }: Remark, lineOf: LineOf): string {
  if (path === null || line === null) return "";
  // No text is held of a file that was only scanned: the sentence says what was found in it.
  const text = lineOf(path, line) ?? message;
  return text.slice(0, MAX_TEXT).replace(TELLS_TOOLS, "").replace(NUMBERS, "0").replace(/\s+/g, " ").trim();
}

/** The path is a part of its own, as in Zobrist's hashing: so it can be taken out again. */
function hash(parts: readonly unknown[]): bigint {
  return digestOf("sha256", JSON.stringify(parts), "buffer").readBigUInt64BE();
}

function hex(mark: bigint): string {
  return mark.toString(16).padStart(16, "0");
}
