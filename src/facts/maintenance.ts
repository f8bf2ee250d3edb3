import type { Reading } from "../snapshot/settings.ts";
import { defineFact } from "./fact.ts";
import { readme } from "./readme.ts";

/** How long ago something last happened in a repository. */
export interface Maintenance {
  readonly archived: boolean;
  /** Whole days, counted to the day of the review. */
  readonly age: number;
  readonly quiet: number;
  /** The README says that the project is finished, or kept up and no more. */
  readonly isStated: { readonly path: string } | undefined;
}

const STATED =
  /\b(maintenance[- ]mode|feature[- ](complete|freeze)|(is|considered) (complete|finished|stable|mature)\b|only (bug|security) ?fixes|bug ?fixes only)/i;
/** Characters of a README in which its state is told. */
const BEGINNING = 5000;
const DAY_MS = 86_400_000;

/** Whether anybody is at work here. */
export const maintenance = defineFact({
  spans: "repository",
  isOfToday: true,
  uses: { readme },
  combine: ({ settings: { activity }, date, uses: { readme: found } }): Reading<Maintenance> => {
    if (!activity.known) return activity;
    const { archived, createdAt, lastAt } = activity.value;
    const daysSince = (time: string): number => Math.max(0, Math.floor((Date.parse(date) - Date.parse(time)) / DAY_MS));
    const { path, text = "" } = found.readme ?? {};
    return {
      known: true,
      value: {
        archived,
        age: daysSince(createdAt),
        quiet: daysSince(lastAt ?? createdAt),
        isStated: path !== undefined && STATED.test(text.slice(0, BEGINNING)) ? { path } : undefined,
      },
    };
  },
});
