import picomatch from "picomatch";
import type { TreeEntry } from "../snapshot/snapshot.ts";
import { defineFact, type FactContext, type UnreadFile } from "./fact.ts";
import { pytestConfigs, settingsIn } from "./pytest-configs.ts";
import { readTest, type TestSource } from "./test-layout/source.ts";
import { ancestorsOf, folderOf, nameOf, type Tree } from "./tree.ts";

export interface TestFile {
  readonly path: string;
  /** Line of its first test. */
  readonly line: number;
}

export interface TestLayout {
  /** The component's folder; empty for the root. */
  readonly folder: string;
  /** Paths that a runner would collect. */
  readonly candidates: readonly string[];
  /** Those of the sample that hold a test. */
  readonly confirmed: readonly TestFile[];
  /** The folder that holds the first of them, as far up as it is called after tests; the file where none does. */
  readonly root: string | undefined;
  /** What each candidate of the sample leans on; one that holds no test is a stub, or brings what tests share. */
  readonly sources: readonly ({ readonly path: string; readonly isTest: boolean } & TestSource)[];
  /** True when every candidate was read. */
  readonly complete: boolean;
  /** True when tests stand where a suite may serve several components, this one among them. */
  readonly elsewhere: boolean;
  /** Where pytest is told to collect the examples in the modules' docstrings. */
  readonly doctests: { readonly path: string; readonly line: number } | undefined;
  readonly unread: readonly UnreadFile[];
}

/** Candidates that are read: one of each suite, and no fewer than a few. */
const MAX_SUITES = 60;
const SAMPLE = 12;
/** Folders whose tests are somebody else's, or data of tests. */
const NOT_OURS =
  /(^|\/)(\.github|examples?|samples?|demos?|docs?|fixtures?|test_?data|templates?|cookiecutter[^/]*)\//i;
const NAMED = /^test_.*\.py$|_test\.py$|^tests\.py$|\.robot$|\.feature$/s;
/** Names that pytest may be told to collect: read where nothing is named like a test by itself. */
const NAMED_BY_SETTINGS = /^(check|spec|should|it|when|case)_.*\.py$|_(tests|checks?|specs?|should|suite|case)\.py$/s;
const NAMED_IN_TESTS = /^test.*\.py$/s;
const ANSIBLE_TEST = /(^|\/)tests\/integration\/targets\/[^/]+\/tasks\/main\.ya?ml$/;
/** Folders of programs that a person runs, where a name alone makes no test. */
const SCRIPTS = /(^|\/)(scripts?|bin|tools|dev|hack|utils?)\//;
const PYTHON_TEST =
  /^[ \t]*(?:async[ \t]+)?def[ \t]+test\w*\s*\(|^[ \t]*class[ \t]+\w+\s*\([^)]{0,300}(?:TestCase|TestSuite|SimpleTest)\w*[^)]{0,300}\)|^[ \t]*>>> |^@given\b/m;
