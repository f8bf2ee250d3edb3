import { isBlocker } from "../engine/findings.ts";
import type { Assessment } from "../policy/assessment.ts";
import type { Severity } from "../rule.ts";
import type { Change, Group } from "./change.ts";
import { plainText } from "./markdown.ts";

/** GitHub takes so many in one request. */
const MAX_ANNOTATIONS = 50;
const MAX_TITLE = 255;

/** A finding beside the line that it is about; GitHub shows its words as they are, without Markdown. */
export interface Annotation {
  readonly path: string;
  /** One-based; 1 where the finding is about the file. */
  readonly line: number;
  readonly level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

const LEVEL: Readonly<Record<Severity, Annotation["level"]>> = {
  critical: "warning",
  high: "warning",
  medium: "warning",
  low: "notice",
};

/**
 * What a reader of the diff should see there: what the change brings, then what blocks and stood in the
 * files that it touches. The debt of the rest of the repository stays in the summary.
 */
export function annotationsOf(
  { comparison }: Assessment,
  { newBlockers, newWarnings, knownBlockers }: Change,
): readonly Annotation[] {
  if (comparison === null) return [];
  const { touched } = comparison.change;
  return [...newBlockers, ...newWarnings, ...knownBlockers]
    .flatMap((group) => annotationsOfGroup(group, touched))
    .slice(0, MAX_ANNOTATIONS);
}

function annotationsOfGroup({ result, places }: Group, touched: ReadonlySet<string>): readonly Annotation[] {
  return places.flatMap(({ path, line, message }) => {
    if (path === null || !touched.has(path)) return [];
    const level = isBlocker(result) ? "failure" : LEVEL[result.severity];
    const words = [message, `Why: ${result.why}`, `Fix: ${result.fix}`].filter(Boolean).map((one) => plainText(one));
    return [
      {
        path,
        line: line ?? 1,
        level,
        title: plainText(result.title, MAX_TITLE),
        message: [...words, `Rule: ${result.id}`].join("\n"),
      },
    ];
  });
}
