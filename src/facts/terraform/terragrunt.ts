import type { HclBlock } from "../formats/hcl.ts";
import { ancestorsOf, folderOf, resolvePath } from "../tree.ts";
import type { Backend } from "./backend.ts";

/** A configuration of Terragrunt, which runs a module with a backend and providers that it writes. */
export interface Wrapper {
  readonly path: string;
  readonly blocks: readonly HclBlock[];
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
const LOCAL_SOURCE = /(?:^|")(\.{1,2}\/[\w./-]{1,300})(?:"|$)/g;

/** What wraps the module of a folder: configurations at or above it, and those that name it as their source. */
export function wrappingOf(folder: string, wrappers: readonly Wrapper[]): Wrapping {
  const callers = wrappers.filter((wrapper) => sourcesOf(wrapper).includes(folder)).map(({ path }) => path);
  const reaching = [`${folder}/main.tf`, ...callers].flatMap(ancestorsOf);
  const applied = wrappers.filter(({ path }) => reaching.includes(folderOf(path)));
  const state = applied.find(({ blocks }) => blocks.some(({ type }) => type === "remote_state"));
  return {
    backend: state && { kind: "terragrunt", path: state.path, line: 1, locks: true },
    folders: callers.map(folderOf),
    generated: applied
      .flatMap(({ blocks }) => blocks.filter(({ type }) => type === "generate"))
      .map(({ attributes }) => attributes.get("contents")?.text ?? "")
      .join("\n"),
  };
}

function sourcesOf({ path, blocks }: Wrapper): readonly string[] {
  const sources = blocks
    .filter(({ type }) => type === "terraform")
    .map(({ attributes }) => attributes.get("source")?.text ?? "");
  return sources.flatMap((source) =>
    [...source.matchAll(LOCAL_SOURCE)].flatMap(([, local = ""]) => resolvePath(folderOf(path), local) ?? []),
  );
}
