import type { AnyFact, FoundPlace, Silenced } from "../facts/fact.ts";
import { closureOf } from "./closure.ts";

/** What decides what is silenced, and remembers what it silenced. */
export interface Silencing {
  readonly silenced: Silenced;
  /** The places that were silenced so far, by their keys, with what told of them. */
  readonly places: ReadonlyMap<string, "place" | "path" | null>;
}

/** What the commit itself silences is silenced. */
export function asWritten(): Silencing {
  return remembering((_, by) => by !== null);
}

/** Only these places are silenced, by their keys. */
export function onlyAt(keys: ReadonlySet<string>): Silencing {
  return remembering((key) => keys.has(key));
}

/** As written but for the places that a change silences itself; and what the base silenced, wherever it stands now. */
export function asAtBase(stood: ReadonlySet<string>, added: ReadonlySet<string>): Silencing {
  return remembering((key, by) => stood.has(key) || (by !== null && !added.has(key)));
}

function remembering(isSilenced: (key: string, by: "place" | "path" | null) => boolean): Silencing {
  const places = new Map<string, "place" | "path" | null>();
  return {
    places,
    silenced(place, by) {
      const key = keyOf(place);
      const is = isSilenced(key, by);
      if (is) places.set(key, by);
      return is;
    },
  };
}

/** What a place is known by within one commit. */
export function keyOf({ path, line, mark }: { readonly [Key in keyof FoundPlace]?: FoundPlace[Key] | null }): string {
  return JSON.stringify([path, line, mark ?? null]);
}

const known = new WeakMap<AnyFact, boolean>();

/** True for a fact that tells something else where other findings are silenced. */
export function canBeSilenced(fact: AnyFact): boolean {
  const can = known.get(fact) ?? closureOf([fact]).some((one) => one.canBeSilenced);
  known.set(fact, can);
  return can;
}
