import { createHash } from "node:crypto";
import { legible } from "../legible.ts";
import { type Html, html } from "./markup.ts";
import type { Section } from "./section.ts";
import { STYLE } from "./style.ts";

/** The page may use its own style and nothing else: no script, no image, no request. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'`;

/** A page, from its head to its foot. */
export interface Page {
  readonly title: string;
  readonly header: Html;
  readonly sections: readonly Section[];
  readonly footer: string;
}

/** One page of HTML that needs nothing beside itself. */
export function htmlPage({ title, header, sections, footer }: Page): string {
  const head = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${legible(title)}</title>
<style>`;
  const body = html`</style>
</head>
<body>
<header>
${header}
</header>
<main>
<nav aria-label="Parts of the report"><ul>${sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}</ul></nav>
${sections.map(
  ({ id, heading, content }) => html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${heading}</h2>
${content}
</section>
`,
)}</main>
<footer>${footer}</footer>
</body>
</html>
`;
  return `${head.source}${STYLE}${body.source}`;
}
