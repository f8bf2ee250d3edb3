import { addressIn, isPrivateAddress } from "./connections/address.ts";
import { textOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { calledName, dottedName, type Names, namesOf, qualifiedName } from "./names.ts";
import type { Assign, Compare, Expression, Module } from "./syntax.ts";
import { type Scope, statementsOf } from "./walk.ts";

/** Something in the source that ties it to one environment. */
export interface Hardcoded {
  readonly kind: "bucket" | "address" | "host switch";
  /** The bucket, the address, or the name of a host that it asks for. */
  readonly what: string;
  readonly line: number;
  /** The variable and the classes that it stands in. */
  readonly within: readonly string[];
}

const CHEAP = /BUCKET|https?:\/\/\d|gethostname|getfqdn|platform\.node|uname/;
const BUCKET = /^[a-z0-9][a-z0-9.-]{2,62}$/;
const PLACEHOLDER =
  /your|example|change|placeholder|dummy|test|local|sample|^(my-?)?bucket(-name)?$|xxx|public|cloud-samples/;
const ADDRESS = /^https?:\/\/(\d+\.\d+\.\d+\.\d+)(?::\d+)?(?:\/\S{0,500})?$/;
const CONSTANT = /^[A-Z][A-Z0-9_]*$/;
const HOST_NAME = /^(socket\.(gethostname|getfqdn)|platform\.node|os\.uname)$/;

/** Buckets and addresses that are written down, and switches by the name of the host. */
export function readHardcoded(module: Module): readonly Hardcoded[] {
  if (!mentions(module, CHEAP)) return [];
  const names = namesOf(module);
  const hosts = hostVariablesOf(module, names);
  return statementsOf(module).flatMap(({ node, scope, expressions }) => [
    ...(node.kind === "Assign" ? assigned(node, scope) : []),
    ...expressions.flatMap((inner): readonly Hardcoded[] => {
      const asked = inner.kind === "Compare" ? askedFor(inner, names, hosts) : undefined;
      return asked === undefined ? [] : [{ kind: "host switch", what: asked, line: inner.line, within: [] }];
    }),
  ]);
}

/** A constant of a module or a class; a field with a type may be given another value. */
function assigned({ targets, annotation, op, value, line }: Assign, scope: Scope): readonly Hardcoded[] {
  const name = targets[0] && dottedName(targets[0]);
  const text = textOf(value);
  if (name === undefined || text === undefined || scope.function || op !== "=" || !CONSTANT.test(name)) return [];
  if ((annotation && scope.class) || scope.isHandler) return [];
  const place = { what: text, line, within: [...scope.definitions.map((one) => one.name), name] };
  if (/(^|_)BUCKET(_NAME)?$/.test(name) && BUCKET.test(text) && !PLACEHOLDER.test(text))
    return [{ kind: "bucket", ...place }];
  const host = addressIn(text) ? undefined : ADDRESS.exec(text)?.[1];
  return host !== undefined && isPrivateAddress(host) ? [{ kind: "address", ...place }] : [];
}

/** Variables that hold the name of the host. */
function hostVariablesOf(module: Module, names: Names): ReadonlySet<string> {
  return new Set(
    [...statementsOf(module)].flatMap(({ node }) =>
      node.kind === "Assign" && node.value && isHostName(node.value, names)
        ? node.targets.flatMap((target) => dottedName(target) ?? [])
        : [],
    ),
  );
}

/** `socket.gethostname()`, `os.uname()[1]`, `os.uname().nodename`, and what string methods make of them. */
function isHostName(node: Expression, names: Names): boolean {
  if (HOST_NAME.test(calledName(node, names) ?? "")) return true;
  if (node.kind === "Subscript" || node.kind === "Attribute") return isHostName(node.value, names);
  return node.kind === "Call" && node.func.kind === "Attribute" && isHostName(node.func.value, names);
}

/** The literal that the host's name is compared with. */
function askedFor({ left, comparators }: Compare, names: Names, hosts: ReadonlySet<string>): string | undefined {
  const sides = [left, ...comparators];
  const isHost = (side: Expression): boolean => isHostName(side, names) || hosts.has(qualifiedName(side, names) ?? "");
  if (!sides.some(isHost)) return undefined;
  const others = sides.flatMap((side) =>
    side.kind === "List" || side.kind === "Tuple" || side.kind === "Set" ? side.elts : [side],
  );
  return others.flatMap((side) => textOf(side) ?? []).find((text) => text !== "");
}
