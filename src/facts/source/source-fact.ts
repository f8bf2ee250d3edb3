import { defineFact, type Fact, type FactContext, type FactMap } from "../fact.ts";
import type { Tree } from "../tree.ts";
import { sourcesOf } from "./sources.ts";
import type { Module } from "./syntax.ts";

interface Definition<Value, Parsed, Uses extends FactMap> {
  /** `product` (default) is what is shipped; `tests` what only runs in tests. */
  readonly from?: "product" | "tests";
  readonly spans?: "repository" | "component";
  readonly canBeSilenced?: boolean;
  readonly uses?: Uses;
  /** What is taken from one file, as plain data: it runs in a worker, and is listed in extractors.ts. */
  readonly extract: (module: Module) => Parsed;
  /** Paths of the tree that one file leads to. */
  mentions?(parsed: Parsed, path: string, tree: Tree): Iterable<string>;
  combine(context: FactContext<Parsed, Uses>): Value;
}

/** A fact that is made from the syntax of the project's own Python. */
export function defineSourceFact<Value, Parsed, const Uses extends FactMap = Record<never, never>>({
  from = "product",
  combine,
  ...rest
}: Definition<Value, Parsed, Uses>): Fact<Value, Parsed, Uses> {
  return defineFact({
    ...rest,
    reads: (path, tree) => sourcesOf(tree)[from].has(path),
    combine: (context: FactContext<Parsed, Uses>) =>
      // What `.gitattributes` calls vendored is known only now.
      combine({ ...context, files: context.files.filter(({ path }) => context.tree.isFirstParty(path)) }),
  });
}
