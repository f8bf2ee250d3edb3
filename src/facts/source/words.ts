import { namesOf } from "./names.ts";
import type { Module } from "./syntax.ts";
import { statementsOf } from "./walk.ts";

const known = new WeakMap<Module, ReadonlySet<string>>();

/**
 * The names and attributes that the expressions of a module use. A pattern that is tried on each once costs
 * a tenth of what it costs on every place where they stand, and most modules have nothing that it matches.
 */
export function wordsOf(module: Module): ReadonlySet<string> {
  const words = known.get(module) ?? collected(module);
  known.set(module, words);
  return words;
}

/** True where some name or attribute of the module matches. */
export function hasWord(module: Module, pattern: RegExp): boolean {
  for (const word of wordsOf(module)) if (pattern.test(word)) return true;
  return false;
}

/** The same, with the full names of what is imported: the full name of any expression begins or ends with one. */
export function hasName(module: Module, pattern: RegExp): boolean {
  const names = namesOf(module);
  for (const word of wordsOf(module)) {
    const full = names.get(word);
    if (pattern.test(word) || (full !== undefined && pattern.test(full))) return true;
  }
  return false;
}

function collected(module: Module): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { expressions } of statementsOf(module))
    for (const one of expressions)
      if (one.kind === "Name") words.add(one.id);
      else if (one.kind === "Attribute") words.add(one.attr);
  return words;
}
