import type { HclBlock } from "../formats/hcl.ts";
import { ancestorsOf, folderOf, resolvePath } from "../tree.ts";
import type { Backend } from "./backend.ts";

/** A configuration of Terragrunt, which runs a module with a backend and providers that it writes. */
export interface Wrapper {
  readonly path: string;
  /** Folders of the modules that it names as its source. */
  readonly sources: readonly string[];
  readonly keepsState: boolean;
  /** Source of what it generates, `required_providers` among it. */
  readonly generated: string;
}

/** What Terragrunt adds to a module. */
export interface Wrapping {
  readonly backend: Backend | undefined;
  /** Folders that a lock file of the module may stand in. */
  readonly folders: readonly string[];
  /** Source of what it generates, `required_providers` among it. */
  readonly generated: string;
}

/** A folder of this repository, also in an expression that chooses between it and a release. */
const LOCAL_SOURCE = /(?:^|")(\.{1,2}\/[\w./-]{1,300})(?:"|$)/gm;

/** Characters of a configuration that are looked at. */
const MOST_CHARACTERS = 10_000;

/** Reads a configuration by its blocks. */
export function wrapperOf(path: string, blocks: readonly HclBlock[]): Wrapper {
  const textsOf = (type: string, key: string): string =>
    blocks
      .flatMap((block) => (block.type === type ? (block.attributes.get(key)?.text ?? []) : []))
      .join("\n")
      .slice(0, MOST_CHARACTERS);
  const sources = [...textsOf("terraform", "source").matchAll(LOCAL_SOURCE)];
  return {
    path,
    sources: sources.flatMap(([, local = ""]) => resolvePath(folderOf(path), local) ?? []),
    keepsState: blocks.some(({ type }) => type === "remote_state"),
    generated: textsOf("generate", "contents"),
  };
}

/** What wraps the module of a folder: configurations at or above it, and those that name it as their source. */
export function wrappingOf(folder: string, wrappers: readonly Wrapper[]): Wrapping {
  const callers = wrappers.filter(({ sources }) => sources.includes(folder)).map(({ path }) => path);
  const reaching = new Set([folder === "" ? "main.tf" : `${folder}/main.tf`, ...callers].flatMap(ancestorsOf));
  const applied = wrappers.filter(({ path }) => reaching.has(folderOf(path)));
  const state = applied.find(({ keepsState }) => keepsState);
  return {
    backend: state && { kind: "terragrunt", path: state.path, line: 1, locks: true },
    folders: callers.map(folderOf),
    generated: applied.map(({ generated }) => generated).join("\n"),
  };
}
