import { Marked } from "marked";

/** The HTML that GitHub lets through and pyready writes; every other tag is shown as text. */
const ALLOWED = /^(<\/?(details|summary|sub|b|br)\s*>|<!--[\s\S]*?-->)\s*$/i;

const marked = new Marked({
  gfm: true,
  renderer: {
    html({ text }) {
      return text.replace(/<!--[\s\S]*?-->|<\/?[a-z][^>]*>/gi, (tag) => (ALLOWED.test(tag) ? tag : escapeHtml(tag)));
    },
    link({ href, tokens }) {
      const safe = /^https?:\/\//i.test(href) ? href : "#";
      return `<a href="${escapeHtml(safe)}" rel="nofollow noopener">${this.parser.parseInline(tokens)}</a>`;
    },
    image({ text }) {
      return escapeHtml(text);
    },
  },
});

/** Markdown as GitHub would render it in a comment. */
export function renderMarkdown(markdown: string): string {
  return marked.parse(markdown, { async: false });
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
