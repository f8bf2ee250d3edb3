import { isBlocker } from "../../engine/findings.ts";
import type { Remark, RuleResult } from "../../engine/review.ts";
import type { Assessment } from "../../policy/assessment.ts";
import { changeOf } from "../change.ts";
import { count, placesOf, shownGain, toFix } from "../findings.ts";
import { legible } from "../legible.ts";
import type { Links, ReportContext } from "../publish-context.ts";
import { type Html, html, prose, sentence } from "./markup.ts";
import type { Section } from "./section.ts";

/** Places of one rule that are listed; the rest is counted. */
const PLACES = 50;

/** The mark of a finding that pyready can mend by itself. */
export const REPAIR = html`<span class="chip repair">repair ready</span>`;

/** The mark of a rule that finds something new in a change. */
const NEW = html`<span class="chip new">new</span>`;

/** What fails or holds in part: what blocks first, then the rest, then what a base has and the head has not. */
export function findingSections(assessment: Assessment, links: ReportContext): readonly Section[] {
  const { review, comparison } = assessment;
  const isNew = newIn(assessment);
  const results = toFix(review);
  const blocking = results.filter(isBlocker);
  const others = results.filter((result) => !isBlocker(result));
  const fixed = comparison?.fixed ?? [];
  return [
    part(
      "blocking",
      "Blocking",
      blocking.map((result) => finding(result, links, isNew(result), true)),
    ),
    part(
      "to-improve",
      "To improve",
      others.map((result) => finding(result, links, isNew(result), false)),
    ),
    part(
      "fixed",
      "Fixed by this change",
      [
        html`<ul class="places">${fixed
          .slice(0, PLACES)
          .map(
            ({ result, evidence }) =>
              html`<li>${evidence?.path != null && [where(evidence.path, evidence.line, {}), " "]}${result.title}</li>`,
          )}</ul>
${fixed.length > PLACES && html`<p class="note">and ${fixed.length - PLACES} more</p>`}`,
      ].slice(fixed.length > 0 ? 0 : 1),
    ),
  ].flat();
}

/** The page of a rule. */
export function ruleLink({ id }: Pick<RuleResult, "id">, { docsUrl }: Pick<Links, "docsUrl">): Html {
  // A rule of the organisation's own has no page.
  if (id.startsWith("own/")) return html`<code>${id}</code>`;
  return html`<a href="${docsUrl}/${id}.md"><code>${id}</code></a>`;
}

/** A place: a link where the files' address is known. */
export function where(path: string, line: number | null, { filesUrl }: Pick<Links, "filesUrl">): Html {
  const shown = html`<code>${legible(path)}${line !== null && `:${line}`}</code>`;
  if (filesUrl === undefined) return shown;
  const address = path.toWellFormed().split("/").map(encodeURIComponent).join("/");
  return html`<a href="${filesUrl}/${address}${line !== null && `#L${line}`}">${shown}</a>`;
}

function part(id: string, heading: string, contents: readonly Html[]): readonly Section[] {
  return contents.length === 0 ? [] : [{ id, heading, content: html`${contents}` }];
}

/** Which rules find something that the change brings; without a base nothing is told of that. */
function newIn(assessment: Assessment): (result: RuleResult) => boolean {
  const { newBlockers, newWarnings } = changeOf(assessment);
  const ids = new Set([...newBlockers, ...newWarnings].map(({ result }) => result.id));
  return ({ id }) => assessment.comparison !== null && ids.has(id);
}

function finding(result: RuleResult, links: ReportContext, isNew: boolean, isOpen: boolean): Html {
  const places = placesOf(result).filter(({ path, message }) => path !== null || message !== "");
  const grade = isBlocker(result) ? "blocker" : result.severity;
  const more = [
    result.outcome === "partial" ? "holds in part" : "",
    shownGain(result) && `${shownGain(result)} points`,
    places.length > 1 ? count(places.length, "place") : "",
  ].filter(Boolean);
  const repair = links.repairs?.find(({ ruleId }) => ruleId === result.id);
  return html`<details${isOpen && html` open`}>
<summary><span class="chip ${grade}">${grade}</span> ${isNew && NEW} <h3>${result.title}</h3> ${repair !== undefined && REPAIR} <span class="more">${more.join(" · ")}</span></summary>
<div class="inside" id="${result.id}">
<p>${ruleLink(result, links)}</p>
<dl><dt>Why</dt> <dd>${prose(result.why)}</dd> <dt>Fix</dt> <dd>${prose(result.fix)}</dd></dl>
${repair !== undefined && html`<p class="note"><code>pyready fix --rule ${result.id}</code> ${repair.isWhole ? "mends it" : "mends it in part"}: the change was tried on this commit, and no rule gets worse by it.</p>`}
${places.length > 0 && html`<ul class="places">${places.slice(0, PLACES).map((place) => placeItem(place, links))}</ul>`}
${places.length > PLACES && html`<p class="note">and ${places.length - PLACES} more places</p>`}
</div>
</details>
`;
}

function placeItem({ path, line, message }: Remark, links: Links): Html {
  return html`<li>${path !== null && [where(path, line, links), " "]}${sentence(message)}</li>`;
}
