import type { CataloguedRule, Severity } from "../rule.ts";
import { ruleNamed, rulesLike } from "./named-rule.ts";
import { dayAfter, isDay, longestDays } from "./waivers.ts";

/** What a person wrote who asks for a waiver; null where that part is missing. */
export interface WaiverWords {
  readonly rule: string | null;
  readonly path: string | null;
  readonly until: string | null;
  readonly reason: string | null;
}

/** A waiver as it is proposed to the policy: nothing is waived by it. */
export interface ProposedWaiver {
  readonly rule: string;
  /** Null for every place of the rule. */
  readonly path: string | null;
  readonly reason: string;
  /** Who asked for it, as `@login`. */
  readonly owner: string;
  /** The last ISO day on which it holds. */
  readonly expires: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** A glob from the root, as the policy takes it. */
const PATH = /^[^/\\()!|\p{C}][^\\()!|\p{C}]*$/u;
const LONGEST_PATH = 300;
const REASON = { shortest: 10, longest: 500 } as const;

/**
 * The waiver that a person asks for, or what keeps it from being one: plain sentences, which may hold
 * what the person wrote and must be encoded for Markdown.
 */
export function proposedWaiver(
  words: WaiverWords,
  {
    rules,
    today,
    login,
  }: { readonly rules: readonly CataloguedRule[]; readonly today: string; readonly login: string },
): ProposedWaiver | readonly string[] {
  const { path, until, reason } = words;
  const found = words.rule === null ? undefined : ruleNamed(rules, words.rule);
  const problems = [
    found ? undefined : wrongRule(rules, words.rule),
    path === null || isPath(path) ? undefined : "The path is a glob from the repository's root, as `legacy/hash.py`.",
    wrongDay(until, today, found?.rule.severity ?? "low"),
    wrongReason(reason),
  ].flatMap((problem) => problem ?? []);
  if (problems.length > 0 || !found || until === null || reason === null) return problems;
  return { rule: found.id, path, reason, owner: `@${login}`, expires: until };
}

function wrongRule(rules: readonly CataloguedRule[], name: string | null): string {
  if (name === null) return "It names no rule.";
  const like = rulesLike(rules, name);
  const meant = like.length > 0 ? ` Did you mean ${like.map((id) => `\`${id}\``).join(" or ")}?` : "";
  return `There is no rule \`${name.replaceAll("`", "")}\`.${meant}`;
}

function isPath(path: string): boolean {
  const isInside = !path.split("/").includes("..");
  return path.length <= LONGEST_PATH && PATH.test(path) && isInside;
}

function wrongDay(until: string | null, today: string, severity: Severity): string | undefined {
  if (until === null) return "It has no end: write `until` and a day, as `2027-01-31`.";
  if (!DAY.test(until) || !isDay(until)) return `\`${until.replaceAll("`", "")}\` is no day, as \`2027-01-31\`.`;
  if (until < today) return `${until} is over.`;
  const most = longestDays(severity);
  const latest = dayAfter(today, most);
  if (until <= latest) return undefined;
  const what = severity === "critical" ? "a critical rule is waived" : "a waiver holds";
  return `${until} is too far ahead: ${what} for ${most} days at most, until ${latest}.`;
}

function wrongReason(reason: string | null): string | undefined {
  if (reason === null) return "It gives no reason: write `because` and a sentence.";
  const { shortest, longest } = REASON;
  if (reason.length >= shortest && reason.length <= longest) return undefined;
  return `A reason has ${shortest} to ${longest} characters.`;
}
