import type { NotRepaired, Repair, Repairs } from "../engine/repair/repairs.ts";
import { count, shownScore } from "./findings.ts";
import { block, code, type Markdown, prose, sentence } from "./markdown.ts";
import type { PatchedFile } from "./patch.ts";
import { folded } from "./sections.ts";
import { shownPatchOf } from "./shown-patch.ts";

const TRIED =
  "The repository was judged again with these changes: no rule gets worse. They are proposals all the same; read them.";

/** What is told of repairs that were tried. */
export type TriedRepairs = Pick<Repairs, "repairs" | "notRepaired" | "review" | "after">;

/** Who asked for repairs, and where. */
export interface Asked {
  readonly login: string;
  /** Null for a check that belongs to no pull request. */
  readonly number: number | null;
  readonly docsUrl: string;
}

/** The pull request that repairs what can be. */
export function repairProposal(
  found: TriedRepairs,
  { login, number, docsUrl }: Asked,
): { readonly title: string; readonly body: Markdown } {
  const { repairs, review, after } = found;
  const [only] = repairs;
  const title = repairs.length === 1 && only ? `Repair ${only.ruleId}` : `Repair ${repairs.length} rules of pyready`;
  const [before, then] = [shownScore(review), shownScore(after)];
  const body = [
    number === null ? `Asked for by ${code(login)}.` : `Asked for by ${code(login)} in #${number}.`,
    "",
    ...repairRows(found, docsUrl),
    "",
    `${before === null || then === null ? "" : `Readiness goes from ${before} to **${then}**. `}${TRIED}`,
    ...notRepairedPart(found.notRepaired),
  ];
  return { title, body: body.join("\n") };
}

/** What is said beside suggestions on lines, and for what cannot be suggested. */
export function repairsByHand(
  found: TriedRepairs,
  left: readonly PatchedFile[],
  { because, docsUrl, suggested }: { readonly because: string; readonly docsUrl: string; readonly suggested: number },
): Markdown {
  const { patch, left: unshown } = shownPatchOf(left);
  return [
    `pyready can repair this, and cannot open the pull request itself, because ${because}.`,
    "",
    ...repairRows(found, docsUrl),
    "",
    ...(suggested > 0 ? [`Suggested on the lines: ${count(suggested, "change")}.`, ""] : []),
    ...(patch ? folded("A patch for git apply", [block(patch, "diff")]) : []),
    ...unshownRows(unshown),
    TRIED,
    ...notRepairedPart(found.notRepaired),
  ].join("\n");
}

/** What is said where nothing can be repaired. */
export function nothingToRepair(notRepaired: readonly NotRepaired[], rule: string | null): Markdown {
  const [first] = notRepaired;
  if (rule !== null)
    return first
      ? `\`${rule}\` is not repaired: ${sentence(first.reason)}.`
      : `\`${rule}\` finds nothing to repair here.`;
  if (!first) return "Nothing fails here.";
  return ["Nothing that fails here can be repaired for sure.", ...notRepairedPart(notRepaired)].join("\n");
}

function repairRows({ repairs, review }: TriedRepairs, docsUrl: string): readonly Markdown[] {
  return repairs.map(({ ruleId, isWhole, changes }: Repair) => {
    const title = review.rules.find(({ id }) => id === ruleId)?.title ?? "";
    const part = isWhole ? "" : " (in part)";
    const files = changes.slice(0, 5).map(({ path }) => code(path));
    const more = changes.length > files.length ? ` and ${changes.length - files.length} more` : "";
    return `- [\`${ruleId}\`](${docsUrl}/${ruleId}.md) ${prose(title)}${part}: ${files.join(", ")}${more}`;
  });
}

function unshownRows(unshown: readonly string[]): readonly Markdown[] {
  if (unshown.length === 0) return [];
  const shown = unshown.slice(0, 10).map(code);
  const more = unshown.length > shown.length ? ` and ${unshown.length - shown.length} more` : "";
  return [
    `Not shown, for their length or their letters: ${shown.join(", ")}${more}. \`pyready fix\` on a checkout writes them.`,
    "",
  ];
}

function notRepairedPart(notRepaired: readonly NotRepaired[]): readonly Markdown[] {
  if (notRepaired.length === 0) return [];
  const rows = notRepaired.map(({ ruleId, reason }) => `- \`${ruleId}\`: ${sentence(reason)}`);
  return ["", ...folded(`Not repaired (${notRepaired.length})`, rows)];
}
