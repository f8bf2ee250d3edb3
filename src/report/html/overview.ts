import { isBlocker } from "../../engine/findings.ts";
import { type NextBand, nextFixes } from "../../engine/next-fixes.ts";
import type { Review } from "../../engine/review.ts";
import type { Assessment } from "../../policy/assessment.ts";
import { placesOf, shownGain, shownReach } from "../findings.ts";
import { legible } from "../legible.ts";
import type { Links, ReportContext } from "../publish-context.ts";
import { bar } from "./drawings.ts";
import { REPAIR, ruleLink, where } from "./findings.ts";
import { type Content, type Html, html, prose } from "./markup.ts";
import type { Section } from "./section.ts";

/** Fixes that are told of first; all of them stand with their findings. */
const FIXES = 6;
/** Fixes that are named again as the way to the next band. */
const NAMED = 8;

/** What to do next, and where the score comes from. */
export function overview({ review }: Assessment, links: ReportContext): readonly Section[] {
  const next = nextSection(review, links);
  const scores =
    review.score === null ? [] : [{ id: "categories", heading: "Categories", content: categoryTable(review) }];
  const components =
    review.components.length < 2 ? [] : [{ id: "components", heading: "Components", content: componentTable(review) }];
  return [...next, ...scores, ...components];
}

function nextSection(review: Review, links: ReportContext): readonly Section[] {
  const { fixes: all, nextBand } = nextFixes(review, new Set(links.repairs?.map(({ ruleId }) => ruleId)));
  const fixes = all.filter(({ result }) => shownGain(result) !== "");
  if (fixes.length === 0) return [];
  const content = html`<p class="note">What gains the most points for the least effort comes first; the points are exact.</p>
<ol class="next">
${fixes.slice(0, FIXES).map(
  ({ result, effort }) => html`<li><span class="gain">${shownGain(result)}</span><div>
<p>${isBlocker(result) && html`<span class="chip blocker">blocker</span> `}<a href="#${result.id}">${result.title}</a> ${firstPlace(placesOf(result).map(({ path, line }) => (path === null ? null : where(path, line, links))))}${effort === "repair" && html` ${REPAIR}`}</p>
<p class="note">${prose(result.fix)}</p>
</div></li>
`,
)}</ol>
${fixes.length > FIXES && html`<p class="note">${fixes.length - FIXES} more stand below with their findings.</p>`}
${nextBand && bandNote(nextBand, links)}`;
  return [{ id: "next", heading: "What to do next", content }];
}

function bandNote({ from, fixes, score }: NextBand, links: Links): Html {
  const names =
    fixes.length > NAMED
      ? `the ${fixes.length} rules that gain most`
      : joined(fixes.map(({ result }) => ruleLink(result, links)));
  return html`<p class="note">The shortest way to ${from} is ${names}: then the score is ${shownReach(score)}.</p>`;
}

function firstPlace(places: readonly (Html | null)[]): Content {
  const [first] = places.filter((place) => place !== null);
  if (!first) return null;
  return [first, places.length > 1 && html` <span class="note">and ${places.length - 1} more</span>`];
}

function joined(parts: readonly Html[]): Content {
  return parts.map((part, index) => [index > 0 && ", ", part]);
}

function categoryTable({ categories }: Review): Html {
  const rows = categories.filter(({ weight }) => weight > 0);
  return html`<table class="scores">
<caption>Score of each category, and how much it counts in this profile.</caption>
<thead><tr><th scope="col">Category</th><td></td><th scope="col" class="number">Score</th><th scope="col" class="number">Weight</th></tr></thead>
<tbody>
${rows.map(
  ({ id, score, weight }) =>
    html`<tr><th scope="row">${id}</th>${scoreCells(score)}<td class="number">${Math.round(weight)} %</td></tr>
`,
)}</tbody>
</table>`;
}

function componentTable({ components }: Review): Html {
  return html`<table class="scores">
<caption>The score of the repository is the mean of its components, weighted by the logarithm of their lines of Python.</caption>
<thead><tr><th scope="col">Component</th><td></td><th scope="col" class="number">Score</th><th scope="col" class="number">Lines</th></tr></thead>
<tbody>
${components.map(
  ({ root, profile, score, lines }) =>
    html`<tr><th scope="row">${root === "" ? "the root" : html`<code>${legible(root)}</code>`} <span class="note">${profile === "none" ? "no Python" : profile}</span></th>${scoreCells(score)}<td class="number">${lines.toLocaleString("en")}</td></tr>
`,
)}</tbody>
</table>`;
}

function scoreCells(score: number | null): Html {
  if (score === null) return html`<td colspan="2" class="number note">not assessed</td>`;
  return html`<td class="drawn">${bar(score)}</td><td class="number">${Math.floor(score)}</td>`;
}
