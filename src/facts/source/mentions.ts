import { piecesOf } from "./pieces.ts";
import type { Module } from "./syntax.ts";

/** Bits for every three characters, then those for every four, which share some. */
const TRIGRAMS = 1 << 15;
const FOURGRAMS = 1 << 16;
/** Spreads the twenty bits of four characters over the sixteen that are kept. */
const SPREAD = 0x9e3779b1;

/** What five bits can tell apart besides the letters and that something is a digit: what patterns ask for. */
const SIGNS = "(:/_";

/** Five bits of a character, the same for both cases of a letter; zero for all that patterns seldom ask for. */
const FOLDED = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code).toLowerCase();
  if (/[a-z]/.test(character)) return character.charCodeAt(0) & 31;
  if (/\d/.test(character)) return 27;
  return SIGNS.includes(character) ? 28 + SIGNS.indexOf(character) : 0;
});

const known = new WeakMap<Module, Uint32Array>();
/** By the source of a pattern: one that stands in a function is a new object at every call. */
const needed = new Map<string, readonly (readonly number[])[]>();

/**
 * True where the text of the module matches. Most modules have nothing that a pattern looks for, and which runs of
 * three and four characters the text has, found once for all patterns, mostly shows it: a match holds some piece
 * whole. The pattern itself decides the rest.
 * Source: https://swtch.com/~rsc/regexp/regexp4.html
 */
export function mentions(module: Module, pattern: RegExp): boolean {
  return mayMatch(module, pattern) && pattern.test(module.text);
}

function mayMatch(module: Module, { source, unicode, unicodeSets }: RegExp): boolean {
  // With these flags a small letter of ASCII matches a capital that is none.
  if (unicode || unicodeSets) return true;
  const pieces = needed.get(source) ?? neededBy(source);
  if (pieces.length === 0) return true;
  const grams = known.get(module) ?? gramsOf(module);
  return pieces.some((places) => places.every((place) => has(grams, place)));
}

/** For each piece of which a match holds one, the bits that it sets; nothing where the pattern has no such pieces. */
function neededBy(source: string): readonly (readonly number[])[] {
  const pieces = piecesOf(source);
  const places = pieces.some(({ length }) => length < 3) ? [] : pieces.map(placesOf);
  needed.set(source, places);
  return places;
}

function placesOf(piece: string): readonly number[] {
  const places: number[] = [];
  let last = 0;
  for (let at = 0; at < piece.length; at += 1) {
    last = next(last, piece.charCodeAt(at));
    if (at >= 3) places.push(ofFour(last));
    else if (at === 2 && piece.length === 3) places.push(ofThree(last));
  }
  return places;
}

function gramsOf(module: Module): Uint32Array {
  const { text } = module;
  const grams = new Uint32Array((TRIGRAMS + FOURGRAMS) >> 5);
  let last = 0;
  for (let at = 0; at < text.length; at += 1) {
    last = next(last, text.charCodeAt(at));
    set(grams, ofThree(last));
    set(grams, ofFour(last));
  }
  known.set(module, grams);
  return grams;
}

function next(last: number, code: number): number {
  return ((last << 5) | (code < 128 ? (FOLDED[code] as number) : 0)) & 0xfffff;
}

function ofThree(last: number): number {
  return last & (TRIGRAMS - 1);
}

function ofFour(last: number): number {
  return TRIGRAMS + (Math.imul(last, SPREAD) >>> 16);
}

function set(grams: Uint32Array, place: number): void {
  grams[place >> 5] = (grams[place >> 5] as number) | (1 << (place & 31));
}

function has(grams: Uint32Array, place: number): boolean {
  return (((grams[place >> 5] as number) >> (place & 31)) & 1) === 1;
}
