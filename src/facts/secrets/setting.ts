import { isAuxiliary, type Tree } from "../tree.ts";

/** What a file is to the product, as far as a credential in it is judged by it. */
export type Setting = "product" | "sample" | "documentation" | "third-party";

/** Words of a path that say that nothing in it is live. */
const SAMPLE_WORD =
  /(^|[^a-z])(e2e|examples?|samples?|fixtures?|(unit|integration|functional)?-?tests?|testing|testdata|testinfra|molecule|specs?|mocks?|mocked|stubs?|fake|dummy|demos?|dev|develop|development|local|localhost|sandbox|tutorials?|playground|workshops?|cassettes?|snapshots?|unit|smoke|snake-?oil|self-?signed|vagrant|conftest)([^a-z]|$)/i;
/** Where projects that came from Perl's conventions keep their tests. */
const TEST_FOLDER = /(^|\/)t\//;
const DOCUMENT = /\.(md|mdx|rst|adoc|asciidoc)$|(^|\/)(readme|docs?|documentation)([./]|$)/i;

/** Tells fixtures, examples, documentation and what others wrote from the product. */
export function settingOf(path: string, tree: Tree): Setting {
  // What is not ours is judged first: its tests and its documents are not ours either.
  if (!tree.isFirstParty(path)) return "third-party";
  if (SAMPLE_WORD.test(path.replace(/([a-z])(?=[A-Z])/g, "$1-")) || TEST_FOLDER.test(path)) return "sample";
  return DOCUMENT.test(path) ? "documentation" : isAuxiliary(path) ? "sample" : "product";
}
