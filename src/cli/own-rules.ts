import { OWN_RULES_PATH, type OwnRule, readOwnRules } from "../own-rules/read.ts";
import type { Notice } from "../policy/assessment.ts";
import { readPaths } from "../snapshot/read-paths.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";

/** The rules that a target has of its own, and what is wrong with those that are left out. */
export interface OwnRulesFound {
  readonly isThere: boolean;
  readonly rules: readonly OwnRule[];
  readonly notices: readonly Notice[];
}

/** Reads the rules that a target has of its own. */
export async function ownRulesOf(snapshot: Snapshot): Promise<OwnRulesFound> {
  const content = (await readPaths(snapshot, [OWN_RULES_PATH]))[OWN_RULES_PATH];
  if (!content) return { isThere: false, rules: [], notices: [] };
  const { rules, complaints } = readOwnRules(content);
  return { isThere: true, rules, notices: complaints.map((complaint) => ({ kind: "error", ...complaint })) };
}
