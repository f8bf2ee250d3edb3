/** The look of the report: light and dark, wide and narrow, on a screen and on paper. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2128; --soft: #57606a; --line: #d4dae1; --paper: #ffffff; --raised: #f5f7f9; --accent: #0a5fc4; --good: #187a35; --fair: #8f5f00; --poor: #c01f2b; --track: #e4e8ed; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaef; --soft: #a0a9b4; --line: #363d47; --paper: #0f1318; --raised: #181d24; --accent: #6cb0ff; --good: #46c063; --fair: #dca83a; --poor: #ff7068; --track: #2a313a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 70rem; margin: 0 auto; padding: 0 1.5rem; }
header { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: center; padding-top: 2.5rem; }
header > div { flex: 1 1 20rem; }
h1 { margin: 0; font-size: 1.15rem; font-weight: 600; color: var(--soft); }
h2 { margin: 3rem 0 1rem; font-size: 1.3rem; }
.verdict { margin: 0.1rem 0 0.6rem; font-size: 2rem; font-weight: 700; line-height: 1.2; }
.summary, .note, footer { color: var(--soft); }
p { margin: 0.4rem 0; }
a { color: var(--accent); text-underline-offset: 0.15em; }
code { font: 0.9em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; background: var(--raised); border-radius: 0.25rem; padding: 0.1em 0.3em; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; margin: 1.2rem 0 0; padding: 0.7rem 0; list-style: none; border-block: 1px solid var(--line); }
.ring { width: 9rem; height: 9rem; flex: none; }
.ring circle { fill: none; stroke-width: 11; }
.ring text { fill: var(--ink); font: 700 2.4rem system-ui, sans-serif; text-anchor: middle; }
.ring .of { fill: var(--soft); font-size: 0.8rem; font-weight: 400; }
circle.track { stroke: var(--track); } rect.track { fill: var(--track); }
circle.good { stroke: var(--good); } rect.good { fill: var(--good); }
circle.fair { stroke: var(--fair); } rect.fair { fill: var(--fair); }
circle.poor { stroke: var(--poor); } rect.poor { fill: var(--poor); }
.bar { display: block; width: 100%; min-width: 3rem; height: 0.6rem; border-radius: 0.3rem; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 0 3rem; }
table { width: 100%; border-collapse: collapse; }
caption { padding-bottom: 0.5rem; color: var(--soft); text-align: left; }
th, td { padding: 0.4rem 0.6rem 0.4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: baseline; font-weight: 400; }
thead th { color: var(--soft); font-size: 0.85rem; }
td.number, th.number { padding-right: 0; padding-left: 0.6rem; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead th, .scores th { overflow-wrap: normal; }
th code { overflow-wrap: anywhere; }
table:not(.scores) tbody th { width: 48%; }
td.drawn { width: 40%; vertical-align: middle; }
.next { margin: 0; padding: 0; list-style: none; counter-reset: step; }
.next li { display: grid; grid-template-columns: 3.6rem 1fr; gap: 0 0.8rem; padding: 0.6rem 0; border-bottom: 1px solid var(--line); }
.next .gain { font-size: 1.15rem; font-weight: 700; font-variant-numeric: tabular-nums; }
.next p { margin: 0; }
.chip { display: inline-block; padding: 0 0.5em; border: 1px solid currentColor; border-radius: 1em; color: var(--soft); font-size: 0.78rem; white-space: nowrap; }
.chip.blocker, .chip.critical, .chip.high { color: var(--poor); }
.chip.blocker { background: var(--poor); border-color: var(--poor); color: var(--paper); font-weight: 700; }
.chip.medium { color: var(--fair); }
.chip.repair { color: var(--good); }
.chip.new { color: var(--accent); }
details { border: 1px solid var(--line); border-radius: 0.5rem; margin: 0.6rem 0; background: var(--paper); }
summary { padding: 0.6rem 0.9rem; cursor: pointer; }
summary h3 { display: inline; margin: 0 0.3rem; font-size: 1rem; font-weight: 600; }
summary .more { color: var(--soft); font-size: 0.9rem; }
.inside { padding: 0 0.9rem 0.8rem; scroll-margin-top: 3rem; }
.inside dl { margin: 0.4rem 0; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1.5rem; }
dt { color: var(--soft); } dd { margin: 0; }
.inside dl { display: grid; grid-template-columns: 3rem 1fr; gap: 0.2rem 0.6rem; }
.places { margin: 0.6rem 0 0; padding: 0; list-style: none; }
.places li { padding: 0.3rem 0; border-top: 1px solid var(--line); }
footer { max-width: 67rem; margin-top: 3rem; padding: 1.2rem 0 3rem; border-top: 1px solid var(--line); font-size: 0.9rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (max-width: 40rem) {
  header, main { padding-inline: 1rem; }
  footer { margin-inline: 1rem; }
  .ring { width: 7rem; height: 7rem; }
  .verdict { font-size: 1.6rem; }
  dl.facts { grid-template-columns: 1fr; gap: 0; }
  dl.facts dd { margin-bottom: 0.5rem; }
}
@media print {
  :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --raised: #f3f3f3; --accent: #000; --good: #187a35; --fair: #8f5f00; --poor: #c01f2b; --track: #e4e8ed; color-scheme: light; }
  body { font-size: 10pt; }
  nav { display: none; }
  header { padding-top: 0; }
  h2 { break-after: avoid; margin-top: 1.5rem; }
  details, tr, .next li { break-inside: avoid; }
  details::details-content { display: block; content-visibility: visible; }
  svg { print-color-adjust: exact; }
}
`;
