import { sectionsOn } from "./documents/sections.ts";
import { documents, type Section } from "./documents.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { folderOf, nameOf } from "./tree.ts";

export interface ContributionGuide {
  readonly path: string;
  readonly line: number;
  /** It says how changes are tested. */
  readonly saysTests: boolean;
  /** It says how a change is proposed and accepted. */
  readonly saysReview: boolean;
  /** It leads to a guide that is elsewhere. */
  readonly leadsElsewhere: boolean;
  readonly isEmpty: boolean;
  readonly cut: boolean;
}

export interface ContributionGuides {
  /** The file that GitHub shows, else what the README or the documentation says. */
  readonly guide: ContributionGuide | undefined;
  readonly unread: readonly UnreadFile[];
}

const TESTS = /\btest(s|ing|ed)?\b|\bpytest\b|\btox\b|\bnox\b|\bci\b|\blint|\bpre-commit\b/i;
const REVIEW =
  /\bpull[- ]requests?\b|\bmerge[- ]requests?\b|\bPRs?\b|\bMRs?\b|\breview|\bpatch(es)?\b|\bgerrit\b|\bfork (the|this|our)\b|\bmerged?\b/i;
const ON_DEVELOPMENT = /contribut|develop|hacking|local set-?up|running (the )?tests|testing/i;
/** A link to another page, and the words that say that a guide is there. */
const LINK = /https?:\/\/|[^!]?\[[^\]]+\](\((?!#)|\[)|\.(md|rst)\b|:doc:|\.\. include::/;
const GUIDE = /contribut(ing|ion|or)|developer|development|guidelines?|hacking/i;
const FOLDERS = [".github", "", "docs"];
/** Letters that are enough to say something, and so few that a link is what matters. */
const SOMETHING = 40;
const SHORT = 500;

/** How to propose a change, and what is required of it. */
export const contributionGuide = defineFact({
  spans: "repository",
  uses: { documents },
  combine: ({ uses }): ContributionGuides => {
    const onTopic = uses.documents.all.filter(({ topics }) => topics.includes("contributing"));
    const shown = onTopic
      .filter(({ path }) => /^contributing\b/i.test(nameOf(path)) && FOLDERS.includes(folderOf(path).toLowerCase()))
      .sort(
        (a, b) => FOLDERS.indexOf(folderOf(a.path).toLowerCase()) - FOLDERS.indexOf(folderOf(b.path).toLowerCase()),
      );
    const [file] = shown;
    const [page] = onTopic;
    const { readme } = uses.documents;
    const inReadme = readme ? sectionsOn(readme.sections, ON_DEVELOPMENT) : [];
    const all = [
      ...(file ? [guideIn(file.path, 1, file.sections, file.cut)] : []),
      ...(page
        ? [
            guideIn(
              page.path,
              1,
              onTopic.flatMap(({ sections }) => sections),
              page.cut,
            ),
          ]
        : []),
      // What a README says of development is a guide only where it says what is asked for.
      ...(readme && inReadme[0] ? [guideIn(readme.path, inReadme[0].line, inReadme, readme.cut)] : []).filter(isGuide),
    ];
    return {
      guide: all.find(({ isEmpty }) => !isEmpty) ?? all[0],
      unread: uses.documents.unread.filter(
        ({ topics }) => topics.includes("contributing") || topics.includes("readme"),
      ),
    };
  },
});

function guideIn(path: string, line: number, sections: readonly Section[], cut: boolean): ContributionGuide {
  const lines = sections.flatMap((section) => [section.title, ...section.lines.map(({ text }) => text)]);
  const letters = lines.reduce((sum, text) => sum + (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0);
  const says = (pattern: RegExp): boolean => lines.some((text) => pattern.test(text));
  const leads = lines.some((text) => LINK.test(text) && (letters < SHORT || GUIDE.test(text)));
  return {
    path,
    line,
    saysTests: says(TESTS),
    saysReview: says(REVIEW),
    leadsElsewhere: leads,
    isEmpty: letters < SOMETHING && !leads,
    cut,
  };
}

function isGuide({ saysTests, saysReview, leadsElsewhere }: ContributionGuide): boolean {
  return saysTests || saysReview || leadsElsewhere;
}
