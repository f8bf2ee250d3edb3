import { FormatError } from "./node.ts";

/** Longer patterns are expressions that the engine refuses. */
const MAX_LENGTH = 300;
/** Wildcards of all patterns beside one for each: where several meet, every path is tried in many ways. */
const MAX_WILDCARDS = 30;

/**
 * Checks patterns of a `.gitignore`, `.gitattributes` or `CODEOWNERS` file before the library makes regular
 * expressions of them.
 * @throws FormatError for patterns that are too many, too long, or have too many wildcards.
 */
export function checkPatterns(patterns: readonly string[], most: number): void {
  if (patterns.length > most) throw new FormatError(`it has more than ${most} patterns`);
  const long = patterns.find(({ length }) => length > MAX_LENGTH);
  if (long !== undefined) throw new FormatError(`it has a pattern of more than ${MAX_LENGTH} characters`);
  if (patterns.reduce((sum, pattern) => sum + meetingWildcards(pattern), 0) > MAX_WILDCARDS)
    throw new FormatError("its patterns have too many wildcards");
}

/** Wildcards beyond the first of each segment, and folders of any depth beyond the first. */
function meetingWildcards(pattern: string): number {
  const segments = pattern.split("/");
  const anyDepth = segments.filter((segment) => segment === "**").length;
  const inSegments = segments.map((segment) => (segment.match(/\*+/g)?.length ?? 0) - 1);
  return Math.max(0, anyDepth - 1) + inSegments.reduce((sum, count) => sum + Math.max(0, count), 0);
}
