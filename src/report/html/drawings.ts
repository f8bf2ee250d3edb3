import { type Html, html } from "./markup.ts";

/** How a score is coloured; the number beside it says the same. */
function bandOf(score: number): "good" | "fair" | "poor" {
  if (score >= 70) return "good";
  return score >= 50 ? "fair" : "poor";
}

/** A score as a ring that it fills, with the number inside. */
export function ring(score: number | null): Html {
  const label = score === null ? "Not scored" : `Score ${score} of 100`;
  return html`<svg class="ring" viewBox="0 0 120 120" role="img" aria-label="${label}">
<circle class="track" cx="60" cy="60" r="52"/>
${
  score !== null &&
  score > 0 &&
  html`<circle class="filled ${bandOf(score)}" cx="60" cy="60" r="52" pathLength="100" stroke-dasharray="${score} 100" transform="rotate(-90 60 60)"/>`
}
<text x="60" y="${score === null ? 68 : 66}">${score ?? "–"}</text>
${score !== null && html`<text class="of" x="60" y="86">of 100</text>`}
</svg>`;
}

/** A score as a bar; what reads it aloud takes the number beside it. */
export function bar(score: number): Html {
  const width = Math.max(0, Math.min(100, Math.floor(score)));
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="${bandOf(score)}" width="${width}" height="8"/></svg>`;
}
