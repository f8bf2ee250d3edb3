import { type DataNode, lineIndex } from "../../formats/node.ts";

/** A script of a named target, with the line of each of its lines. */
export interface TargetScript {
  readonly text: string;
  readonly line: number;
  /** Lines of `text` by offset, where they are not consecutive. */
  readonly lineAt: (offset: number) => number;
  /** What throws its failure away, and where that stands. */
  readonly masked?: Mask | undefined;
}

export interface Mask {
  readonly by: string;
  readonly line: number;
  /** The file, where it is not the script's. */
  readonly path?: string;
}

/** Named targets of a file: what `make test`, `tox -e lint` or `npm test` run. */
export interface TargetFile {
  readonly kind: "make" | "just" | "task" | "tox" | "nox" | "npm" | "pyproject" | "shell" | "powershell" | "python";
  /** Scripts by target; `""` is the whole file, or the default target; `*` what any other name means. */
  readonly targets: ReadonlyMap<string, readonly TargetScript[]>;
  /** Other targets of the same file that a target needs. */
  readonly prerequisites: ReadonlyMap<string, readonly string[]>;
}

export function scriptAt(text: string, line: number): TargetScript {
  return { text, line, lineAt: linesFrom(text, line) };
}

/** Lines of offsets into a text whose first line is this; they are counted when the first is asked for. */
export function linesFrom(text: string, line: number): (offset: number) => number {
  let lineOf: ((offset: number) => number) | undefined;
  return (offset) => {
    lineOf ??= lineIndex(text);
    return line + lineOf(offset) - 1;
  };
}

export function ofNode(node: DataNode): TargetScript {
  return { text: node.text ?? "", line: node.line, lineAt: (offset) => node.lineAt(offset) };
}
