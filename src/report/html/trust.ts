import type { Evidence, Review, RuleResult, Waived } from "../../engine/review.ts";
import type { Assessment } from "../../policy/assessment.ts";
import { count, percent, unjudged, unjudgedByReason } from "../findings.ts";
import { legible, MAX_REASON } from "../legible.ts";
import type { Links } from "../publish-context.ts";
import { ruleLink, where } from "./findings.ts";
import { type Content, html, sentence } from "./markup.ts";
import type { Section } from "./section.ts";

const UNREADABLE = 20;
const WAIVED = 100;

/** How far the report can be trusted: what was waived, not evaluated, and looked at. */
export function trustSections(assessment: Assessment, links: Links): readonly Section[] {
  const { review, notices } = assessment;
  const waived = review.rules.flatMap((rule) => rule.waived.map((finding) => ({ rule, finding })));
  const suppressed = review.rules.flatMap((rule) => rule.suppressed.map((finding) => ({ rule, finding })));
  const unknown = unjudged(review);
  const holds = review.rules.filter(({ outcome }) => outcome === "pass");
  const skipped = review.rules.filter(({ outcome }) => outcome === "skip");
  return [
    section("notices", "About the policy", notices.length > 0 && noticeList(assessment)),
    section("waived", "Waived", waived.length > 0 && waivedTable(waived, links)),
    section("suppressed", "Suppressed beside the code", suppressed.length > 0 && suppressedList(suppressed, links)),
    section(
      "not-evaluated",
      "Not evaluated, and why",
      unknown.length > 0 &&
        reasonTable(
          "These rules apply and could not be judged; they count neither for nor against the score.",
          review,
          links,
        ),
    ),
    section("previews", "New in the rule set", review.previews.length > 0 && previewList(review, links)),
    section("other-rules", "The other rules", [
      folded(`Rules that hold (${holds.length})`, holds, links),
      folded(`Rules that do not apply (${skipped.length})`, skipped, links),
    ]),
    section("looked-at", "What was looked at", lookedAt(assessment)),
  ].flat();
}

function section(id: string, heading: string, content: Content): readonly Section[] {
  return content === false ? [] : [{ id, heading, content: html`${content}` }];
}

function noticeList({ notices }: Assessment): Content {
  return html`<ul class="places">${notices.map(({ path, line, message }) => html`<li>${path !== null && [where(path, line, {}), " "]}${sentence(message)}</li>`)}</ul>`;
}

function waivedTable(
  waived: readonly { readonly rule: RuleResult; readonly finding: Waived }[],
  links: Links,
): Content {
  return html`<table>
<caption>Findings that are accepted for a while: they count neither for nor against the score.</caption>
<thead><tr><th scope="col">Rule</th><th scope="col">Reason</th><th scope="col">Until</th></tr></thead>
<tbody>
${waived.slice(0, WAIVED).map(
  ({ rule, finding: { path, line, reason, owner, expires } }) => html`<tr><th scope="row">${rule.title}<br>${
    path === null ? ruleLink(rule, links) : where(path, line, links)
  }</th><td>${sentence(reason, MAX_REASON)} <span class="note">${legible(owner)}</span></td><td>${expires}</td></tr>
`,
)}</tbody>
</table>
${waived.length > WAIVED && html`<p class="note">and ${waived.length - WAIVED} more</p>`}`;
}

function suppressedList(
  suppressed: readonly { readonly rule: RuleResult; readonly finding: Evidence }[],
  links: Links,
): Content {
  return html`<p class="note">Comments in the code, or lists of other tools, say to pass over these: they are in no sum.</p>
<ul class="places">${suppressed.slice(0, WAIVED).map(
    ({ rule, finding: { path, line, message } }) =>
      html`<li>${path !== null && [where(path, line, links), " "]}${sentence(message)} <span class="note">${ruleLink(rule, links)}</span></li>
`,
  )}</ul>
${suppressed.length > WAIVED && html`<p class="note">and ${suppressed.length - WAIVED} more</p>`}`;
}

function previewList({ previews }: Review, links: Links): Content {
  return html`<p class="note">These rules do not count yet: they do from the rule set after the one that they came with.</p>
<ul class="places">${previews.map(
    (preview) => html`<li>${preview.title} <span class="note">${ruleLink(preview, links)} ${preview.outcome}${
      preview.findings > 0 && `, ${count(preview.findings, "finding")}`
    }</span></li>
`,
  )}</ul>`;
}

function reasonTable(caption: string, review: Review, links: Links): Content {
  return html`<table>
<caption>${caption}</caption>
<thead><tr><th scope="col">Reason</th><th scope="col">Rules</th></tr></thead>
<tbody>
${[...unjudgedByReason(review)].map(
  ([reason, rules]) => html`<tr><th scope="row">${sentence(reason)}</th><td>${rules.map((rule, index) => [
    index > 0 && html`<br>`,
    html`${rule.title} <span class="note">${ruleLink(rule, links)}</span>`,
  ])}</td></tr>
`,
)}</tbody>
</table>`;
}

function folded(heading: string, rules: readonly RuleResult[], links: Links): Content {
  return (
    rules.length > 0 &&
    html`<details><summary><h3>${heading}</h3></summary><div class="inside"><ul class="places">${rules.map(
      (
        rule,
      ) => html`<li>${rule.title} <span class="note">${ruleLink(rule, links)} ${rule.reason && sentence(rule.reason)}</span></li>
`,
    )}</ul></div></details>`
  );
}

function lookedAt({ review }: Assessment): Content {
  const { files, read, sources, complete, unreadable } = review.lookedAt;
  const facts: readonly (readonly [string, Content])[] = [
    ["Commit", review.commit === null ? "a working tree" : html`<code>${review.commit}</code>`],
    [
      "Profile",
      [
        review.profile,
        review.profileEvidence.map(({ path, message }, index) => [
          index === 0 ? ": " : "; ",
          sentence(message),
          path !== null && [" (", where(path, null, {}), ")"],
        ]),
      ],
    ],
    ["Coverage", `${percent(review.coverage)}: the share of what applies that could be assessed`],
    [
      "Files",
      `${count(files, "path")}${complete ? "" : " (the tree could not be listed whole)"}, ${count(read, "file")} read`,
    ],
    ["Python", `${sources.read} of ${sources.of} files that are shipped were read`],
    ["Rules", review.ruleSet],
    ["Dates counted from", review.date],
  ];
  return html`<dl class="facts">
${facts.map(
  ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`,
)}</dl>
${
  unreadable.length > 0 &&
  html`<h3>Files that could not be read</h3>
<ul class="places">${unreadable.slice(0, UNREADABLE).map(({ path, reason }) => html`<li>${where(path, null, {})} ${legible(reason)}</li>`)}</ul>
${unreadable.length > UNREADABLE && html`<p class="note">and ${unreadable.length - UNREADABLE} more</p>`}`
}`;
}
