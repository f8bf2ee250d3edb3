/** A piece of a text and what comes in its place; nothing is taken out where start is end. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** An edit that cannot be applied to the file as it is; the message says why, in words that follow "not repaired:". */
export class EditRefused extends Error {}

/**
 * The text with all of these done; what is put at one place stands in the order given.
 * @throws EditRefused where two of them take out the same characters
 */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const ordered = splices
    .map((splice, order) => ({ ...splice, order }))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.order - b.order);
  let result = "";
  let done = 0;
  for (const { start, end, text: put } of ordered) {
    if (start < done) throw new EditRefused("two changes touch the same place");
    result += text.slice(done, start) + put;
    done = end;
  }
  return result + text.slice(done);
}

/** A text and where its lines are. */
export class Lines {
  readonly text: string;
  /** The line end that most of the text has. */
  readonly end: "\n" | "\r\n";
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    const starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.#starts = starts;
    const windows = text.split("\r\n").length - 1;
    this.end = windows * 2 > starts.length - 1 ? "\r\n" : "\n";
  }

  /** Lines that hold something: behind the last line end there is none. */
  get count(): number {
    return this.#starts.length - (this.#starts.at(-1) === this.text.length ? 1 : 0);
  }

  /** Where the one-based line starts. @throws EditRefused for a line that is not there */
  start(line: number): number {
    const start = line >= 1 && line <= this.count ? this.#starts[line - 1] : undefined;
    if (start === undefined) throw new EditRefused(`there is no line ${line}`);
    return start;
  }

  /** Where the line's text ends, before its line end. */
  stop(line: number): number {
    const start = this.start(line);
    return this.endOfLineAt(start);
  }

  /** Where the next line starts; the text's end for the last. */
  next(line: number): number {
    this.start(line);
    return this.#starts[line] ?? this.text.length;
  }

  /** The one-based line of an offset. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  startOfLineAt(offset: number): number {
    return this.text.lastIndexOf("\n", offset - 1) + 1;
  }

  endOfLineAt(offset: number): number {
    const end = this.text.indexOf("\n", offset);
    if (end < 0) return this.text.length;
    return this.text[end - 1] === "\r" && end > offset ? end - 1 : end;
  }

  /** A text of `\n` lines with this file's line ends. */
  withEnds(text: string): string {
    return this.end === "\n" ? text : text.replaceAll("\n", "\r\n");
  }

  /** Whole lines behind this offset, which ends a line's text. */
  putBehind(offset: number, lines: string): Splice {
    return { start: offset, end: offset, text: this.withEnds(`\n${lines.replace(/\n$/, "")}`) };
  }

  /** Whole lines before this offset, which starts a line. */
  putBefore(offset: number, lines: string): Splice {
    return { start: offset, end: offset, text: this.withEnds(`${lines.replace(/\n$/, "")}\n`) };
  }
}
