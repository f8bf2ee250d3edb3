import { lineIndex } from "../formats/node.ts";

/** What a test file imports at its top level. */
export interface TestImport {
  /** Dotted: `django.test`. */
  readonly module: string;
  /** What follows `import` after `from`; empty for a plain import. */
  readonly names: string;
  readonly line: number;
}

/** What one test file leans on. */
export interface TestSource {
  readonly imports: readonly TestImport[];
  /** Names of pytest's marks: `integration` of `@pytest.mark.integration`. */
  readonly marks: readonly string[];
}

const IMPORT = /^(?:from[ \t]+([\w.]+)[ \t]+import[ \t]*(\([^)]{0,4000}\)|[^\n]*)|import[ \t]+([\w.]+))/gm;
const MARK = /\bpytest\.mark\.(\w+)/g;

/** Reads the imports and marks of a test; indented imports are optional ones and prove no need. */
export function readTest(text: string): TestSource {
  const lineOf = lineIndex(text);
  return {
    imports: [...text.matchAll(IMPORT)].map(({ index, 1: from, 2: names = "", 3: plain = "" }) => ({
      module: from ?? plain,
      names,
      line: lineOf(index),
    })),
    marks: [...new Set([...text.matchAll(MARK)].map(([, name = ""]) => name))],
  };
}
