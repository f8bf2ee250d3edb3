import { defineFact } from "./fact.ts";
import { isAuxiliary, type Tree } from "./tree.ts";

/** Bytes of an average line of Python, measured over 8,172 files of five real repositories. */
const BYTES_PER_LINE = 34;

export interface PythonFiles {
  /** First-party Python files, examples, docs and tests included. */
  readonly paths: readonly string[];
  /** Those outside examples, docs and tests. */
  readonly product: readonly string[];
  /** Lines of all of them, estimated from their sizes: reading a tree must not cost reading its source. */
  readonly lines: number;
  /** Those of the product alone. */
  readonly productLines: number;
}

/** The first-party Python of a component, by paths and sizes alone. */
export const pythonFiles = defineFact({
  combine: ({ tree }): PythonFiles => {
    const paths = tree.python.map(({ path }) => path);
    const product = paths.filter((path) => !isAuxiliary(path));
    return { paths, product, lines: linesOf(paths, tree), productLines: linesOf(product, tree) };
  },
});

function linesOf(paths: readonly string[], tree: Tree): number {
  return Math.ceil(paths.reduce((sum, path) => sum + (tree.sizeOf(path) ?? 0), 0) / BYTES_PER_LINE);
}
