import { nested, type PlacedBlock } from "./blocks.ts";

/** A provider as a module names it. */
export interface Provider {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** True where a version, or a range of versions, is asked for. */
  readonly hasVersion: boolean;
}

/** `aws = { … version = "…" … }` of a generated file. */
const WRITTEN = /^[ \t]*([\w-]+)[ \t]*=[ \t]*\{[^{}]{0,500}\bversion[ \t]*=/gm;

/**
 * What `required_providers` lists, and the providers that are set up without being listed.
 * @param generated files that a wrapper writes beside those of the module
 */
export function providersOf(blocks: readonly PlacedBlock[], generated: string): readonly Provider[] {
  const required = blocks
    .filter(({ type }) => type === "terraform")
    .flatMap((block) =>
      nested(block, "required_providers").flatMap(({ attributes }) =>
        attributes.entries.map(({ key, value, line }): Provider => {
          const hasVersion = value.kind === "scalar" || value.has("version");
          return { name: key, path: block.path, line, hasVersion };
        }),
      ),
    );
  const listed = new Set(required.map(({ name }) => name));
  const written = new Set([...generated.matchAll(WRITTEN)].map(([, name = ""]) => name));
  const others = blocks
    .filter(({ type, labels: [name = ""] }) => type === "provider" && !listed.has(name) && !written.has(name))
    .map(({ labels, path, line, attributes }): Provider => {
      return { name: labels[0] ?? "", path, line, hasVersion: attributes.has("version") };
    });
  return [...required, ...others.filter(({ name }, index) => others.findIndex((one) => one.name === name) === index)];
}
