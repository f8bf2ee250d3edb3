import { textOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { argumentOf, calledName, namesOf, qualifiedName } from "./names.ts";
import type { Call, ClassDef, Expression, Module } from "./syntax.ts";
import { callsOf, statementsOf } from "./walk.ts";

/** A place where a program keeps what is regulated, or hands it on, in clear. */
export interface SensitiveField {
  readonly line: number;
  readonly name: string;
  /** `card` for data of cards, `identifier` for numbers that tell who somebody is, `health` for what ails them. */
  readonly about: "card" | "identifier" | "health";
}

const CARD =
  /^(card_?)?(cvv2?|cvc2?|cvv_?code|security_code|pin_block|track_?data|track_?[12](_data)?)$|^(credit_?|debit_?)?card_?(number|num|no|pan)$|^primary_account_number$|^pan$/i;
const IDENTIFIER = /^(ssn|social_security(_number|_no)?)$/i;
const HEALTH = /^(diagnosis|diagnoses|medical_record(_number)?|mrn)$/i;
const PAYMENTS = /card|payment|cvv|issuer|merchant/i;
const ANY_NAME = /cvv|cvc|card|pan\b|track|pin_block|security_code|ssn|social_security|diagnos|medical_record|mrn/i;

/** Fields of models and columns of tables with such names, and cards that are handed to Stripe by their number. */
export function readSensitiveFields(module: Module): readonly SensitiveField[] {
  if (!mentions(module, ANY_NAME)) return [];
  return [...fieldsOf(module), ...rawCardsOf(module)];
}

function* fieldsOf(module: Module): Generator<SensitiveField> {
  for (const { node, scope } of statementsOf(module)) {
    if (node.kind !== "Assign" || !scope.class || scope.function) continue;
    const [target] = node.targets;
    const about = target?.kind === "Name" ? aboutOf(target.id, module) : undefined;
    if (target?.kind !== "Name" || !about || !isKeptInClear(node.value, node.annotation, scope.class, module)) continue;
    yield { line: node.line, name: target.id, about };
  }
}

function aboutOf(name: string, module: Module): SensitiveField["about"] | undefined {
  // `pan` is a verb of maps and a part of a kitchen as well, and any code is a security code.
  const isAmbiguous = /^(pan|security_code|track_?[12])$/i.test(name);
  if (CARD.test(name)) return !isAmbiguous || PAYMENTS.test(module.text.replaceAll(name, "")) ? "card" : undefined;
  if (IDENTIFIER.test(name)) return "identifier";
  return HEALTH.test(name) ? "health" : undefined;
}

/** A column of text, or a field of a model of pydantic's that is plain text; a type that encrypts, or hides, is neither. */
function isKeptInClear(
  value: Expression | null,
  annotation: Expression | null,
  { bases }: ClassDef,
  module: Module,
): boolean {
  const names = namesOf(module);
  if (value?.kind === "Call") {
    const called = calledName(value, names) ?? "";
    if (/(^|\.)models\.(Char|Text|Integer|BigInteger|Slug)Field$/.test(called)) return true;
    if (/(^|\.)(Column|mapped_column)$/.test(called)) return isPlainColumn(value, module);
  }
  const isModel = bases.some((base) => /(^|\.)(BaseModel|SQLModel)$/.test(qualifiedName(base, names) ?? ""));
  return isModel && annotation !== null && isPlainType(annotation);
}

function isPlainColumn({ args, keywords }: Call, module: Module): boolean {
  const types = [...args, ...keywords.filter(({ arg }) => arg === "type_").map(({ value }) => value)];
  const typeNames = types.map(
    (type) => (type.kind === "Call" ? calledName(type, namesOf(module)) : qualifiedName(type, namesOf(module))) ?? "",
  );
  return typeNames.some((name) => /(^|\.)(String|Text|Unicode|VARCHAR|Integer|BigInteger)$/.test(name));
}

/** `str`, `str | None`, `Optional[str]`. */
function isPlainType(type: Expression): boolean {
  if (type.kind === "Name") return type.id === "str" || type.id === "int";
  if (type.kind === "Constant") return textOf(type) === "str";
  if (type.kind === "BinOp") return isPlainType(type.left) || isPlainType(type.right);
  return type.kind === "Subscript" && isPlainType(type.slice);
}

function* rawCardsOf(module: Module): Generator<SensitiveField> {
  if (!module.text.includes("stripe")) return;
  const names = namesOf(module);
  for (const { node } of callsOf(module)) {
    if (!/^stripe\.\w+\.(create|modify)$/.test(calledName(node, names) ?? "")) continue;
    const card = argumentOf(node, "card") ?? argumentOf(node, "source");
    const number = card?.kind === "Dict" ? card.items.find(({ key }) => textOf(key) === "number") : undefined;
    // A number that stands in the source is a test card's.
    if (number && textOf(number.value) === undefined)
      yield { line: number.value.line, name: "card number", about: "card" };
  }
}
