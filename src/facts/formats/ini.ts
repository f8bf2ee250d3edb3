import { DataNode, type Entry, FormatError } from "./node.ts";

/**
 * A file in the dialect of Python's configparser (`setup.cfg`, `tox.ini`, `.flake8`): sections of
 * `key = value`, where indented lines go on with the value. Keys are in lower case. A value's lines
 * are joined by newlines, so that `lineAt` finds them again.
 * @throws FormatError for text that is neither a section, a key nor a continuation.
 */
export function parseIni(text: string): DataNode {
  const sections = new Map<string, { keys: Map<string, Pending>; line: number }>();
  let section: Map<string, Pending> | undefined;
  let current: Pending | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    if (/^\s*([#;]|$)/.test(raw)) {
      current?.lines.push("");
      continue;
    }
    const header = /^\[([^\]]+)\]/.exec(raw);
    if (header?.[1] !== undefined) {
      section = sections.get(header[1])?.keys ?? new Map();
      if (!sections.has(header[1])) sections.set(header[1], { keys: section, line });
      current = undefined;
    } else if (/^\s/.test(raw) && current) {
      current.lines.push(raw.trim());
    } else {
      const separator = raw.search(/[=:]/);
      const key = (separator < 0 ? raw : raw.slice(0, separator)).trim();
      if (!section || key === "") throw new FormatError(`line ${line} is neither a section nor a key`);
      current = { line, lines: [separator < 0 ? "" : withoutInlineComment(raw.slice(separator + 1).trim())] };
      section.set(key.toLowerCase(), current);
    }
  }
  return DataNode.map(
    new Map([...sections].map(([name, { keys, line }]) => [name, { line, value: sectionNode(keys, line) }])),
    1,
  );
}

interface Pending {
  readonly line: number;
  readonly lines: string[];
}

function sectionNode(keys: ReadonlyMap<string, Pending>, line: number): DataNode {
  const entries = new Map<string, Entry>();
  for (const [key, { line: at, lines }] of keys) {
    entries.set(key, { line: at, value: DataNode.scalar(lines.join("\n").trimEnd(), at, true) });
  }
  return DataNode.map(entries, line);
}

function withoutInlineComment(value: string): string {
  return value.replace(/\s[#;].*$/s, "").trim();
}
