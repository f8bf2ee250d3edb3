/** What is not read: characters by their number, references, and what other than ASCII has capitals. */
const UNREAD = /\\[uxckpP\d]|[^\0-\x7f]/;
const TOKEN = /\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|(?:[?*+]|\{\d+(?:,\d*)?\})\??|./g;
const QUANTIFIER = /^(?:[?*+]|\{\d)/;
const LITERAL = /^\\?[^\w\\^$.[({]$|^\w$|^\\[\\^$.[({]$/;

/**
 * Pieces of text of which every match of the pattern holds at least one, whatever its case: of `\b(?:urls?|views\.)`
 * those are `url` and `views.`. None where the pattern does not plainly have such pieces.
 */
export function piecesOf(source: string): readonly string[] {
  return UNREAD.test(source) ? [] : alternatives(source.match(TOKEN) ?? []);
}

/** Takes the tokens up to the end of a group: one piece at least for each alternative, or none at all. */
function alternatives(tokens: string[]): readonly string[] {
  const all = [sequence(tokens)];
  while (tokens[0] === "|") {
    tokens.shift();
    all.push(sequence(tokens));
  }
  return all.every(({ length }) => length > 0) ? all.flat() : [];
}

/** Takes the tokens of one alternative: the pieces of that part of it which says most. */
function sequence(tokens: string[]): readonly string[] {
  let best: readonly string[] = [];
  let run = "";
  while (tokens[0] !== undefined && tokens[0] !== "|" && tokens[0] !== ")") {
    const token = tokens.shift() ?? "";
    const inGroup = token.startsWith("(") ? alternatives(tokens) : [];
    if (token.startsWith("(")) tokens.shift();
    const quantifier = QUANTIFIER.test(tokens[0] ?? "") ? (tokens.shift() ?? "") : "";
    const isThere = quantifier === "" || quantifier.startsWith("+");
    const isLiteral = LITERAL.test(token);
    if (isLiteral && isThere) run += token.slice(-1);
    if ((isLiteral && quantifier === "") || /^\\[bB]$/.test(token)) continue;
    best = better(best, [run]);
    run = "";
    if (isThere && !/^\(\?<?[=!]/.test(token)) best = better(best, inGroup);
  }
  return better(best, [run]);
}

/** The one whose shortest piece is longer, and the first of equals. */
function better(one: readonly string[], other: readonly string[]): readonly string[] {
  return shortest(other) > shortest(one) ? other : one;
}

function shortest(pieces: readonly string[]): number {
  return pieces.length === 0 ? 0 : Math.min(...pieces.map(({ length }) => length));
}
