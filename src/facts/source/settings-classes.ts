import { textOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { argumentOf, calledName, namesOf, qualifiedName } from "./names.ts";
import type { Assign, ClassDef, Expression, Module, Statement } from "./syntax.ts";
import { statementsOf } from "./walk.ts";

/** A field of a class of pydantic-settings, which the environment sets. */
export interface SettingsField {
  /** The variables that set it: any one will do. In capitals, as their case does not matter. */
  readonly names: readonly string[];
  readonly line: number;
  /** True where the field says itself what it is for. */
  readonly isDescribed: boolean;
}

/** Classes that one class of settings is put together from. */
const MAX_MIXINS = 60;
const BASE = /(^|\.)\w*(BaseSettings|SettingsBase)$/;

/** The fields of all classes of settings in a module; where the prefix of their names is computed, none. */
export function settingsFieldsOf(module: Module): readonly SettingsField[] {
  if (!mentions(module, /Settings/)) return [];
  const prefixes = new Map<string, string | undefined>();
  const classes = [...statementsOf(module)].flatMap(({ node }) => (node.kind === "ClassDef" ? [node] : []));
  const byName = new Map(classes.map((one) => [one.name, one]));
  const fields = classes.flatMap((node) => {
    const inherited = baseOf(node, module, prefixes);
    if (!inherited) return [];
    const own = prefixOf(node);
    const prefix = own.isSet ? own.prefix : inherited.prefix;
    prefixes.set(node.name, prefix);
    return prefix === undefined
      ? []
      : [node, ...mixinsOf(node, byName)].flatMap((part) => fieldsOf(part, prefix, module));
  });
  return [...new Map(fields.map((field) => [field.line, field])).values()];
}

/** The classes of the same module that it is put together from, up to so many. */
function mixinsOf(node: ClassDef, byName: ReadonlyMap<string, ClassDef>): readonly ClassDef[] {
  const found = new Set<ClassDef>();
  const queue: ClassDef[] = [node];
  for (let next = queue.shift(); next && found.size < MAX_MIXINS; next = queue.shift())
    for (const base of next.bases) {
      const mixin = base.kind === "Name" ? byName.get(base.id) : undefined;
      if (!mixin || mixin === node || found.has(mixin)) continue;
      found.add(mixin);
      queue.push(mixin);
    }
  return [...found];
}

/** The prefix that a class of settings takes over; undefined for a class of anything else. */
function baseOf(
  { bases }: ClassDef,
  module: Module,
  known: ReadonlyMap<string, string | undefined>,
): { readonly prefix: string | undefined } | undefined {
  const names = namesOf(module);
  for (const base of bases) {
    const name = qualifiedName(base, names) ?? "";
    if (known.has(name)) return { prefix: known.get(name) };
    if (BASE.test(name)) return { prefix: "" };
  }
  return undefined;
}

/** `model_config = SettingsConfigDict(env_prefix="SHOP_")`, `class Config: env_prefix = "SHOP_"`, or a keyword of the class. */
function prefixOf({ keywords, body }: ClassDef): { readonly isSet: boolean; readonly prefix: string | undefined } {
  const inner = body.flatMap((node) => (node.kind === "ClassDef" && node.name === "Config" ? node.body : []));
  const values = [
    ...keywords.filter(({ arg }) => arg === "env_prefix").map(({ value }) => value),
    ...inner.flatMap((node) => assigned(node, "env_prefix")),
    ...body.flatMap((node) => assigned(node, "model_config")).flatMap(prefixIn),
  ];
  return { isSet: values.length > 0, prefix: textOf(values[0]) };
}

function assigned(node: Statement, name: string): readonly Expression[] {
  if (node.kind !== "Assign" || !node.value) return [];
  return node.targets.some((target) => target.kind === "Name" && target.id === name) ? [node.value] : [];
}

function prefixIn(value: Expression): readonly Expression[] {
  if (value.kind === "Call") return [argumentOf(value, "env_prefix") ?? []].flat();
  if (value.kind !== "Dict") return [];
  return value.items.flatMap((item) => (textOf(item.key) === "env_prefix" ? [item.value] : []));
}

function fieldsOf({ body }: ClassDef, prefix: string, module: Module): readonly SettingsField[] {
  return body.flatMap((node, index) => {
    if (node.kind !== "Assign" || !node.annotation || node.op !== "=") return [];
    const [target] = node.targets;
    if (target?.kind !== "Name" || /^(_|model_config$)/.test(target.id)) return [];
    if (isClassVariable(node.annotation)) return [];
    const aliases = aliasesOf(node, module);
    const names = aliases ?? [`${prefix}${target.id}`];
    const next = body[index + 1];
    const isDescribed = hasDescription(node, module) || (next?.kind === "Expr" && textOf(next.values[0]) !== undefined);
    return [{ names: names.map((name) => name.toUpperCase()), line: node.line, isDescribed }];
  });
}

function isClassVariable(annotation: Expression): boolean {
  const name = annotation.kind === "Subscript" ? annotation.value : annotation;
  return (name.kind === "Name" && name.id === "ClassVar") || (name.kind === "Attribute" && name.attr === "ClassVar");
}

/** The names that `Field` gives in the place of its own; undefined where it gives none. */
function aliasesOf({ value }: Assign, module: Module): readonly string[] | undefined {
  if (value?.kind !== "Call" || !/(^|\.)Field$/.test(calledName(value, namesOf(module)) ?? "")) return undefined;
  const alias = ["validation_alias", "alias", "env"].map((name) => argumentOf(value, name)).find(Boolean);
  if (!alias) return undefined;
  const choices = alias.kind === "Call" ? alias.args : alias.kind === "List" ? alias.elts : [alias];
  return choices.flatMap((choice) => textOf(choice) ?? []);
}

function hasDescription({ value, annotation }: Assign, module: Module): boolean {
  const fields = [
    value,
    ...(annotation?.kind === "Subscript" && annotation.slice.kind === "Tuple" ? annotation.slice.elts : []),
  ];
  return fields.some(
    (field) =>
      field?.kind === "Call" &&
      /(^|\.)(Field|Doc)$/.test(calledName(field, namesOf(module)) ?? "") &&
      (argumentOf(field, "description") !== undefined || /Doc$/.test(calledName(field, namesOf(module)) ?? "")),
  );
}
