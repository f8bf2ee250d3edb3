import { defineFact, globsAnyCase, type UnreadFile } from "./fact.ts";
import { folderOf } from "./tree.ts";

export interface Readme {
  readonly path: string;
  readonly text: string;
  /** Headings in order, without markup, with their lines. */
  readonly headings: readonly { readonly text: string; readonly line: number }[];
  /** Letters of prose: without headings, badges, links' targets, HTML and code. */
  readonly proseLength: number;
  /** It leads to a site with the documentation. */
  readonly linksToSite: boolean;
  /** True when only the beginning of the file is held. */
  readonly cut: boolean;
}

export interface ReadmeFound {
  /** The one that GitHub shows: `.github/`, then the root, then `docs/`. */
  readonly readme: Readme | undefined;
  readonly unread: readonly UnreadFile[];
}

const isReadme = globsAnyCase("{,.github/,docs/}readme{,.md,.markdown,.rst,.txt,.adoc,.asciidoc,.org}");
/** A site with documentation, inline or as a reference; or the repository's own folder of it. */
const SITE =
  /https?:\/\/([\w-]+\.)*(readthedocs\.(io|org)|rtfd\.io|github\.io|gitbook\.io)\b|https?:\/\/(docs?|documentation|developers?|wiki)\.[\w.-]+|https?:\/\/[\w.-]+\/(docs?|documentation)\b|\]\((\.?\/)?docs?\/|\[[^\]\n]{0,100}\bdoc(s|umentation)\b[^\]\n]{0,100}\](\(|: ?)https?:/i;
const LONGEST_HEADING = 300;
/** Characters that are enough to see whether there is prose. */
const BEGINNING = 20_000;
const FOLDERS = [".github", "", "docs"];

/** The repository's README. */
export const readme = defineFact({
  spans: "repository",
  reads: isReadme,
  readsBeginnings: true,
  parse: ({ path, text, cut }): Readme => ({
    path,
    text,
    cut,
    headings: headingsOf(text),
    linksToSite: SITE.test(text),
    proseLength: proseLengthOf(text),
  }),
  combine: ({ files, unread }): ReadmeFound => {
    const rank = (path: string): number => FOLDERS.indexOf(folderOf(path).toLowerCase());
    const found = files
      .map(({ parsed }) => parsed)
      .sort((a, b) => rank(a.path) - rank(b.path) || b.proseLength - a.proseLength);
    return { readme: found[0], unread };
  },
});

function headingsOf(text: string): Readme["headings"] {
  const lines = text.split(/\r?\n/);
  let fenced = false;
  return lines.flatMap((raw, index) => {
    if (raw.length > LONGEST_HEADING) return [];
    if (/^\s*(```|~~~)/.test(raw)) fenced = !fenced;
    if (fenced) return [];
    const marked =
      /^\s{0,3}(?:#{1,6}|={1,6})\s+(\S.*)$/s
        .exec(raw)?.[1]
        ?.trimEnd()
        .replace(/(?<!#)#+$/, "") ?? /<h[1-6][^>]*>(.+?)<\/h[1-6]>/i.exec(raw)?.[1];
    const below = lines[index + 1]?.slice(0, LONGEST_HEADING) ?? "";
    const underlined = /^\s*([=\-~^"'*+#])\1{2,}\s*$/.test(below) && /\S/.test(raw) ? raw : undefined;
    const heading = marked ?? underlined;
    return heading ? [{ text: heading.replace(/[*_`[\]]|<[^>]+>/g, "").trim(), line: index + 1 }] : [];
  });
}

function proseLengthOf(text: string): number {
  const prose = text
    .slice(0, BEGINNING)
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, " ")
    .replace(/<!--[\s\S]*?-->|<[^>]+>/g, " ")
    .replace(/^[ \t]{0,3}(#{1,6}|={1,6})\s.*$/gm, " ")
    .replace(/^.*\r?\n([=\-~^"'*+#])\1{2,}\s*$/gm, " ")
    .replace(/!\[[^\]]*\](\([^)]*\)|\[[^\]]*\])/g, " ")
    .replace(/\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])/g, "$1")
    .replace(/^[ \t]*\.\.[ _|].*$/gm, " ")
    .replace(/https?:\/\/\S+/g, " ");
  return prose.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
