import { createRequire } from "node:module";
import { Language, Parser } from "web-tree-sitter";
import type { Comment, Diagnostic, Module } from "../facts/source/syntax.ts";
import { type NodeKinds, nodeUnder } from "./node.ts";
import { statementsOf } from "./statements.ts";
import { SourceText } from "./text.ts";

/** Reads the text of one file into its syntax. */
export type ModuleReader = (path: string, text: string) => Module;

/** Loads the grammar. `lint` is asked once a module, when somebody first wants its answer. */
export async function createModuleReader(lint: (text: string) => readonly Diagnostic[]): Promise<ModuleReader> {
  await Parser.init();
  const require = createRequire(import.meta.url);
  const python = await Language.load(require.resolve("tree-sitter-python/tree-sitter-python.wasm"));
  const parser = new Parser();
  parser.setLanguage(python);
  const kinds = kindsOf(python);
  return (path, text) => {
    const source = new SourceText(text);
    const comments: Comment[] = [];
    let diagnostics: readonly Diagnostic[] | undefined;
    const tree = parser.parse(text);
    const cursor = tree?.walk();
    try {
      const root =
        cursor &&
        nodeUnder(cursor, kinds, (node) => {
          comments.push({ line: source.lineAt(node.start), text: source.of(node) });
        });
      return {
        path,
        text,
        lines: source.lines,
        body: statementsOf(root, source),
        comments,
        diagnostics() {
          diagnostics ??= lint(text);
          return diagnostics;
        },
      };
    } finally {
      // Memory of WebAssembly is not collected.
      cursor?.delete();
      tree?.delete();
    }
  };
}

function kindsOf(language: Language): NodeKinds {
  const ids = Array.from({ length: language.nodeTypeCount }, (_, id) => id);
  return {
    nameOf: ids.map((id) => language.nodeTypeForId(id) ?? ""),
    isNamed: ids.map((id) => language.nodeTypeIsNamed(id)),
  };
}
