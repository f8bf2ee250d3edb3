import type { TreeEntry } from "../snapshot/snapshot.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { isAuxiliary, nameOf, type Tree } from "./tree.ts";

export interface PageTemplates {
  /** Templates of pages that the product serves. */
  readonly paths: readonly string[];
  /** Those of the sample that hold a form. */
  readonly forms: readonly { readonly path: string; readonly line: number }[];
  /** True when every template was read. */
  readonly complete: boolean;
  readonly unread: readonly UnreadFile[];
}

/** Templates that are read at most: those first whose name promises a form. */
const SAMPLE = 8;
const LARGEST = 100_000;
const isTemplate = globs("**/{templates,jinja2,views}/**/*.{html,jinja,jinja2,j2}", "**/*.html.{jinja,jinja2,j2}");
/** What is sent by mail, or changes the pages of a framework's own interface. */
const NO_PAGE =
  /(^|\/)(admin|emails?|mails?|notifications?|rest_framework|drf[-_]yasg|debug_toolbar|registration\/.*email)(\/|_)/i;
const PROMISING =
  /form|login|log_in|signin|sign_in|signup|register|edit|create|new|add|update|search|password|settings|profile/i;
const FORM = /<form\b|\brender_form\b|\bquick_form\b|\{%-?\s*crispy\b|\{\{\s*form(\.|\s|\|)/i;

/** The pages that templates make, and which of them ask their readers for something. */
export const pageTemplates = defineFact({
  reads: isPage,
  select: sample,
  parse: ({ text }): number => text.split("\n").findIndex((line) => FORM.test(line)) + 1,
  combine: ({ files, unread, tree }): PageTemplates => {
    const paths = tree.paths.filter((path) => isPage(path, tree));
    return {
      paths,
      forms: files.flatMap(({ path, parsed: line }) => (line > 0 ? [{ path, line }] : [])),
      complete: paths.length === files.length,
      unread,
    };
  },
});

function isPage(path: string, tree: Tree): boolean {
  return isTemplate(path) && tree.isFirstParty(path) && !isAuxiliary(path) && !NO_PAGE.test(path);
}

function sample(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const rank = ({ path }: TreeEntry): number => Number(!PROMISING.test(nameOf(path)));
  return entries
    .filter(({ size }) => (size ?? 0) <= LARGEST)
    .sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1))
    .slice(0, SAMPLE);
}
