import { globs } from "../facts/fact.ts";
import type { Facts } from "../facts/index.ts";
import { type Complaint, isComplaint, type PolicyDocument, readDocument } from "../policy/document.ts";
import { validatorOf } from "../policy/validate.ts";
import { type AnyRule, type CataloguedRule, skip } from "../rule.ts";
import type { FileContent } from "../snapshot/snapshot.ts";
import { absent, type Checked, present, valueAt } from "./checks.ts";
import type { Case, Check, Definition } from "./definition.ts";
import { paths } from "./documents.ts";
import { ExpressionError } from "./expression.ts";
import { expression } from "./expression-check.ts";
import { ownRulesSchema } from "./schema.ts";

/** Where rules of one's own stand. */
export const OWN_RULES_PATH = ".github/pyready-rules.yml";

/** A rule of one's own, with the repositories that it is tested on. */
export interface OwnRule extends CataloguedRule {
  readonly tests: Definition["tests"];
}

/** The rules of a file, and what is wrong with those that are left out. */
export interface OwnRules {
  readonly rules: readonly OwnRule[];
  readonly complaints: readonly Complaint[];
}

const CHECKS = ["present", "absent", "value", "expression"] as const;

let validator: ReturnType<typeof validatorOf> | undefined;

/** Reads a file of own rules; a rule that cannot be used is left out alone. */
export function readOwnRules(content: FileContent, path = OWN_RULES_PATH): OwnRules {
  const document = readDocument(path, content);
  if (document === undefined) return { rules: [], complaints: [] };
  if (isComplaint(document)) return { rules: [], complaints: [document] };
  validator ??= validatorOf(ownRulesSchema);
  const { data, complaints } = validator(document);
  const definitions = Object.entries((data?.rules ?? {}) as Readonly<Record<string, Definition>>);
  const read = definitions.map(([id, definition]) => ruleOf(id, definition, document));
  return {
    rules: read.filter((one) => "rule" in one),
    complaints: [...complaints, ...read.filter((one) => "message" in one)],
  };
}

function ruleOf(id: string, definition: Definition, document: PolicyDocument): OwnRule | Complaint {
  const complain = (words: string, ...keys: readonly string[]): Complaint => ({
    message: `${words} This entry is left out.`,
    path: document.path,
    line: document.lineOf(["rules", id, "check", ...keys]),
  });
  try {
    const checked = checkOf(definition.check);
    if (!checked)
      return complain(`The check of ${id} has to be exactly one of ${CHECKS.join(", ")}; reads goes with expression.`);
    return { id, rule: toRule(definition, checked), tests: definition.tests };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return complain(`The expression of ${id} cannot be used: ${error.message}.`, "expression");
  }
}

/** Undefined where it is not exactly one check. */
function checkOf(check: Check): Checked | undefined {
  const named = CHECKS.filter((name) => check[name] !== undefined);
  if (named.length !== 1 || (check.reads && check.expression === undefined)) return undefined;
  if (check.present) return present(check.present);
  if (check.absent) return absent(check.absent);
  if (check.value) return valueAt(check.value);
  return expression(check.expression ?? "", check.reads);
}

function toRule(definition: Definition, { needs, facts, check }: Checked): AnyRule {
  const { title, category, severity, why, fix, message, when } = definition;
  const isThere = when && globs(...when);
  return {
    title,
    category,
    severity,
    why,
    fix,
    references: [],
    ...(definition["applies-to"] && { appliesTo: definition["applies-to"] }),
    scope: definition.scope ?? "component",
    needs,
    facts: isThere ? { ...facts, paths } : facts,
    check(given: Facts) {
      const all = given as unknown as Readonly<Record<string, unknown>>;
      const own = (all.paths ?? []) as readonly string[];
      if (isThere && !own.some(isThere)) return skip(`no file is there that ${when.join(" or ")} matches`);
      return check(all);
    },
    message: () => message,
    examples: { passes: firstOf(definition.tests.passes), fails: firstOf(definition.tests.fails) },
  };
}

function firstOf(cases: readonly Case[]): Case {
  return cases[0] ?? {};
}
