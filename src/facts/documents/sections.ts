/** One line of a document. */
export interface Line {
  readonly text: string;
  /** One-based. */
  readonly line: number;
}

/** A heading with what stands below it, up to the next heading of any level. */
export interface Section {
  /** Without markup; empty for what stands before the first heading. */
  readonly title: string;
  /** 1 for the document's own title, more for what is nested deeper. */
  readonly level: number;
  readonly line: number;
  /** Prose, items and table rows that hold something; code and comments are left out. */
  readonly lines: readonly Line[];
  /** The first picture or diagram in it: an image that is no badge, Mermaid and the like, boxes of characters. */
  readonly diagramLine: number | undefined;
}

/** What is read of one document. */
const MOST_LINES = 20_000;
const LONGEST_LINE = 2_000;
const LONGEST_HEADING = 300;

const FENCE = /^\s*(?:[-*]\s+)?(```+|~~~+)\s*\{?\s*([\w-]*)/;
const DIRECTIVE = /^(\s*)\.\. ([\w-]+)::/;
const DIAGRAM_LANGUAGE = /^(mermaid|plantuml|puml|uml|dot|graphviz|d2|c4|blockdiag|structurizr)$/i;
const PICTURE = /!\[|<img\b|<picture\b|^\s*\.\. (image|figure)::/i;
const BADGE = /badge|shields\.io|\.svg\?branch|codecov|coveralls|travis-ci|actions\/workflows|logo|banner|screenshot/i;
const BOXES = /[┌┐╔╗╭╮]|\+-{2,}.*-\+/;
const UNDERLINE = /^\s*([=\-~^"'*+#`:.<>_])\1{2,}\s*$/;

/** Cuts Markdown, reStructuredText or AsciiDoc into its sections; every line is looked at once. */
export function readSections(path: string, text: string): readonly Section[] {
  const isRst = path.endsWith(".rst");
  const lines = text.split(/\r?\n/, MOST_LINES).map((line) => line.slice(0, LONGEST_LINE));
  const adornments: string[] = [];
  const sections: { title: string; level: number; line: number; lines: Line[]; diagramLine: number | undefined }[] = [
    { title: "", level: 0, line: 1, lines: [], diagramLine: undefined },
  ];
  let skipTo = "";
  let codeIndent = -1;
  for (const [index, raw] of lines.entries()) {
    const section = sections.at(-1) as (typeof sections)[number];
    const line = index + 1;
    if (skipTo !== "") {
      if (raw.includes(skipTo)) skipTo = "";
      else if (BOXES.test(raw)) section.diagramLine ??= line;
      continue;
    }
    if (codeIndent >= 0) {
      if (raw.trim() === "" || indentOf(raw) > codeIndent) {
        if (BOXES.test(raw)) section.diagramLine ??= line;
        continue;
      }
      codeIndent = -1;
    }
    const fence = isRst ? null : FENCE.exec(raw);
    if (fence) {
      skipTo = fence[1]?.slice(0, 3) ?? "";
      if (DIAGRAM_LANGUAGE.test(fence[2] ?? "")) section.diagramLine ??= line;
      continue;
    }
    if (/^\s*<!--/.test(raw)) {
      if (!raw.includes("-->")) skipTo = "-->";
      continue;
    }
    if (PICTURE.test(raw) && !BADGE.test(raw)) section.diagramLine ??= line;
    if (isRst) {
      const [, indent = "", directive = ""] = DIRECTIVE.exec(raw) ?? [];
      if (DIAGRAM_LANGUAGE.test(directive)) section.diagramLine ??= line;
      if (/^(code|code-block|sourcecode|literalinclude|parsed-literal|mermaid|uml|graphviz)$/.test(directive))
        codeIndent = indent.length;
      else if (/::\s*$/.test(raw) && directive === "") codeIndent = indentOf(raw);
    }
    const heading = headingAt(lines, index, isRst, adornments);
    if (heading) sections.push({ ...heading, line, lines: [], diagramLine: undefined });
    else if (raw.trim() !== "" && !UNDERLINE.test(raw)) section.lines.push({ text: raw, line });
  }
  return sections;
}

function headingAt(
  lines: readonly string[],
  index: number,
  isRst: boolean,
  adornments: string[],
): { title: string; level: number } | undefined {
  const raw = lines[index] ?? "";
  if (raw.length > LONGEST_HEADING || raw.trim() === "") return undefined;
  const [, marks = "", marked] = isRst ? [] : (/^ {0,3}(#{1,6}|={1,6}) +(.+)$/.exec(raw) ?? []);
  if (marked) return { title: plain(marked.replace(/[ #]+$/, "")), level: marks.length };
  const [, level, html] = /<h([1-6])[^>]{0,200}>([^<]+)/i.exec(raw) ?? [];
  if (html) return { title: plain(html), level: Number(level) };
  const [, mark = ""] = UNDERLINE.exec((lines[index + 1] ?? "").slice(0, LONGEST_HEADING)) ?? [];
  if (mark === "" || UNDERLINE.test(raw) || /^\s*[|>*-]/.test(raw) || (!isRst && !/[=-]/.test(mark))) return undefined;
  if (!isRst) return { title: plain(raw), level: mark === "=" ? 1 : 2 };
  const adornment = `${mark}${(lines[index - 1] ?? "").startsWith(mark.repeat(3)) ? " over" : ""}`;
  if (!adornments.includes(adornment)) adornments.push(adornment);
  return { title: plain(raw), level: adornments.indexOf(adornment) + 1 };
}

function plain(title: string): string {
  return title
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`[\]]|<[^<>]+>/g, "")
    .trim();
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The sections whose title matches, each with all that is nested in it. */
export function sectionsOn(sections: readonly Section[], title: RegExp): readonly Section[] {
  let within = Number.POSITIVE_INFINITY;
  return sections.filter((section) => {
    if (section.level <= within) within = title.test(section.title) ? section.level : Number.POSITIVE_INFINITY;
    return section.level >= within;
  });
}
