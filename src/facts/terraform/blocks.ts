import type { HclBlock, HclBody } from "../formats/hcl.ts";
import { resolvePath } from "../tree.ts";

/** A block of the top level, with its file. */
export interface PlacedBlock extends HclBlock {
  readonly path: string;
}

/** Nested blocks of a type, those that `dynamic` makes included. */
export function nested({ blocks }: HclBody, type: string): readonly HclBlock[] {
  return blocks.flatMap((block) => {
    if (block.type === type) return [block];
    const isMade = block.type === "dynamic" && block.labels[0] === type;
    return isMade ? block.blocks.filter((inner) => inner.type === "content") : [];
  });
}

/** True where another module of the repository calls this folder by its path. */
export function isCalled(folder: string, modules: ReadonlyMap<string, readonly PlacedBlock[]>): boolean {
  return [...modules].some(([from, blocks]) =>
    blocks.some(({ type, attributes }) => {
      const source = type === "module" ? attributes.get("source")?.text : undefined;
      return source !== undefined && /^\.{1,2}\//.test(source) && resolvePath(from, source) === folder;
    }),
  );
}
