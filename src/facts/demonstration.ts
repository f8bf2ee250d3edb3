import { documents } from "./documents.ts";
import { defineFact } from "./fact.ts";

/** The place that says that the repository shows how something is done, and that nobody depends on it. */
export interface Demonstration {
  readonly path: string;
  readonly line: number;
}

const SORT = "(?:example|demo|demonstration|sample|tutorial|quickstart|toy)";
const THING =
  "(?:apps?|applications?|projects?|sites?|websites?|stores?|shops?|blogs?|services?|code|codebase|repo|repository)";
/** The title: `Flask demo app`, `Queue examples`. */
const IN_TITLE = new RegExp(`(?:^|[^\\w.])${SORT}s?(?: ${THING})?\\W*$`, "i");
/** A sentence: what it is, in at most a few words without a preposition before the sort. */
const IN_TEXT = new RegExp(
  `\\b(?:is|are|contains?|holds?) (?:an? |the |some )?(?:(?!with\\b|for\\b|of\\b|that\\b|no\\b|not\\b)[\\w-]{1,30} ){0,4}${SORT} (?:[\\w-]{1,30} )?${THING}\\b` +
    "|\\b(?:this|repo|repository|project) [\\w ,-]{0,60}\\bshow(?:s|ing) how (?:to|you)\\b" +
    "|\\b(?:full|online|video|free|complete)? ?course to (?:teach|learn)\\b" +
    "|\\baccompan(?:ies|ying) [^.]{0,80}\\b(?:guide|course|book|tutorial|workshop)\\b" +
    `|^\\W*(?:an? )?(?:[\\w-]{1,30} )?${SORT} (?:[\\w-]{1,30} ){0,2}${THING}\\b`,
  "i",
);
/** The introduction: what stands before the title and below it, and lines in which a README has said what it is. */
const SECTIONS = 3;
const INTRODUCTION = 12;
const LONGEST = 500;

/** Whether the README introduces the repository as a demonstration, an example or the companion of a tutorial. */
export const demonstration = defineFact({
  spans: "repository",
  uses: { documents },
  combine: ({ uses }): Demonstration | undefined => {
    const { readme } = uses.documents;
    if (!readme) return undefined;
    const title =
      readme.sections.find(({ level }) => level === 1) ?? readme.sections.find(({ title: text }) => text !== "");
    if (title && IN_TITLE.test(title.title)) return { path: readme.path, line: title.line };
    const opening = readme.sections
      .slice(0, SECTIONS)
      .flatMap(({ lines }) => lines)
      .slice(0, INTRODUCTION);
    const found = opening.find(({ text }) => IN_TEXT.test(text.slice(0, LONGEST).replace(/[*_`]/g, "")));
    return found && { path: readme.path, line: found.line };
  },
});