const ASSERTION = /\bassert\b|\.assert\w+\(|\braises\(|\bTestCase\b/;
const ROBOT_TEST = /^\*+\s*(Test Cases|Tasks)\s*\**/im;
const IMPORT = /^[ \t]*(?:from|import)[ \t]+(\w+)/gm;
const FEATURE = /^[ \t]*Scenario/m;
const PLAYBOOK = /^[ \t]*- /m;
/** Patterns of pytest that are compared with names, and their characters and wildcards. */
const MAX_PATTERNS = 20;
const MAX_PATTERN = 100;
const MAX_WILDCARDS = 3;

/** The suites of the whole repository, since one may serve several components. */
interface Suites {
  /** The folders that hold them. */
  readonly folders: ReadonlySet<string>;
  /** Top-level modules that the sample imports. */
  readonly imports: ReadonlySet<string>;
  /** True when every test was read. */
  readonly complete: boolean;
}

const testSuites = defineFact({
  spans: "repository",
  reads: (path, tree) => isCandidate(path, tree, undefined),
  select: sample,
  parse: ({ text }): readonly string[] => [...text.matchAll(IMPORT)].map(([, name = ""]) => name),
  combine: ({ files, tree }): Suites => {
    const candidates = tree.paths.filter((path) => isCandidate(path, tree, undefined));
    return {
      folders: new Set(candidates.map(suiteOf)),
      imports: new Set(files.flatMap(({ parsed }) => parsed)),
      complete: candidates.length === files.length,
    };
  },
});

/** The automated tests: what runners collect, by name and, for a sample, by content. */
export const testLayout = defineFact({
  uses: { pytestConfigs, testSuites },
  reads: (path, tree) => isCandidate(path, tree, (name) => NAMED_BY_SETTINGS.test(name)),
  select: (entries, tree) => {
    const named = entries.filter(({ path }) => isCandidate(path, tree, undefined));
    return sample(named.length > 0 ? named : entries);
  },
  parse: ({ path, text }): TestSource & { readonly line: number | undefined } => {
    const match = patternFor(path).exec(text);
    const isTest = match && (!SCRIPTS.test(path) || ASSERTION.test(text));
    const line = isTest ? text.slice(0, match.index + match[0].search(/\S/)).split("\n").length : undefined;
    return { line, ...readTest(path.endsWith(".py") ? text : "") };
  },
  combine: (context): TestLayout => {
    const { unread, tree, uses, component } = context;
    const patterns = patternsOf(context);
    const candidates = tree.paths.filter((path) => isCandidate(path, tree, patterns));
    const isCollected = new Set(candidates);
    const files = context.files.filter(({ path }) => isCollected.has(path));
    const read = new Set(files.map(({ path }) => path));
    const confirmed = files.flatMap(({ path, parsed: { line } }) => (line === undefined ? [] : [{ path, line }]));
    const options = settingsIn(uses.pytestConfigs, "addopts").find(({ node }) =>
      node.texts.join(" ").includes("--doctest-modules"),
    );
    return {
      folder: component.root,
      candidates,
      confirmed,
      root: rootOf(confirmed[0]?.path),
      sources: files.map(({ path, parsed: { line, ...source } }) => ({ path, isTest: line !== undefined, ...source })),
      complete: candidates.every((path) => read.has(path)),
      elsewhere: candidates.length === 0 && mayServe(uses.testSuites, component.root, tree),
      doctests: options && { path: options.path, line: options.node.line },
      unread: unread.filter(({ path }) => isCollected.has(path)),
    };
  },
});

/** Whether tests outside a component may be about it: they stand above it, or import it, or were not all read. */
function mayServe({ folders, imports, complete }: Suites, root: string, tree: Tree): boolean {
  if (folders.size === 0) return false;
  if (root === "" || ancestorsOf(root).some((folder) => folders.has(folder)) || !complete) return true;
  const own = tree.python.map(({ path }) => path.slice(root.length + 1).replace(/^src\//, ""));
  return own.some((path) => imports.has(path.split("/")[0]?.replace(/\.py$/, "") ?? ""));
}

function patternFor(path: string): RegExp {
  if (path.endsWith(".robot")) return ROBOT_TEST;
  if (path.endsWith(".feature")) return FEATURE;
  return path.endsWith(".py") ? PYTHON_TEST : PLAYBOOK;
}

/** The largest file of each suite, since a stub is small; then of each folder, up to a few in all. */
function sample(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const bySize = [...entries].sort((a, b) => (b.size ?? 0) - (a.size ?? 0) || (a.path < b.path ? -1 : 1));
  const suites = firstOfEach(bySize, suiteOf).slice(0, MAX_SUITES);
  const folders = firstOfEach(bySize, folderOf);
  return [...new Set([...suites, ...folders, ...bySize])].slice(0, Math.max(SAMPLE, suites.length));
}

function firstOfEach(entries: readonly TreeEntry[], groupOf: (path: string) => string): readonly TreeEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ path }) => !seen.has(groupOf(path)) && seen.add(groupOf(path)));
}

/** What a test file belongs to: the folder that holds its suite. */
function suiteOf(path: string): string {
  return folderOf(path).replace(/(^|\/)(tests?|testing)(\/.*)?$/s, "");
}

function rootOf(path: string | undefined): string | undefined {
  return path && (ancestorsOf(path).findLast((folder) => /^tests?$/.test(nameOf(folder))) ?? (folderOf(path) || path));
}

function isCandidate(path: string, tree: Tree, patterns: ((name: string) => boolean) | undefined): boolean {
  if (NOT_OURS.test(path) || !tree.isFirstParty(path)) return false;
  const name = nameOf(path);
  if (NAMED.test(name) || (NAMED_IN_TESTS.test(name) && /(^|\/)tests?\//.test(path)) || ANSIBLE_TEST.test(path))
    return true;
  return name.endsWith(".py") && patterns?.(name) === true;
}

type Context = FactContext<unknown, { pytestConfigs: typeof pytestConfigs; testSuites: typeof testSuites }>;

/** pytest's own patterns for files, where they are set. */
function patternsOf({ uses }: Context): ((name: string) => boolean) | undefined {
  const patterns = settingsIn(uses.pytestConfigs, "python_files")
    .flatMap(({ node }) => node.texts)
    .flatMap((text) => text.split(/\s+/))
    // Every file is meant below the folders of tests alone, where names are told apart without it.
    .filter((pattern) => pattern !== "" && pattern !== "*.py" && pattern.length <= MAX_PATTERN)
    .filter((pattern) => (pattern.match(/[*+@!?]+/g)?.length ?? 0) <= MAX_WILDCARDS);
  return patterns.length > 0 ? picomatch(patterns.slice(0, MAX_PATTERNS)) : undefined;
}
