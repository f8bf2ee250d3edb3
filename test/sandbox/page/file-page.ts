import { escapeHtml } from "./markdown.ts";
import { STYLE } from "./style.ts";

/** A file at a commit, with a line to link to as `#L9`. */
export function filePage(repository: string, commit: string, path: string, text: string): string {
  const lines = text
    .replace(/\n$/, "")
    .split("\n")
    .map((line, index) => `<li id="L${index + 1}"><code>${escapeHtml(line)}</code></li>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(path)} · ${escapeHtml(repository)}</title><style>${STYLE}</style></head><body>
<header><b>${escapeHtml(repository)}</b><span>a GitHub on this machine</span></header>
<main><article class="box"><h2>${escapeHtml(path)}<small>at ${escapeHtml(commit.slice(0, 7))}</small></h2><ol class="source">${lines.join("")}</ol></article></main></body></html>`;
}
