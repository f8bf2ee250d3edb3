import { type Expression, embeddedIn } from "./expression.ts";

/** Functions whose result is true, false or a digest, whatever text they are given. */
const TEXTLESS = new Set([
  "contains",
  "startswith",
  "endswith",
  "hashfiles",
  "success",
  "failure",
  "always",
  "cancelled",
]);

/**
 * The contexts whose text can become part of an expression's result, as dotted paths in lower case.
 * A comparison gives true or false and passes no text on; `a && b` gives b or something empty.
 */
function textSources(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "literal":
      return [];
    case "context":
      return [expression.path.join(".")];
    case "call":
      return TEXTLESS.has(expression.name) ? [] : expression.arguments.flatMap(textSources);
    case "operation":
      if (expression.operator === "||") return expression.operands.flatMap(textSources);
      return expression.operator === "&&" ? expression.operands.slice(-1).flatMap(textSources) : [];
  }
}

/** The sources of all expressions in a text; where an expression stands is its offset. */
export function sourcesIn(text: string): readonly { readonly source: string; readonly offset: number }[] {
  return embeddedIn(text).flatMap(({ start, expression }) =>
    expression ? textSources(expression).map((source) => ({ source, offset: start })) : [],
  );
}
