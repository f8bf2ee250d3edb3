import { defineFact } from "./fact.ts";
import { readme } from "./readme.ts";

/** A line of the README that puts a number to speed. */
export interface PerformanceClaim {
  readonly path: string;
  readonly line: number;
}

const LONGEST = 1000;
const TARGET =
  /\b(latenc(y|ies)|response times?|throughput|p9[059]|requests? (per|a) second|(req|requests)\/s(ec)?|rps|qps|faster)\b/i;
const NUMBER = /\d\s?(ms|milliseconds?|µs|s|sec|seconds?|rps|qps|requests?|req|reqs|x|×|times)(?![\w-])|\d\s?\/\s?s\b/i;

/** What the README says of latency, throughput or speed, in numbers; code and badges are no claims. */
export const performanceClaims = defineFact({
  spans: "repository",
  uses: { readme },
  combine: ({ uses }): readonly PerformanceClaim[] => {
    const found = uses.readme.readme;
    let fenced = false;
    return (found?.text.split(/\r?\n/) ?? []).flatMap((raw, index) => {
      if (/^\s*(```|~~~)/.test(raw)) fenced = !fenced;
      const text = raw.slice(0, LONGEST).replace(/!?\[[^\]]*\]\([^)]*\)|https?:\/\/\S+|`[^`]*`/g, " ");
      return !fenced && found && TARGET.test(text) && NUMBER.test(text) ? [{ path: found.path, line: index + 1 }] : [];
    });
  },
});
