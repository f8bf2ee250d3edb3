import { createHash } from "node:crypto";
import { isAuxiliary, nameOf, type Tree } from "../tree.ts";

/** Files of one kind that are read at most; of more, a sample that stays the same while the paths do. */
export const MAX_SOURCES = 3000;

/** The Python of a repository by what it is for. */
export interface Sources {
  /** What is shipped: neither tests nor examples nor documentation. */
  readonly product: ReadonlySet<string>;
  readonly tests: ReadonlySet<string>;
  /** All of the product, read or not. */
  readonly shipped: readonly string[];
}

const TEST_FILE = /^(test_.*|.*_test|tests?|conftest)\.py$/;
const TEST_FOLDER = /(^|\/)(semgrep[-_]?rules?|(unit|functional|integration)[-_]?tests?|tests?|testing|e2e)\//i;

const known = new WeakMap<Tree, Sources>();

/** Which sources are read; the same tree gives the same answer. */
export function sourcesOf(tree: Tree): Sources {
  const sources = known.get(tree) ?? divided(tree);
  known.set(tree, sources);
  return sources;
}

/** Makes sure that these are read, however many others there are: what a change touches is never left to chance. */
export function preferSources(tree: Tree, preferred: ReadonlySet<string>): void {
  known.set(tree, divided(tree, preferred));
}

/** True for a file that only runs in tests. */
function isTestSource(path: string): boolean {
  return TEST_FILE.test(nameOf(path)) || TEST_FOLDER.test(path);
}

function divided(tree: Tree, preferred: ReadonlySet<string> = new Set()): Sources {
  const paths = tree.python.map(({ path }) => path);
  const product = paths.filter((path) => !isTestSource(path) && !isAuxiliary(path));
  return {
    product: new Set([...sampled(product), ...product.filter((path) => preferred.has(path))]),
    tests: new Set(sampled(paths.filter(isTestSource))),
    shipped: product,
  };
}

/** By the hash of the path: a file that is added moves hardly any other in or out. */
function sampled(paths: readonly string[]): readonly string[] {
  if (paths.length <= MAX_SOURCES) return paths;
  const hashed = paths.map((path) => ({ path, hash: createHash("sha1").update(path).digest("hex") }));
  return hashed
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .slice(0, MAX_SOURCES)
    .map(({ path }) => path);
}
