import type { DataNode } from "../formats/node.ts";

/** What a type checker is asked for. */
export type Level = "strict" | "basic" | "off";

type Files = readonly { readonly path: string; readonly data: DataNode }[];

/** Where the settings of type checkers stand. */
export interface TypeSettings {
  readonly inPyprojects: Files;
  readonly inIni: Files;
  /** `pyrightconfig.json`. */
  readonly pyright: DataNode | undefined;
}

/** What the settings of a type checker ask for, and the options that it is run with. */
export function levels(settings: TypeSettings): (found: { readonly tool: string; readonly text: string }) => Level {
  const tables = (tool: string): readonly DataNode[] => [
    ...settings.inPyprojects.flatMap(({ data }) => data.get("tool", tool) ?? []),
    ...settings.inIni.flatMap(({ data }) => data.get(tool) ?? []),
  ];
  return ({ tool, text }) => {
    if (tool === "mypy") return levelOfMypy(tables("mypy"), text);
    if (tool !== "pyright" && tool !== "basedpyright") return "basic";
    const all = [...tables("pyright"), ...tables("basedpyright"), ...(settings.pyright ? [settings.pyright] : [])];
    const mode = all.map((table) => table.get("typeCheckingMode")?.text).find((one) => one !== undefined);
    if (mode === "off") return "off";
    // Without a mode basedpyright asks for more than "standard".
    if (mode === undefined) return tool === "basedpyright" ? "strict" : "basic";
    return mode === "basic" ? "basic" : "strict";
  };
}

function levelOfMypy(tables: readonly DataNode[], options: string): Level {
  const isOn = (key: string): boolean => tables.some((table) => table.get(key)?.text?.toLowerCase() === "true");
  if (isOn("ignore_errors")) return "off";
  const isAsked = /(^|\s)--(strict|disallow-untyped-defs)(?=\s|$)/.test(options);
  return isAsked || isOn("strict") || isOn("disallow_untyped_defs") ? "strict" : "basic";
}
