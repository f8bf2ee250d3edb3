import { type DataNode, lineIndex } from "../formats/node.ts";
import {
  type Declaration,
  declarationOf,
  type Group,
  groupOfFile,
  type Manifest,
  manifest,
  normalised,
  referenceOf,
} from "./declaration.ts";

/** What a Pipfile declares. */
export function pipfileManifest(data: DataNode): Manifest {
  const groups = [
    ["packages", "runtime"],
    ["dev-packages", "development"],
  ] as const;
  return manifest(
    "pipfile",
    groups.flatMap(([key, group]) => table(data.get(key), group)),
    {
      references: groups.flatMap(([key, group]) =>
        (data.get(key)?.entries ?? []).flatMap(({ value, line }) => referenceOf(value, line, group)),
      ),
    },
  );
}

/** What `setup.cfg` declares for setuptools. */
export function setupCfgManifest(data: DataNode): Manifest {
  const required = data.get("options", "install_requires");
  const file = /^\s*file:\s*(\S+)/.exec(required?.text ?? "")?.[1];
  const declarations = file ? [] : lines(required, "runtime");
  const extras = (data.get("options.extras_require")?.entries ?? []).flatMap(({ key, value }) =>
    lines(value, /dev|test|doc|lint/.test(key) ? "development" : "optional"),
  );
  return manifest("setup.cfg", [...declarations, ...extras], { includes: file ? [file] : [] });
}

/** What a conda environment declares, with the list for pip inside it. */
export function condaManifest(path: string, data: DataNode): Manifest {
  const group = groupOfFile(path);
  const declarations = (data.get("dependencies")?.items ?? []).flatMap((item): readonly Declaration[] => {
    if (item.kind === "map")
      return (item.get("pip")?.items ?? []).flatMap(({ text, line }) => declarationOf(text ?? "", line, group) ?? []);
    const [, name = "", constraint = ""] = /^(?:[\w./-]+::)?([A-Za-z0-9][\w.-]*)\s*(.*)$/s.exec(item.text ?? "") ?? [];
    if (!name || name === "python" || name === "pip") return [];
    return [
      {
        name: normalised(name),
        line: item.line,
        group,
        constraint,
        // One `=` alone stands for every version that begins so.
        pinned: /^==\s*(\d[\w.]*)$|^=\s*(\d[\w.]*=\S+)$/.exec(constraint)?.slice(1).find(Boolean),
      },
    ];
  });
  return manifest("conda", declarations);
}

/** What `pixi.toml` declares. */
export function pixiManifest(data: DataNode): Manifest {
  return manifest("pixi", pixiDeclarations(data));
}

/** Pixi's tables, which pyproject.toml holds as well; features are environments for development. */
export function pixiDeclarations(data: DataNode | undefined): readonly Declaration[] {
  const features = (data?.get("feature")?.entries ?? []).map(({ value }) => value);
  return ["dependencies", "pypi-dependencies"].flatMap((key) => [
    ...table(data?.get(key), "runtime"),
    ...features.flatMap((feature) => table(feature.get(key), "development")),
  ]);
}

/**
 * What `setup.py` declares, as far as it stands there literally: a list, or a list by the name that
 * `install_requires` is given. It is never run.
 */
export function setupPyManifest(text: string): Manifest {
  const code = text.replace(/^[ \t]*#.*$/gm, "");
  const lineOf = lineIndex(code);
  const given = /\binstall_requires\s*=\s*(\[|[A-Za-z_]\w{0,100}(?![\w(.]))/.exec(code);
  if (!given) {
    const computed = /\binstall_requires\s*=/.exec(code);
    return manifest("setup.py", [], computed ? { computedLine: lineOf(computed.index) } : {});
  }
  const start = given[1] === "[" ? given.index + given[0].length : listNamed(code, given[1] ?? "");
  const list = start === undefined ? undefined : literalList(code, start);
  if (start === undefined || list === undefined) return manifest("setup.py", [], { computedLine: lineOf(given.index) });
  const declarations = [...list.matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].flatMap((match) => {
    const declaration = declarationOf(match[1] ?? match[2] ?? "", lineOf(start + match.index), "runtime");
    return declaration ? [declaration] : [];
  });
  return manifest("setup.py", declarations);
}

/** Where the list that a name is bound to begins, behind its bracket. */
function listNamed(code: string, name: string): number | undefined {
  const bound = new RegExp(`^${name}\\s*=\\s*\\[`, "m").exec(code);
  return bound ? bound.index + bound[0].length : undefined;
}

/** The text of a list of plain strings; undefined when anything else is in it. */
function literalList(code: string, start: number): string | undefined {
  const token = /[\s,]+|"[^"\n]*"|'[^'\n]*'|#[^\n]*/y;
  let end = start;
  for (token.lastIndex = start; token.test(code); ) end = token.lastIndex;
  return code[end] === "]" ? code.slice(start, end) : undefined;
}

function table(entries: DataNode | undefined, group: Group): readonly Declaration[] {
  return (entries?.entries ?? [])
    .filter(({ key }) => key !== "python")
    .map(({ key, value, line }) => {
      const constraint = value.text ?? value.get("version")?.text ?? "";
      return {
        name: normalised(key),
        line,
        group,
        constraint: constraint === "*" ? "" : constraint,
        pinned: /^==\s*(\d[\w.!+-]*)$/.exec(constraint)?.[1],
      };
    });
}

function lines(node: DataNode | undefined, group: Group): readonly Declaration[] {
  const text = node?.text ?? "";
  let offset = 0;
  return text.split("\n").flatMap((content) => {
    const declaration = declarationOf(content.replace(/(^|\s)#.*$/s, ""), node?.lineAt(offset) ?? 1, group);
    offset += content.length + 1;
    return declaration ? [declaration] : [];
  });
}
