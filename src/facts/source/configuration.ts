import { environmentReadersOf, environmentReadOf } from "./environment.ts";
import { textOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { namesOf, qualifiedName } from "./names.ts";
import { type SettingsField, settingsFieldsOf } from "./settings-classes.ts";
import type { Expression, Module } from "./syntax.ts";
import { callsOf, statementsOf, within } from "./walk.ts";

/** What a module reads of the environment. */
export interface Configuration {
  /** Variables that are read by name, each where it is read first. */
  readonly reads: readonly { readonly name: string; readonly line: number }[];
  /** Fields of classes of settings. */
  readonly fields: readonly SettingsField[];
  /** Variables that it gives to what it starts: `environment={"TABLE": …}` of a stack. */
  readonly given: readonly string[];
  /** The first look-up whose name is computed. */
  readonly computed: number | undefined;
}

const CHEAP = /env|config|Settings/i;
const GIVES = /^(environment|env|environment_variables|variables|environ)$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{1,80}$/;
/** What only sets a variable for others, or takes it away. */
const WRITES: ReadonlySet<string> = new Set(
  ["os.environ", "environ"].flatMap((mapping) => ["setdefault", "pop", "update"].map((verb) => `${mapping}.${verb}`)),
);

/** The variables of the environment that a module reads, by whatever helper. */
export function readConfiguration(module: Module): Configuration {
  if (!mentions(module, CHEAP)) return { reads: [], fields: [], given: [], computed: undefined };
  const names = namesOf(module);
  const readers = environmentReadersOf(module);
  const reads = new Map<string, number>();
  let computed: number | undefined;
  const take = (node: Expression): void => {
    if (node.kind !== "Call" && node.kind !== "Subscript" && node.kind !== "Compare") return;
    if (node.kind === "Call" && WRITES.has(qualifiedName(node.func, names) ?? "")) return;
    const read = environmentReadOf(node, names, readers) ?? presenceOf(node);
    if (!read) return;
    if (read.name === undefined) computed ??= read.line;
    else if (VARIABLE.test(read.name) && !reads.has(read.name)) reads.set(read.name, read.line);
  };
  // Names inside `with env.prefixed("SHOP_")` are not the whole ones.
  const isPrefixed = mentions(module, /\.prefixed\(/);
  for (const { node, expressions } of statementsOf(module)) {
    // `os.environ["NAME"] = value` sets it, `del os.environ["NAME"]` takes it away.
    if (node.kind === "Delete") continue;
    const set = node.kind === "Assign" ? node.targets.flatMap(within).length : 0;
    for (const inner of set > 0 ? expressions.slice(set) : expressions) take(inner);
  }
  return {
    reads: isPrefixed ? [] : [...reads].map(([name, line]) => ({ name, line })),
    fields: settingsFieldsOf(module),
    given: givenIn(module),
    computed: isPrefixed ? 1 : computed,
  };

  /** `"NAME" in os.environ` */
  function presenceOf(node: Expression): { readonly name: string; readonly line: number } | undefined {
    if (node.kind !== "Compare" || !/^(not )?in$/.test(node.ops[0] ?? "")) return undefined;
    const name = textOf(node.left);
    const [mapping] = node.comparators;
    if (name === undefined || !mapping || qualifiedName(mapping, names) !== "os.environ") return undefined;
    return { name, line: node.line };
  }
}

function givenIn(module: Module): readonly string[] {
  if (!mentions(module, /\benviron(ment)?(_variables)?\s?=|\benv\s?=|add_environment/)) return [];
  return [...callsOf(module)].flatMap(({ node }) => {
    if (node.func.kind === "Attribute" && node.func.attr === "add_environment") return textOf(node.args[0]) ?? [];
    return node.keywords.flatMap(({ arg, value }) =>
      GIVES.test(arg ?? "") && value.kind === "Dict" ? value.items.flatMap(({ key }) => textOf(key) ?? []) : [],
    );
  });
}
