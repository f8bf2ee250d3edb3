import type { DeclaringFile } from "../dependencies.ts";
import type { Instruction } from "../dockerfiles/instructions.ts";
import { ancestorsOf, folderOf, nameOf, resolvePath } from "../tree.ts";

/** What tells which file of the repository an image's build means by a name. */
export interface ListSources {
  readonly dockerfile: string;
  /** Manifests and constraints of the repository. */
  readonly lists: readonly DeclaringFile[];
  /** Of all stages that the image is made of. */
  readonly instructions: readonly Instruction[];
}

/** The list of this name that is nearest to the Dockerfile: seen from its folder or one above, wherever it was copied to. */
export function listOf(file: string, { dockerfile, lists, instructions }: ListSources): DeclaringFile | undefined {
  const copied = instructions.flatMap(({ keyword, words }) => {
    const isRenamed = keyword === "COPY" && words.length === 2 && nameOf(words[1]?.text ?? "") === nameOf(file);
    return isRenamed ? [words[0]?.text ?? ""] : [];
  });
  const named = instructions
    .filter(({ keyword }) => keyword === "COPY" || keyword === "ADD")
    .flatMap(({ words }) => words.slice(0, -1).map(({ text }) => text))
    .filter((source) => nameOf(source) === nameOf(file));
  const segments = file.split("/").filter((segment) => segment !== "" && segment !== ".");
  const candidates = [...copied, ...named, ...segments.map((_, index) => segments.slice(index).join("/"))];
  const paths = candidates.flatMap((candidate) =>
    ancestorsOf(dockerfile).flatMap((folder) => resolvePath(folder, candidate.replace(/^\/+/, "")) ?? []),
  );
  for (const path of paths) {
    const list = lists.find((one) => one.path === path);
    if (list) return list;
  }
  // Where only one list has the name, the context is a folder of its own.
  const same = lists.filter(({ path }) => nameOf(path) === nameOf(file));
  return same.length === 1 ? same[0] : undefined;
}

/** A name without an exact version, in the list or in those that it includes. */
export function looseIn(
  list: DeclaringFile,
  { lists }: ListSources,
): { readonly path: string; readonly name: string } | undefined {
  const seen = new Set<DeclaringFile>();
  const waiting = [list];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    const { path, isCompiled, isConstrained, declarations, includes } = one;
    // `bleach[css]` beside `bleach==6.3.0` is at its version.
    const held = new Set(declarations.flatMap(({ name, pinned }) => (pinned === undefined ? [] : [name])));
    const loose = isCompiled || isConstrained ? undefined : declarations.find(({ name }) => !held.has(name));
    if (loose) return { path, name: loose.name };
    const included = includes.map((include) => resolvePath(folderOf(path), include));
    waiting.push(...lists.filter((other) => included.includes(other.path)));
  }
  return undefined;
}

const MAKES_LIST = /\b(poetry|uv|pdm|pipenv)\b[^\n;]*\b(export|requirements)\b/;

/** Whether the list that a manager exports under this name while the image is built holds hashes; undefined where none does. */
export function exportHasHashes(file: string, instructions: readonly Instruction[]): boolean | undefined {
  const exports = instructions
    .flatMap(({ scripts }) => scripts.map(({ text }) => text))
    .find((text) => MAKES_LIST.test(text) && text.includes(nameOf(file)));
  if (exports === undefined) return undefined;
  return /\bpipenv\b/.test(exports) ? /--hash\b/.test(exports) : !/--without-hashes|--no-hashes/.test(exports);
}
