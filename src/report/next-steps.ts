import type { Fix, NextBand, NextFixes } from "../engine/next-fixes.ts";
import { count, shownGain, shownReach } from "./findings.ts";
import { cellProse, type Markdown, place } from "./markdown.ts";
import type { Links } from "./publish-context.ts";
import { ruleLink } from "./sections.ts";

/** Fixes that are worth a row. */
const SHOWN = 5;
/** Rules that are named on the way to the next band. */
const NAMED = 8;

/** What stands above the rows of the fixes: the shortest way to the next band, "To reach 85: a and b (to 86.2)". */
export function fixesLead(fixes: NextFixes, links: Links): readonly Markdown[] {
  return [...nextBandLine(fixes, links), "| Fix, the best for its effort first | Gain |", "|---|---:|"];
}

/** The best fixes, by gain for the effort: what will be true, by which rule, where, and what it gains. */
export function fixRows({ fixes }: NextFixes, links: Links): readonly Markdown[] {
  return fixes
    .slice(0, SHOWN)
    .filter(({ result }) => shownGain(result) !== "")
    .map((fix) => {
      const { result } = fix;
      const what = `${cellProse(result.title)}<br>${ruleLink(result, links)} · ${whereOf(fix, links)}`;
      return `| ${what} | ${shownGain(result)} |`;
    });
}

function nextBandLine({ nextBand }: NextFixes, links: Links): readonly Markdown[] {
  if (nextBand === null) return [];
  const { from, fixes, score } = nextBand;
  const named = fixes.length > NAMED ? `the ${fixes.length} rules that gain most` : listed(nextBand, links);
  return [`The shortest way to ${from} is ${named}: then the score is ${shownReach(score)}.`, ""];
}

function listed({ fixes }: NextBand, links: Links): Markdown {
  const names = fixes.map(({ result }) => ruleLink(result, links));
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function whereOf({ result: { evidence }, effort }: Fix, { filesUrl }: Links): Markdown {
  const places = evidence.filter(({ path }) => path !== null);
  const first = places[0];
  const where =
    places.length === 1 && first
      ? place(first.path, first.line, filesUrl)
      : places.length > 1
        ? count(places.length, "place")
        : "the repository";
  return effort === "repair" ? `${where}, a repair is ready` : where;
}
