import { createHash } from "node:crypto";
import { OWN_RULES_PATH, type OwnRule, readOwnRules } from "../own-rules/read.ts";
import type { Notice } from "../policy/assessment.ts";
import type { OrganisationFiles } from "../policy/read-layers.ts";
import { readPaths } from "../snapshot/read-paths.ts";
import type { FileContent, Snapshot } from "../snapshot/snapshot.ts";

/** The rules that a repository is judged by beside the catalogue. */
export interface OwnRulesHeld {
  readonly rules: readonly OwnRule[];
  readonly notices: readonly Notice[];
  /** Names what the files say; empty where there are none. */
  readonly key: string;
}

/** The rules of the repository, as they stand in a snapshot, and those of its organisation, whose ids win. */
export async function ownRulesAt(
  snapshot: Snapshot | null,
  organisation: OrganisationFiles | undefined,
): Promise<OwnRulesHeld> {
  const own = snapshot ? (await readPaths(snapshot, [OWN_RULES_PATH]))[OWN_RULES_PATH] : undefined;
  const shared = organisation?.files[OWN_RULES_PATH] ?? undefined;
  const read = [
    ...(own ? [readOwnRules(own)] : []),
    ...(shared ? [readOwnRules(shared, `${organisation?.repository}: ${OWN_RULES_PATH}`)] : []),
  ];
  return {
    rules: [...new Map(read.flatMap(({ rules }) => rules.map((rule) => [rule.id, rule]))).values()],
    notices: read.flatMap(({ complaints }) =>
      complaints.map((complaint) => ({ kind: "error" as const, ...complaint })),
    ),
    key: keyOf([own, shared]),
  };
}

/** What a change does to the rules of the repository, in one sentence. */
export function ownRulesNotices(paths: readonly string[]): readonly Notice[] {
  if (!paths.includes(OWN_RULES_PATH)) return [];
  const message = "The change edits the rules of one's own: what it says there holds after the merge.";
  return [{ kind: "change", message, path: OWN_RULES_PATH, line: null }];
}

function keyOf(files: readonly (FileContent | undefined)[]): string {
  if (files.every((file) => file === undefined)) return "";
  return createHash("sha256")
    .update(JSON.stringify(files.map((file) => file ?? null)))
    .digest("hex")
    .slice(0, 16);
}
