import type { Names } from "../names.ts";
import { dottedName } from "../names.ts";
import type { Expression, Module, Statement } from "../syntax.ts";
import type { Scope } from "../walk.ts";
import type { WeakUse } from "../weak-crypto.ts";
import { isSecretName } from "./secret-names.ts";

/** Where an expression stands. */
export interface Around {
  readonly statement: Statement;
  readonly scope: Scope;
  readonly names: Names;
  readonly module: Module;
}

/** Tells what is weak about an expression. */
export type CryptoReader = (node: Expression, around: Around) => readonly WeakUse[];

/** The name of what an expression's statement yields, where it says that it is a secret. */
export function secretMade({ statement, scope }: Around): string | undefined {
  if (statement.kind === "Assign") {
    const targets = statement.targets.flatMap((target) => dottedName(target) ?? []);
    const secret = targets.find((name) => isSecretName(name.slice(name.lastIndexOf(".") + 1)));
    if (secret) return secret;
  }
  const name = scope.function?.name ?? "";
  return statement.kind === "Return" && isSecretName(name) ? `${name}()` : undefined;
}
