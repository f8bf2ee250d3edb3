import { createRequire } from "node:module";
import { Language, Parser } from "web-tree-sitter";
import type { Comment, Module } from "../facts/source/syntax.ts";
import { type NodeKinds, nodeUnder } from "./node.ts";
import { statementsOf } from "./statements.ts";
import { SourceText } from "./text.ts";

/** What the text of a module says. */
export type Syntax = Pick<Module, "body" | "comments" | "hasErrors">;

/** Seconds of the processor that parsing one file may take: a megabyte of real source takes a fifth of one. */
const MAX_SECONDS = 1;

/** Parsing was given up: the text is made to be slow. */
export class TooSlow extends Error {}

/** Loads tree-sitter's grammar, which reads everything, what is broken as well. */
export async function loadGrammar(): Promise<(text: string) => Syntax> {
  await Parser.init();
  const require = createRequire(import.meta.url);
  const python = await Language.load(require.resolve("tree-sitter-python/tree-sitter-python.wasm"));
  const parser = new Parser();
  parser.setLanguage(python);
  const kinds = kindsOf(python);
  return (text) => {
    const source = new SourceText(text);
    const comments: Comment[] = [];
    const tree = parser.parse(source.text, null, { progressCallback: limitOf(MAX_SECONDS) });
    if (!tree) {
      parser.reset();
      throw new TooSlow();
    }
    const cursor = tree.walk();
    try {
      const root = nodeUnder(cursor, kinds, (node) => {
        comments.push({ line: source.lineAt(node.start), text: source.of(node) });
      });
      return { body: statementsOf(root, source), comments, hasErrors: tree.rootNode.hasError };
    } finally {
      // Memory of WebAssembly is not collected.
      cursor.delete();
      tree.delete();
    }
  };
}

/** True once this thread has worked for so many seconds more: a machine that is busy with others changes nothing. */
function limitOf(seconds: number): () => boolean {
  const start = process.threadCpuUsage();
  const startedAt = performance.now();
  return () => {
    // It is asked very often, and the clock on the wall is cheaper to look at.
    if (performance.now() - startedAt < seconds * 1000) return false;
    const { user, system } = process.threadCpuUsage(start);
    return user + system > seconds * 1_000_000;
  };
}

function kindsOf(language: Language): NodeKinds {
  const ids = Array.from({ length: language.nodeTypeCount }, (_, id) => id);
  const nameOf = ids.map((id) => language.nodeTypeForId(id) ?? "");
  return {
    nameOf,
    tokenOf: nameOf.map((type, id) =>
      language.nodeTypeIsNamed(id) ? undefined : { type, isNamed: false, start: 0, end: 0, children: [] },
    ),
  };
}
