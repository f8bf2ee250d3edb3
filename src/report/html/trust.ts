import type { RuleResult } from "../../engine/review.ts";
import type { Assessment } from "../../policy/assessment.ts";
import { percent, unjudged } from "../findings.ts";
import { legible } from "../legible.ts";
import type { Links } from "../publish-context.ts";
import { ruleLink, where } from "./findings.ts";
import { type Content, html, sentence } from "./markup.ts";
import type { Section } from "./section.ts";

const UNREADABLE = 20;

/** How far the report can be trusted: what was waived, not evaluated, and looked at. */
export function trustSections(assessment: Assessment, links: Links): readonly Section[] {
  const { review, notices } = assessment;
  const waived = review.rules.filter(({ outcome }) => outcome === "waived");
  const unknown = unjudged(review);
  const holds = review.rules.filter(({ outcome }) => outcome === "pass");
  const skipped = review.rules.filter(({ outcome }) => outcome === "skip");
  return [
    section("notices", "About the policy", notices.length > 0 && noticeList(assessment)),
    section(
      "waived",
      "Waived",
      waived.length > 0 && reasonTable("Waived findings count neither for nor against the score.", waived, links),
    ),
    section(
      "not-evaluated",
      "Not evaluated, and why",
      unknown.length > 0 &&
        reasonTable(
          "These rules apply and could not be judged; they count neither for nor against the score.",
          unknown,
          links,
        ),
    ),
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

function reasonTable(caption: string, rules: readonly RuleResult[], links: Links): Content {
  return html`<table>
<caption>${caption}</caption>
<thead><tr><th scope="col">Rule</th><th scope="col">Reason</th></tr></thead>
<tbody>
${rules.map(
  (
    rule,
  ) => html`<tr><th scope="row">${rule.title}<br>${ruleLink(rule, links)}</th><td>${sentence(rule.reason ?? "")}</td></tr>
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
    ["Files", `${files} paths${complete ? "" : " (the tree could not be listed whole)"}, ${read} files read`],
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
