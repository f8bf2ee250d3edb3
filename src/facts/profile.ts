import type { Profile } from "../rule.ts";
import { defineFact } from "./fact.ts";
import { pyprojects } from "./pyprojects.ts";
import { pythonFiles } from "./python-files.ts";

export interface ProfileFound {
  readonly id: Profile | "none";
  /** What told it, with the points each gave. */
  readonly signals: readonly { readonly points: number; readonly sentence: string; readonly path: string | null }[];
}

/** What kind of thing a component is, by points for signals. */
export const profile = defineFact({
  uses: { pyprojects, pythonFiles },
  combine: ({ uses }): ProfileFound => {
    if (uses.pythonFiles.paths.length === 0) return { id: "none", signals: [] };
    return { id: "library", signals: [] };
  },
});
