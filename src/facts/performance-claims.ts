import { documents } from "./documents.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { readme } from "./readme.ts";
import { serviceTargets } from "./service-targets.ts";

/** A line that puts a number to speed. */
export interface PerformanceClaim {
  readonly path: string;
  readonly line: number;
}

export interface PerformanceClaims {
  /** In the README, the documents on goals, and the targets of the service. */
  readonly stated: readonly PerformanceClaim[];
  readonly unread: readonly UnreadFile[];
}

const LONGEST = 1000;
const TARGET =
  /\b(latenc(y|ies)|response times?|throughput|p9[059]|requests? (per|a) second|(req|requests)\/s(ec)?|rps|qps|faster)\b/i;
const NUMBER = /\d\s?(ms|milliseconds?|µs|s|sec|seconds?|rps|qps|requests?|req|reqs|x|×|times)(?![\w-])|\d\s?\/\s?s\b/i;
const ON_GOALS = /^(goals|targets)$/;

/** What is said of latency, throughput or speed in numbers; code, badges and addresses are no claims. */
export const performanceClaims = defineFact({
  spans: "repository",
  uses: { readme, documents, serviceTargets },
  combine: ({ uses }): PerformanceClaims => {
    const { readme: found, unread } = uses.readme;
    const isOnGoals = ({ topics }: { readonly topics: readonly string[] }) =>
      topics.some((topic) => ON_GOALS.test(topic));
    const targets = (["latency", "throughput"] as const).flatMap((kind) => uses.serviceTargets.written.get(kind) ?? []);
    const inGoals = uses.documents.all
      .filter(isOnGoals)
      .flatMap(({ path, sections }) =>
        sections.flatMap(({ lines }) => lines.filter(({ text }) => isClaim(text)).map(({ line }) => ({ path, line }))),
      );
    return {
      stated: [...targets, ...inGoals, ...(found ? claimsIn(found.path, found.text) : [])],
      unread: [...unread, ...uses.documents.unread.filter(isOnGoals)],
    };
  },
});

function claimsIn(path: string, text: string): readonly PerformanceClaim[] {
  let fenced = false;
  return text.split(/\r?\n/).flatMap((raw, index) => {
    if (/^\s*(```|~~~)/.test(raw)) fenced = !fenced;
    return !fenced && isClaim(raw) ? [{ path, line: index + 1 }] : [];
  });
}

function isClaim(raw: string): boolean {
  const text = raw.slice(0, LONGEST).replace(/!?\[[^\]]*\]\([^)]*\)|https?:\/\/\S+|`[^`]*`/g, " ");
  return TARGET.test(text) && NUMBER.test(text);
}
