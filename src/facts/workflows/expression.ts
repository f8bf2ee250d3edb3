/** An expression of GitHub Actions. Names of contexts and functions are in lower case, as GitHub ignores their case. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  /** `github.event.commits.*.message` as its segments; a computed index is `*`. */
  | { readonly kind: "context"; readonly path: readonly string[] }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: "operation"; readonly operator: Operator; readonly operands: readonly Expression[] };

export type Operator = "!" | "<" | "<=" | ">" | ">=" | "==" | "!=" | "&&" | "||";

/** An expression between `${{` and `}}` in a text. */
export interface Embedded {
  /** Offset of the `${{`. */
  readonly start: number;
  /** Offset after the `}}`. */
  readonly end: number;
  /** Undefined where the expression does not follow the grammar: GitHub then refuses the file. */
  readonly expression: Expression | undefined;
}

/** GitHub's own limits of nesting and length; the length is that of a whole text with expressions in it. */
const MAX_DEPTH = 50;
const MAX_LENGTH = 21_000;
/** Expressions without an end that are passed over: GitHub refuses a file for the first. */
const MAX_UNCLOSED = 10;
const EMBEDDED = /\$\{\{((?:'[^']*'|[^'}$]|\$(?!\{\{)|\}(?!\}))*)\}\}/y;
const TOKEN =
  /\s*(?:('(?:[^']|'')*')|([+-]?(?:0x[0-9a-f]+|0o[0-7]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?))(?![\w-])|([a-z_][\w-]*)|(&&|\|\||[=!<>]=|[!<>()[\].,*]))/iy;
const PRECEDENCE: readonly (readonly string[])[] = [["||"], ["&&"], ["==", "!="], ["<", "<=", ">", ">="]];

/** The expressions inside a text, in order; quoted `}}` do not end one. */
export function embeddedIn(text: string): readonly Embedded[] {
  const embedded: Embedded[] = [];
  if (text.length > MAX_LENGTH) return embedded;
  let unclosed = 0;
  for (let start = text.indexOf("${{"); start >= 0 && unclosed < MAX_UNCLOSED; ) {
    EMBEDDED.lastIndex = start;
    const match = EMBEDDED.exec(text);
    const end = match ? EMBEDDED.lastIndex : start + 3;
    if (match) embedded.push({ start, end, expression: parseExpression(match[1] ?? "") });
    else unclosed++;
    start = text.indexOf("${{", end);
  }
  return embedded;
}

/** The expression of a text without its braces; undefined where it does not follow the grammar. */
export function parseExpression(source: string): Expression | undefined {
  const tokens = tokensOf(source);
  if (!tokens) return undefined;
  let position = 0;
  const peek = (): string | undefined => tokens[position];
  const take = (text: string): boolean => peek() === text && position++ >= 0;

  const binary = (level: number, depth: number): Expression | undefined => {
    const operators = PRECEDENCE[level];
    if (!operators) return unary(depth);
    let left = binary(level + 1, depth);
    for (let chained = 0; left && operators.includes(peek() ?? ""); chained++) {
      const operator = tokens[position++] as Operator;
      const operands = [left];
      do {
        const right = binary(level + 1, depth);
        if (!right) return undefined;
        operands.push(right);
      } while (level < 2 && take(operator));
      if (chained > MAX_DEPTH) return undefined;
      left = { kind: "operation", operator, operands };
    }
    return left;
  };

  const unary = (depth: number): Expression | undefined => {
    if (depth > MAX_DEPTH) return undefined;
    if (!take("!")) return dereferenced(depth);
    const operand = unary(depth + 1);
    return operand && { kind: "operation", operator: "!", operands: [operand] };
  };

  const dereferenced = (depth: number): Expression | undefined => {
    let value = primary(depth);
    while (value) {
      if (take(".")) {
        value = at(value, tokens[position++] ?? "*");
      } else if (take("[")) {
        const index = take("*") ? undefined : binary(0, depth + 1);
        if (!take("]")) return undefined;
        value = at(value, index?.kind === "literal" ? String(index.value) : "*");
      } else break;
    }
    return value;
  };

  const primary = (depth: number): Expression | undefined => {
    const token = tokens[position++];
    if (token === undefined) return undefined;
    if (token === "(") {
      const inner = binary(0, depth + 1);
      return take(")") ? inner : undefined;
    }
    if (token.startsWith("'")) return { kind: "literal", value: token.slice(1, -1).replaceAll("''", "'") };
    if (/^[+-]?\d/.test(token)) return { kind: "literal", value: Number(token) };
    if (!/^[a-z_]/i.test(token)) return undefined;
    const word = token.toLowerCase();
    if (word === "true" || word === "false") return { kind: "literal", value: word === "true" };
    if (word === "null") return { kind: "literal", value: null };
    return take("(") ? call(word, depth) : { kind: "context", path: [word] };
  };

  const call = (name: string, depth: number): Expression | undefined => {
    const given: Expression[] = [];
    while (!take(")")) {
      const argument = binary(0, depth + 1);
      if (!argument) return undefined;
      given.push(argument);
      if (!take(",") && peek() !== ")") return undefined;
    }
    return { kind: "call", name, arguments: given };
  };

  const whole = binary(0, 0);
  return position === tokens.length ? whole : undefined;
}

/** What stands below a value; below the result of a call it is as good as the result. */
function at(value: Expression, segment: string): Expression {
  return value.kind === "context" ? { kind: "context", path: [...value.path, segment.toLowerCase()] } : value;
}

function tokensOf(source: string): readonly string[] | undefined {
  const tokens: string[] = [];
  const text = source.trimEnd();
  if (text.length > MAX_LENGTH) return undefined;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) return undefined;
    tokens.push(match[0].trimStart());
  }
  return tokens;
}
