import { defineFact } from "./fact.ts";
import { parseIni } from "./formats/ini.ts";
import { parseJson } from "./formats/json.ts";
import { DataNode } from "./formats/node.ts";
import { parseToml } from "./formats/toml.ts";
import { parseYamlDocument } from "./formats/yaml.ts";

const FORMATS = /\.(?:(to?ml)|(ya?ml)|(json)|(?:ini|conf|properties))$/;

/** The data of the files that dynaconf loads, by path; a file that does not follow its format has none. */
export const dynaconfFiles = defineFact({
  readsMentioned: (path, tree) => FORMATS.test(path) && tree.isFirstParty(path),
  parse: ({ path, text }): DataNode => {
    const [, toml, yaml, json] = FORMATS.exec(path) ?? [];
    if (toml !== undefined) return parseToml(text);
    if (yaml !== undefined) return parseYamlDocument(text) ?? DataNode.map(new Map(), 1);
    return json === undefined ? parseIni(text) : parseJson(text);
  },
  combine: ({ files }): ReadonlyMap<string, DataNode> => new Map(files.map(({ path, parsed }) => [path, parsed])),
});
