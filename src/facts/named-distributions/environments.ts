import { parseIni } from "../formats/ini.ts";
import { type DataNode, lineIndex } from "../formats/node.ts";
import { parseToml } from "../formats/toml.ts";
import { parseYamlDocument } from "../formats/yaml.ts";
import { declarationOf, type Manifest } from "../manifests/declaration.ts";
import { condaManifest } from "../manifests/other.ts";

/** A distribution that is named for installing. */
export interface Named {
  /** Normalised. */
  readonly name: string;
  readonly line: number;
}

const QUOTED = /"([^"\n]{1,200})"|'([^'\n]{1,200})'/g;
const RUN = /\bsession\.run(?:_always|_install)?\(\s*(?:"[^"\n]*"|'[^'\n]*'|[\w.]|[\s,*])*/g;

/** `deps` of tox's environments, and what setup.cfg names for its tests. */
export function namedInIni(text: string): readonly Named[] {
  const data = parseIni(text);
  const environments = data.entries.filter(({ key }) => /^(tox:)?testenv/.test(key)).map(({ value }) => value);
  return [...environments.map((one) => one.get("deps")), data.get("options", "tests_require")].flatMap(namedInLines);
}

/** The same in tox.toml, and in pyproject.toml for tox and Rye. */
export function namedInToml(text: string): readonly Named[] {
  const data = parseToml(text);
  const tox = data.get("tool", "tox") ?? data;
  const environments = [tox.get("env_run_base"), ...(tox.get("env")?.entries ?? []).map(({ value }) => value)];
  const lists = [...environments.map((one) => one?.get("deps")), data.get("tool", "rye", "dev-dependencies")];
  const legacy = data.get("tool", "tox", "legacy_tox_ini");
  return [
    ...lists.flatMap((list) => (list?.listed ?? []).flatMap((one) => namedBy(one.text ?? "", one.line))),
    ...(legacy?.text === undefined ? [] : namedInIni(legacy.text).map(({ name }) => ({ name, line: legacy.line }))),
  ];
}

/** Requirements among the literals of noxfile.py or setup.py; what a session runs is none. */
export function namedInPython(text: string): readonly Named[] {
  const code = text.replace(RUN, blank).replace(/^[ \t]*#.*$/gm, blank);
  const lineOf = lineIndex(code);
  return [...code.matchAll(QUOTED)].flatMap(({ index, 1: double, 2: single }) =>
    namedBy(double ?? single ?? "", lineOf(index)),
  );
}

/** A conda environment under any name. */
export function namedInYaml(path: string, text: string): readonly Named[] {
  const document = parseYamlDocument(text);
  const { declarations }: Pick<Manifest, "declarations"> = document
    ? condaManifest(path, document)
    : { declarations: [] };
  return declarations;
}

function namedInLines(node: DataNode | undefined): readonly Named[] {
  let offset = 0;
  return (node?.text ?? "").split("\n").flatMap((line) => {
    const at = node?.lineAt(offset) ?? 1;
    offset += line.length + 1;
    return namedBy(line.replace(/^[\w!,{}.-]+:\s+/, "").replace(/(^|\s)#.*$/, ""), at);
  });
}

function namedBy(text: string, line: number): readonly Named[] {
  const declaration = declarationOf(text, line, "development");
  return declaration ? [{ name: declaration.name, line }] : [];
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}
