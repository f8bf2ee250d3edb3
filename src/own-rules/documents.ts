import { type AnyFact, defineFact, globs, type UnreadFile } from "../facts/fact.ts";
import { parseIni } from "../facts/formats/ini.ts";
import { parseJson } from "../facts/formats/json.ts";
import type { DataNode } from "../facts/formats/node.ts";
import { parseToml } from "../facts/formats/toml.ts";
import { parseYaml } from "../facts/formats/yaml.ts";

/** Files of data with what stands in them. */
export interface Documents {
  readonly files: readonly { readonly path: string; readonly data: DataNode }[];
  readonly unread: readonly UnreadFile[];
}

/** The paths of a component that are its own: not vendored, not generated. */
export const paths: AnyFact = defineFact({
  combine: ({ tree }): readonly string[] => tree.paths.filter((path) => tree.isFirstParty(path)),
});

/** The documents of the files that these globs match. */
export function documentsOf(patterns: readonly string[]): AnyFact {
  const matches = globs(...patterns);
  return defineFact({
    reads: (path) => matches(path),
    parse: ({ path, text }) => parsed(path, text),
    combine: ({ files, unread }): Documents => ({
      files: files.flatMap(({ path, parsed: documents }) => documents.map((data) => ({ path, data }))),
      unread,
    }),
  });
}

function parsed(path: string, text: string): readonly DataNode[] {
  if (/\.ya?ml$/.test(path)) return parseYaml(text);
  if (path.endsWith(".toml")) return [parseToml(text)];
  return [path.endsWith(".json") ? parseJson(text) : parseIni(text)];
}
