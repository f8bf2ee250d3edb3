/** A variable's value; undefined for one that is declared without a value, and so given when the image is built. */
export type Variables = ReadonlyMap<string, string | undefined>;

/** The innermost `${NAME}`, `${NAME:-word}` and the like, or `$NAME`. */
const REFERENCE = /\$\{(\w+)(?:(:?[-+?])([^{}]*))?\}|\$(\w+)/g;
/** Nested defaults deeper than this are not followed. */
const MAX_DEPTH = 8;
/** Variables that double each other must not fill the memory. */
const MAX_LENGTH = 2000;

/** The text with its variables replaced, or undefined where one of them is not known. */
export function expand(text: string, variables: Variables): string | undefined {
  let result = text;
  for (let depth = 0; depth < MAX_DEPTH && result.includes("$"); depth++) {
    let isKnown = true;
    result = result.replace(REFERENCE, (_, braced, operator, word, plain) => {
      const value = substitute(variables.get(braced ?? plain), operator, word);
      isKnown &&= value !== undefined;
      return value ?? "";
    });
    if (!isKnown || result.length > MAX_LENGTH) return undefined;
  }
  return result.includes("$") ? undefined : result;
}

function substitute(value: string | undefined, operator: string | undefined, word = ""): string | undefined {
  if (operator?.endsWith("-")) return (operator === ":-" ? value || undefined : value) ?? word;
  if (operator?.endsWith("+")) return value ? word : "";
  return value;
}
