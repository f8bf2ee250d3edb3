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
  /** pytest's marks, each where it stands first: `integration` of `@pytest.mark.integration`. */
  readonly marks: readonly { readonly name: string; readonly line: number }[];
  /** True where functions of the module are tests, which pytest collects and unittest does not. */
  readonly hasFunctions: boolean;
  /** Line that sets up a database. */
  readonly databaseLine: number | undefined;
}

const IMPORT = /^(?:from[ \t]+([\w.]+)[ \t]+import[ \t]*(\([^)]{0,4000}\)|[^\n]*)|import[ \t]+([\w.]+))/gm;
const MARK = /\bpytest\.mark\.(\w+)/g;
const FUNCTION = /^(?:async[ \t]+)?def[ \t]+test/m;
const DATABASE =
  /\bcreate_(async_)?engine\(|\.create_all\(|\bdjango_db_setup\b|\bTestingSessionLocal\b|\btestcontainers\b|\bcreate_database\(|\bsessionmaker\(|\balembic\b|\bdb\.session\b/;

/** Line of the first expression that sets up a database, in a test or a fixture; comments are passed over. */
export function databaseLineOf(text: string): number | undefined {
  const line = text.split("\n").findIndex((one) => DATABASE.test(one) && !/^\s*#/.test(one));
  return line < 0 ? undefined : line + 1;
}

/** Reads the imports and marks of a test; indented imports are optional ones and prove no need. */
export function readTest(text: string): TestSource {
  const lineOf = lineIndex(text);
  return {
    imports: [...text.matchAll(IMPORT)].map(({ index, 1: from, 2: names = "", 3: plain = "" }) => ({
      module: from ?? plain,
      names,
      line: lineOf(index),
    })),
    marks: marksIn(text, lineOf),
    hasFunctions: FUNCTION.test(text),
    databaseLine: databaseLineOf(text),
  };
}

function marksIn(text: string, lineOf: (offset: number) => number): TestSource["marks"] {
  const marks = new Map<string, number>();
  for (const { index, 1: name = "" } of text.matchAll(MARK)) if (!marks.has(name)) marks.set(name, lineOf(index));
  return [...marks].map(([name, line]) => ({ name, line }));
}
