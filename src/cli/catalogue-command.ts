import { createColors } from "picocolors";
import { rules } from "../../rules/index.ts";
import type { CataloguedRule } from "../rule.ts";

/** The catalogue: a line a rule, by category. */
export function listRules(color: boolean): string {
  const paint = createColors(color);
  const width = Math.max(...rules.map(({ id }) => id.length));
  const lines = rules.map(
    ({ id, rule }) => `${id.padEnd(width)}  ${paint.dim(rule.severity.padEnd(8))}  ${rule.title}`,
  );
  return `${lines.join("\n")}\n\n${rules.length} rules\n`;
}

/** Why a rule matters, how to fix what it finds, and an example of each outcome; undefined for an unknown id. */
export function explainRule(id: string, color: boolean): string | undefined {
  const paint = createColors(color);
  const found = ruleOf(id);
  if (!found) return undefined;
  const { rule } = found;
  const example = (files: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(files).flatMap(([path, text]) => [
      paint.cyan(path),
      ...text
        .trimEnd()
        .split("\n")
        .map((line) => `  ${line}`),
    ]);
  const applies =
    rule.appliesTo === "any" ? "every repository" : (rule.appliesTo?.join(", ") ?? "every Python project");
  return [
    paint.bold(rule.title),
    paint.dim(`${found.id} · ${rule.severity} · applies to ${applies}`),
    "",
    `Why: ${rule.why}`,
    `Fix: ${rule.fix}`,
    ...(rule.repair ? ["`pyready fix` repairs this where it can be done for sure."] : []),
    ...(rule.byHand === undefined ? [] : [`By hand: ${rule.byHand}.`]),
    "",
    paint.bold("Passes"),
    ...example(rule.examples.passes),
    "",
    paint.bold("Fails"),
    ...example(rule.examples.fails),
    ...(rule.references.length ? ["", ...rule.references.map((url) => paint.dim(url))] : []),
    "",
  ].join("\n");
}

/** The rule of this id, or that once had it. */
export function ruleOf(id: string): CataloguedRule | undefined {
  return rules.find((one) => one.id === id || one.rule.formerly?.includes(id));
}

/** The ids nearest to one that does not exist. */
export function similarRules(id: string): readonly string[] {
  const words = id.split(/[/-]/).filter((word) => word.length > 2);
  return rules
    .map((one) => one.id)
    .filter((known) => words.some((word) => known.includes(word)))
    .slice(0, 5);
}
