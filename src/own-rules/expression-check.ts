import type { UnreadFile } from "../facts/fact.ts";
import type { Facts } from "../facts/index.ts";
import { cannotJudge, fail, failIfAny, type Judgement, type Place, pass } from "../rule.ts";
import type { Checked } from "./checks.ts";
import { documentsOf, paths } from "./documents.ts";
import { ExpressionError, readExpression } from "./expression.ts";
import { published } from "./published.ts";

/**
 * An expression over published facts: true passes, false fails, a list names what is wrong.
 * @throws ExpressionError where it cannot be used
 */
export function expression(source: string, reads: readonly string[] = []): Checked {
  const types = Object.fromEntries(
    Object.entries(published)
      .filter(([name]) => name !== "documents" || reads.length > 0)
      .map(([name, { type }]) => [name, type]),
  );
  const { uses, evaluate } = readExpression(source, types);
  const own = {
    ...(uses.includes("files") && { files: paths }),
    ...(uses.includes("documents") && { documents: documentsOf(reads) }),
  };
  const needs = uses.flatMap((name) => published[name]?.need ?? []) as readonly (keyof Facts)[];
  return {
    needs,
    facts: own,
    check(given) {
      const unread: UnreadFile[] = [];
      const values = Object.fromEntries(
        uses.map((name) => {
          const { need, of } = published[name] as (typeof published)[string];
          const found = of(given[need ?? name] as never);
          unread.push(...found.unread);
          return [name, found.value];
        }),
      );
      return judged(
        evaluatedOrUnknown(() => evaluate(values)),
        unread,
      );
    },
  };
}

function evaluatedOrUnknown(evaluate: () => unknown): unknown {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof ExpressionError) cannotJudge(`the expression fails here: ${error.message}`);
    throw error;
  }
}

function judged(result: unknown, unread: readonly UnreadFile[]): Judgement<null> {
  const offenders = Array.isArray(result) ? result.map(placeOf) : [];
  if (offenders.length > 0) return failIfAny(offenders);
  // What could not be read may hold what was looked for.
  if (unread[0]) cannotJudge(`${unread[0].path} could not be read: ${unread[0].reason}`);
  if (Array.isArray(result) || result === true) return pass();
  if (result === false) return fail([{ found: null }]);
  return cannotJudge("the expression gives neither true nor false nor a list");
}

function placeOf(offender: unknown): Place<null> {
  if (typeof offender === "string") return { path: offender, found: null };
  const { path, line } = (offender ?? {}) as { readonly path?: unknown; readonly line?: unknown };
  const at = Number(line);
  return {
    ...(typeof path === "string" && path !== "" && { path }),
    ...(typeof path === "string" && Number.isInteger(at) && at > 0 && { line: at }),
    found: null,
  };
}
