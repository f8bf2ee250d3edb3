import {
  type EvidencePack,
  groundOf,
  type PackAttestation,
  type PackControl,
  type PackRule,
  SUPPRESSED,
} from "../../compliance/pack.ts";
import { count } from "../findings.ts";
import { where } from "../html/findings.ts";
import { type Content, type Html, html, sentence } from "../html/markup.ts";
import { htmlPage } from "../html/page.ts";
import { legible } from "../legible.ts";

/** A pack as one page for people. */
export function evidenceHtml(pack: EvidencePack): string {
  const { regime, repository, date, ruleSet, madeAt, disclaimer } = pack;
  return htmlPage({
    title: `${regime.title}: evidence of ${repository}, ${date}`,
    header: html`<div>
<h1>${regime.source}</h1>
<p class="verdict">${regime.title}: evidence of <code>${legible(repository)}</code></p>
<p><strong>${disclaimer}</strong></p>
<p class="summary">${regime.scope}</p>
</div>`,
    sections: [
      { id: "summary", heading: "Summary", content: summary(pack) },
      { id: "looked-at", heading: "What was looked at", content: lookedAt(pack) },
      { id: "controls", heading: "Controls", content: html`${pack.controls.map(controlPart)}` },
    ],
    footer: `Made by pyready at ${madeAt}, rules ${ruleSet}, dates counted from ${date}.`,
  });
}

function summary({ counts, controls }: EvidencePack): Html {
  return html`<table>
<caption>${count(controls.length, "control")}, by what the evidence says. No result says that a control is met.</caption>
<thead><tr><th scope="col">Result</th><th scope="col" class="number">Controls</th></tr></thead>
<tbody>
${counts.map(
  ({ result, controls: many }) => html`<tr><th scope="row">${result}</th><td class="number">${many}</td></tr>
`,
)}</tbody>
</table>`;
}

function lookedAt({ commit, date, profile, lookedAt: seen, policy }: EvidencePack): Html {
  const { isWhole, files, read, unreadable, settingsReadAt, advisories } = seen;
  const facts: readonly (readonly [string, Content])[] = [
    [
      "Commit",
      commit === null ? "none: a working tree, which nobody can look at again" : html`<code>${legible(commit)}</code>`,
    ],
    ["Dates counted from", date],
    ["Profile", profile],
    [
      "Files",
      `${files} paths${isWhole ? "" : " (the tree could not be listed whole)"}, ${read} files read, ${unreadable} could not be`,
    ],
    ["GitHub's settings", settingsReadAt === null ? "not read" : `as they were at ${settingsReadAt}`],
    [
      "Advisories",
      advisories === null
        ? "not read"
        : `for ${advisories.versions} versions, digest ${advisories.digest}, oldest read at ${advisories.readAt ?? "an unknown time"}`,
    ],
    ...(policy.exclude.length > 0 ? [["Left out by the policy", policy.exclude.map(legibleItem)] as const] : []),
    ...(policy.errors.length > 0 ? [["Wrong with the policy", policy.errors.map(legibleItem)] as const] : []),
  ];
  return html`<dl class="facts">
${facts.map(
  ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`,
)}</dl>`;
}

function legibleItem(text: string, index: number): Content {
  return [index > 0 && "; ", sentence(text)];
}

function controlPart({ id, title, result, rules, applying, attest, attestation, never, note }: PackControl): Html {
  return html`<details open>
<summary><span class="chip">${result}</span> <h3>${id} ${title}</h3> <span class="more">${rules.length > 0 && `${applying} of ${count(rules.length, "rule")} ${applying === 1 ? "applies" : "apply"}`}</span></summary>
<div class="inside">
${rules.length > 0 && html`<ul class="places">${rules.map(ruleItem)}</ul>`}
${rules.length === 0 && html`<p>No rule speaks to it.</p>`}
${note !== null && html`<p>${note}</p>`}
${attest !== null && html`<p>To be attested by people: ${attest}</p>`}
<p>${attestation === null ? "Nobody attests it." : attestationWords(attestation)}</p>
${never !== null && html`<p class="note">Never conclude from this: ${never}</p>`}
</div>
</details>
`;
}

function attestationWords({ owner, date, expires, isExpired, evidence, path, line }: PackAttestation): Content {
  const state = isExpired ? "The attestation has expired" : "Attested, and not looked at by pyready";
  return [
    `${state}: ${legible(owner)}, of ${date}, until ${expires}: ${legible(evidence, 500)}`,
    path !== null && [" (", where(path, line, {}), ")"],
  ];
}

function ruleItem(rule: PackRule): Html {
  const { id, title, state, toldBy, places, waived, suppressed, more } = rule;
  const ground = groundOf(rule);
  return html`<li><strong>${state}</strong>: ${title} <code>${id}</code> <span class="note">${toldBy === "commit and settings" && "told by the commit and GitHub's settings of that moment "}${ground !== null && sentence(ground)}</span>
${
  places.length + waived.length + suppressed.length > 0 &&
  html`<ul class="places">${places.map(({ path, line, message }) => html`<li>${path !== null && [where(path, line, {}), " "]}${sentence(message)}</li>`)}${waived.map(
    ({ path, line, message, reason: why, owner, expires }) =>
      html`<li>${path !== null && [where(path, line, {}), " "]}${sentence(message)} Accepted until ${expires} by ${legible(owner)}: ${legible(why, 500)}</li>`,
  )}${suppressed.map(
    ({ path, line, message }) =>
      html`<li>${path !== null && [where(path, line, {}), " "]}${sentence(message)} ${SUPPRESSED}</li>`,
  )}</ul>`
}
${more > 0 && html`<p class="note">and ${more} more</p>`}</li>
`;
}
