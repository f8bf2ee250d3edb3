import { textOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { argumentOf, dottedName, type Names, namesOf, qualifiedName } from "./names.ts";
import { bindingsOf } from "./origins/bindings.ts";
import { type Origin, originsOf } from "./origins.ts";
import { isSilenced, type Silenceable } from "./silenced.ts";
import type { Call, Expression, Module } from "./syntax.ts";
import { callsOf, type Scope, statementsOf } from "./walk.ts";

/** One place where bytes or text become code, or objects of any class. */
export interface CodeLoad extends Silenceable {
  readonly called: string;
  /** What it is: unpickling, YAML of any class, code from a text. */
  readonly kind: "pickle" | "yaml" | "full-yaml" | "evaluate";
  /** Where that comes from. */
  readonly origin: Origin;
  /** True where running it is what the place is for: a file of settings, a plugin, a switch that allows it. */
  readonly isMeant: boolean;
  /** A piece of a line, and what makes plain data of the same YAML. */
  readonly safe?: { readonly line: number; readonly piece: string; readonly by: string } | undefined;
}

const MENTION = /pickle|marshal|shelve|\bdill\b|yaml|\beval\b|\bexec\b|torch|joblib|read_pickle/;
const UNPICKLES = /^(_?pickle|cPickle|marshal|dill|cloudpickle)\.loads?$|^shelve\.open$|^jsonpickle\.decode$/;
/** Loads files of models: a finding only where the file comes from outside. */
const READS_MODELS = /^(joblib\.load|pandas\.read_pickle|torch\.load)$/;
/** Classes of one's own, which the safe loader does not know. */
const OWN_CLASSES = /add_(multi_)?(constructor|implicit_resolver|path_resolver)|YAMLObject|python\/|ruamel/;
const PEERS = /\b(S30[127]|S102|S506|S614|eval-used|exec-used|[WC]012[23])\b/;

/** Where a file turns bytes or text into code. */
export function readCodeLoads(module: Module): readonly CodeLoad[] {
  if (!mentions(module, MENTION)) return [];
  const names = namesOf(module);
  const originOf = originsOf(module, (called) => /(^|\.)(dumps|signer\.unsign|unsign|verify)$/.test(called));
  const safeLoaders = new Set(safeLoadersOf(module, names));
  return [...callsOf(module)].flatMap(({ node, scope }) => {
    const called = resolvedName(node, names, scope);
    const kind = called === undefined ? undefined : kindOf(node, called, names, safeLoaders);
    const [source] = node.args;
    if (!called || !kind || !source) return [];
    const origin = originOf(source, scope);
    // What was just dumped here, and what is written out, is nobody else's.
    if (origin === "quoted" || (origin === "fixed" && kind === "evaluate")) return [];
    if (kind === "pickle" && isSigned(source, node, scope, module)) return [];
    if (READS_MODELS.test(called) && origin !== "external" && !isRemote(source) && !trusts(node)) return [];
    return [
      {
        line: node.line,
        isSilenced: isSilenced(module, node.line, PEERS),
        called,
        kind,
        origin: isRemote(source) ? "external" : origin,
        isMeant: isMeant(node, called, scope),
        safe: kind === "yaml" && !mentions(module, OWN_CLASSES) ? safeLoad(node, called) : undefined,
      },
    ];
  });
}

/** The full name of a call whose first name is imported; `eval` and `exec` where nothing else goes by that name. */
function resolvedName(node: Call, names: Names, scope: Scope): string | undefined {
  const [first = ""] = (dottedName(node.func) ?? "").split(".");
  const isRebound = scope.definitions.some(
    (one) => one.kind === "FunctionDef" && (bindingsOf(one).values.has(first) || bindingsOf(one).parameters.has(first)),
  );
  if (isRebound) return undefined;
  const isBuiltin = node.func.kind === "Name" && /^(eval|exec)$/.test(first) && !names.has(first);
  return isBuiltin || names.has(first) ? qualifiedName(node.func, names) : undefined;
}

function kindOf(node: Call, called: string, names: Names, safe: ReadonlySet<string>): CodeLoad["kind"] | undefined {
  if (UNPICKLES.test(called) || READS_MODELS.test(called)) return "pickle";
  if (called === "eval" || called === "exec") return "evaluate";
  if (/^yaml\.(unsafe_load|unsafe_load_all)$/.test(called)) return "yaml";
  if (/^yaml\.(full_load|full_load_all)$/.test(called)) return "full-yaml";
  if (!/^yaml\.(load|load_all)$/.test(called)) return undefined;
  const loader = argumentOf(node, "Loader", 1);
  if (!loader) return node.keywords.some(({ arg }) => arg === null) ? undefined : "yaml";
  const name = qualifiedName(loader, names) ?? "";
  if (/\bFullLoader$/.test(name)) return "full-yaml";
  if (/^yaml\.(Loader|UnsafeLoader|CLoader|CUnsafeLoader)$/.test(name)) return safe.has(name) ? undefined : "yaml";
  return undefined;
}

/** `yaml.safe_load(file)`, or another loader; who asks for the unsafe one by its name may need it. */
function safeLoad(node: Call, called: string): CodeLoad["safe"] {
  const written = dottedName(node.func);
  if (!/^yaml\.load(_all)?$/.test(called) || !written?.includes(".")) return undefined;
  const loader = argumentOf(node, "Loader", 1);
  if (!loader)
    return { line: node.line, piece: `${written}(`, by: `${written.replace(/load(_all)?$/, "safe_load$1")}(` };
  const piece = dottedName(loader);
  const isPlain = piece !== undefined && /\.C?Loader$/.test(piece);
  return isPlain ? { line: loader.line, piece, by: piece.replace(/Loader$/, "SafeLoader") } : undefined;
}

/** `from yaml import CSafeLoader as Loader`, with the slow one where the fast is not built. */
function safeLoadersOf(module: Module, names: Names): readonly string[] {
  return [...statementsOf(module)].flatMap(({ node }) => {
    if (node.kind !== "Assign" || !/Safe/.test((node.value && qualifiedName(node.value, names)) ?? "")) return [];
    return node.targets.flatMap((target) => dottedName(target) ?? []);
  });
}

/** Bytes whose digest was computed and compared before, in the same function. */
function isSigned(source: Expression, { line }: Call, scope: Scope, module: Module): boolean {
  if (source.kind !== "Name" || scope.function === undefined) return false;
  const before = callsOf(module).filter(
    ({ node, scope: { function: around } }) => around === scope.function && node.line < line,
  );
  const compares = before.some(({ node }) => /(^|\.)compare_digest$/.test(dottedName(node.func) ?? ""));
  const takesIt = ({ args }: Call) => args.some((one) => one.kind === "Name" && one.id === source.id);
  return compares && before.some(({ node }) => takesIt(node));
}

function isRemote(source: Expression): boolean {
  return /^(https?|ftp):\/\//.test(textOf(source) ?? "");
}

function trusts(node: Call): boolean {
  const only = argumentOf(node, "weights_only");
  return only?.kind === "Constant" && only.value === "False";
}

function isMeant(node: Call, called: string, { definitions }: Scope): boolean {
  const allows = definitions.some(
    (one) => one.kind === "FunctionDef" && one.args.some(({ name }) => /allow|trust|unsafe|pickle/.test(name)),
  );
  // `exec(code, namespace)` and `eval(compile(…))` are how a module is made.
  const [source] = node.args;
  const isModule = source?.kind === "Call" && dottedName(source.func) === "compile";
  return allows || isModule || (called === "exec" && node.args.length > 1);
}
