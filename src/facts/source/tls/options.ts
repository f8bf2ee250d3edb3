import { textOf } from "../literals.ts";
import { valuesOf } from "../origins/values.ts";
import type { Call, Expression, FunctionDef, Module, Statement } from "../syntax.ts";
import { expressionsOf, type Scope, statementsIn, within } from "../walk.ts";

/** Names of a choice whether to check. */
const OPTION =
  /verif|insecure|self_?signed|cert_reqs|validate_cert|trust_all|(check|skip|ignore|allow)_?(ssl|tls|cert|host)|(ssl|tls|certs?)_?(check|required)/i;
/** What says so of the one line that it guards. */
const GUARD = /verif|insecure|self_?signed|unsafe|trust|debug|ignore|cert|check_?host|dev(elop|_|$)|local/i;
const LOCAL = /\b(localhost|127\.0\.0\.1|host\.docker\.internal)\b|\[::1\]/;

/** True where somebody chooses it: the function is told, asks a setting, or says by its name what it is for. */
export function isOption({ function: definition, conditions, definitions }: Scope): boolean {
  if (definitions.some(({ name }) => /insecure|unverified|no_?verif|ignore_|without_/i.test(name))) return true;
  if (conditions.some(({ test }) => mentions(test, GUARD))) return true;
  if (definition?.args.some(({ name }) => OPTION.test(name))) return true;
  return definition !== undefined && knownOf(definition).chooses;
}

/** Parts of one argument that are looked at: a file may be hostile. */
const MAX_PARTS = 100;

/** True where the server is this machine. */
export function isLocal({ args }: Call, scope: Scope, module: Module): boolean {
  const parts = args.slice(0, MAX_PARTS).flatMap((argument) => within(argument).slice(0, MAX_PARTS));
  const values = parts.flatMap((part) => (part.kind === "Name" ? valuesOf(part, scope, module) : []));
  const written = values.flatMap((value) => within(value).slice(0, MAX_PARTS));
  return [...parts, ...written].some((part) => LOCAL.test(textOf(part) ?? ""));
}

/** True in a function that serves, or that only looks at a certificate: neither trusts the other side. */
export function isHarmless({ function: definition }: Scope): boolean {
  return definition !== undefined && knownOf(definition).isHarmless;
}

/** True where the function switches off all checks: one finding is enough. */
export function isOffBeside({ function: definition }: Scope): boolean {
  return definition !== undefined && knownOf(definition).switchesOff;
}

interface Known {
  readonly switchesOff: boolean;
  /** True where some test asks for it: `if verify: return context`, before the lines that switch it off. */
  readonly chooses: boolean;
  readonly isHarmless: boolean;
}

const HARMLESS = /^(PROTOCOL_TLS_SERVER|CLIENT_AUTH|getpeercert|get_server_certificate|wrap_bio_server)$/;
const known = new WeakMap<FunctionDef, Known>();

function knownOf(definition: FunctionDef): Known {
  const statements = (): readonly Statement[] => [...statementsIn(definition.body)].map(({ node }) => node);
  const one = known.get(definition) ?? {
    switchesOff: statements().some(
      (node) => node.kind === "Assign" && node.value !== null && mentions(node.value, /^CERT_NONE$/),
    ),
    chooses: statements().some((node) => node.kind === "If" && mentions(node.test, OPTION)),
    isHarmless: statements().some((node) => expressionsOf(node).some((expression) => mentions(expression, HARMLESS))),
  };
  known.set(definition, one);
  return one;
}

function mentions(expression: Expression, name: RegExp): boolean {
  return [...within(expression)].some(
    (part) =>
      (part.kind === "Name" && name.test(part.id)) ||
      (part.kind === "Attribute" && name.test(part.attr)) ||
      (part.kind === "Constant" && part.type === "str" && /^[\w.-]{1,60}$/.test(part.value) && name.test(part.value)),
  );
}
