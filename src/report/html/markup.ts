import { legible, visible } from "../legible.ts";

/** HTML that means itself; only the tag below makes it. */
export class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** What may stand between the tags; false and null are nothing. */
export type Content = Html | string | number | false | null | readonly Content[];

/** HTML from a template: what it interpolates is text, whoever wrote it, unless it is HTML itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(
    strings.reduce((before, string, index) => `${before}${sourceOf(values[index - 1] ?? null)}${string}`),
  );
}

/** A sentence about a repository: back-ticks make code of what they hold. */
export function sentence(untrusted: string, maxLength?: number): Html {
  return withCode(legible(untrusted, maxLength));
}

/** A rule's own prose, the same way and whole. */
export function prose(own: string): Html {
  return withCode(visible(own));
}

function withCode(shown: string): Html {
  // Where a cut took the second back-tick away, the ellipsis ends the code.
  const parts = shown.split(/(`[^`]+(?:`|…$))/);
  return html`${parts.map((part) => (/^`[^`]/.test(part) ? html`<code>${part.replace(/^`|`$/g, "")}</code>` : part))}`;
}

function sourceOf(content: Content): string {
  if (content instanceof Html) return content.source;
  if (Array.isArray(content)) return content.map(sourceOf).join("");
  return content === false || content === null ? "" : escaped(visible(String(content)));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
