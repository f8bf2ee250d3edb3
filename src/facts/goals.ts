import { sectionsOn } from "./documents/sections.ts";
import { documents } from "./documents.ts";
import { defineFact, type UnreadFile } from "./fact.ts";

export type GoalPart =
  | "the problem that it solves"
  | "the main workflows"
  | "the expected scale"
  | "the regulatory scope";

const PROBLEM: GoalPart = "the problem that it solves";

export interface Goals {
  /** The parts that are stated, each with its place. */
  readonly stated: ReadonlyMap<GoalPart, { readonly path: string; readonly line: number }>;
  readonly readme: string | undefined;
  readonly unread: readonly UnreadFile[];
}

/** Which sections may state a part, and the words by which they do. */
const PARTS: Readonly<Record<GoalPart, readonly [title: RegExp, words: RegExp]>> = {
  "the problem that it solves": [
    /goal|objective|purpose|vision|mission|motivation|background|problem|about|overview|what is|\bwhy\b|role|scope|audience|users?|introduc|description/i,
    // A sentence, whatever it says: what a project is for is told in as many words as there are projects.
    /^(?!\s*(\[?!\[|<|\.\. |:\w+:|[-*] \[|\[[^\]]*\]:)).{0,20}\p{L}.{40}/u,
  ],
  "the main workflows": [
    /goal|use[- ]?cases?|workflows?|scenarios?|user stor|journeys?|features|requirements|what (it|you) (does|can)|capabilities|functional|how it works|scope/i,
    /\S/,
  ],
  "the expected scale": [
    /goal|objective|requirements|scale|capacity|load|performance|volume|sizing|non[- ]?functional|scope|slos?|targets?/i,
    /\b\d[\d,. ]*\s?[km]?\+?\s?(\w+ ){0,2}(users?|customers?|requests?|rps|qps|tps|orders|records|rows|devices|tenants|jobs|events|messages|documents|gb|tb|transactions|concurrent|clients|nodes)\b/i,
  ],
  "the regulatory scope": [
    /goal|complian|regulat|privacy|security|requirements|scope|legal|data protection|gdpr|hipaa/i,
    /\b(hipaa|pci|gdpr|soc ?2|iso ?27001|fedramp|ccpa|cpra|fisma|nist 800|dora|nis ?2|ferpa|coppa|glba|sox)\b|\b(no|not|without) (any )?(regulated|personal|sensitive)\b|\bregulatory\b/i,
  ],
};

/** Which of the goals are written down, in a document on goals or in the README. */
export const goals = defineFact({
  spans: "repository",
  uses: { documents },
  combine: ({ uses }): Goals => {
    const { readme, overviews, all, unread } = uses.documents;
    const stated = new Map<GoalPart, { readonly path: string; readonly line: number }>();
    const onGoals = all.filter(({ topics }) => topics.includes("goals") || topics.includes("targets"));
    for (const [part, [title, words]] of Object.entries(PARTS) as [GoalPart, (typeof PARTS)[GoalPart]][]) {
      const inDocument = onGoals.flatMap(({ path, sections }) =>
        sections.flatMap((section) =>
          part === "the main workflows" && !title.test(section.title)
            ? []
            : section.lines.map((line) => ({ path, ...line })),
        ),
      );
      const inOverviews = overviews.flatMap(({ path, sections }) => {
        const introduction = part === PROBLEM ? sections.slice(0, 3) : [];
        return [...introduction, ...sectionsOn(sections, title)].flatMap(({ lines }) =>
          lines.map((line) => ({ path, ...line })),
        );
      });
      const found = [...inDocument, ...inOverviews].find(({ text }) => words.test(text.slice(0, 1000)));
      if (found) stated.set(part, { path: found.path, line: found.line });
    }
    return {
      stated,
      readme: readme?.path,
      unread: unread.filter(({ topics }) => topics.some((topic) => /goals|readme|general/.test(topic))),
    };
  },
});
