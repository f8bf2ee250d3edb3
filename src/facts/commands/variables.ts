/** What is known of a script's variables, by name; `@`, `1`, `2` and so on are its arguments. */
export type Variables = ReadonlyMap<string, string>;

/** Longer values are no names of programs, and could grow without end; so could the number of variables. */
const MAX_LENGTH = 2000;
const MAX_VARIABLES = 200;
const REFERENCE =
  /\$\{([A-Za-z_]\w*|[@*1-9]|[@*]:2)(?::?[-=]([^{}$]*))?\}|\$\(([A-Za-z_]\w*)\)|\$([A-Za-z_]\w*|[@*1-9])/g;
const WHOLE = /^\$(?:[A-Za-z_]\w*|[@*1-9]|\{[^{}]*\}|\([A-Za-z_]\w*\))$/;
const ASSIGNMENT = /^([A-Za-z_]\w*)=([\s\S]*)$/;
/** The repository's own folder, however it is asked for. */
const HERE =
  /\$\((?:shell )?(?:git rev-parse --show-toplevel|pwd)\)|`(?:git rev-parse --show-toplevel|pwd)`|\$\{?(?:GITHUB_WORKSPACE|CI_PROJECT_DIR|PWD|CURDIR)\}?|\$\(CURDIR\)|\$\{\{ *github\.workspace *\}\}/g;

/** The words with what is known put in; a variable that stands alone gives as many words as it holds. */
export function expandWords(words: readonly string[], variables: Variables): readonly string[] {
  if (!words.some((word) => word.includes("$") || word.includes("`"))) return words;
  return words.flatMap((word) => {
    const expanded = expandText(word, variables);
    return expanded !== word && WHOLE.test(word) && !/[$`]/.test(expanded)
      ? expanded.split(/\s+/).filter(Boolean)
      : [expanded];
  });
}

/** A text with what is known put in; what is not stays as it is. */
function expandText(text: string, variables: Variables): string {
  return text.replace(HERE, ".").replace(REFERENCE, (whole, braced, fallback, bracketed, plain) => {
    const known = variables.get(braced ?? bracketed ?? plain);
    return known || (fallback ?? known ?? whole);
  });
}

/** The variables after a command that only assigns; undefined for any other command. */
export function assigned(words: readonly string[], variables: Variables): Variables | undefined {
  const given = /^(export|local|readonly|declare|typeset)$/.test(words[0] ?? "") ? words.slice(1) : words;
  if (given.length === 0 || !given.every((word) => ASSIGNMENT.test(word) || given !== words)) return undefined;
  const names = new Set(given.map((word) => ASSIGNMENT.exec(word)?.[1]));
  // What is computed now is not known, whatever it was before.
  const kept = [...variables].filter(([name]) => !names.has(name)).slice(-MAX_VARIABLES);
  return new Map([...kept, ...assignmentsOf(given, variables)]);
}

/** The assignments of known values among these words. */
export function assignmentsOf(words: readonly string[], variables: Variables): Variables {
  return new Map(
    words.slice(0, MAX_VARIABLES).flatMap((word) => {
      const [, name, value = ""] = ASSIGNMENT.exec(word) ?? [];
      const expanded = expandText(value, variables);
      return name === undefined || expanded.length > MAX_LENGTH || /[$`]/.test(expanded)
        ? []
        : [[name, expanded] as const];
    }),
  );
}

/** What a command finds in its environment: what is known, and what stands before it; make takes more behind its name. */
export function environmentOf(words: readonly string[], program: string, variables: Variables): Variables {
  const given = program === "make" ? words : leading(words);
  return new Map([...variables, ...assignmentsOf(given, variables)]);
}

/** The words before the program: `TOXENV=lint tox`. */
function leading(words: readonly string[]): readonly string[] {
  const given = words[0] === "env" ? words.slice(1) : words;
  const end = given.findIndex((word) => !ASSIGNMENT.test(word));
  return end < 0 ? given : given.slice(0, end);
}

/** The arguments that a script is called with. */
export function argumentsOf(words: readonly string[]): Variables {
  const all = words.join(" ");
  return new Map([
    ["@", all],
    ["*", all],
    ["@:2", words.slice(1).join(" ")],
    ["*:2", words.slice(1).join(" ")],
    ...words.slice(0, 9).map((word, index) => [String(index + 1), word] as const),
  ]);
}
