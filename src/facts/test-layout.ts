import picomatch from "picomatch";
import { defineFact, type FactContext, type UnreadFile } from "./fact.ts";
import { iniFiles } from "./ini-files.ts";
import { pyprojects } from "./pyprojects.ts";
import { nameOf, type Tree } from "./tree.ts";

export interface TestFile {
  readonly path: string;
  /** Line of its first test. */
  readonly line: number;
}

export interface TestLayout {
  /** Paths that a runner would collect. */
  readonly candidates: readonly string[];
  /** Those of the sample that hold a test. */
  readonly confirmed: readonly TestFile[];
  /** True when every candidate was read. */
  readonly complete: boolean;
  /** True when another component has tests: a suite may serve several. */
  readonly elsewhere: boolean;
  readonly unread: readonly UnreadFile[];
}

/** Candidates that are read: enough to see that there are tests. */
const SAMPLE = 6;
/** Folders whose tests are somebody else's, or data of tests. */
const NOT_OURS = /(^|\/)(examples?|samples?|demos?|docs?|fixtures?|test_?data|templates?|cookiecutter[^/]*)\//i;
const NAMED = /(^|\/)(test_[^/]*|[^/]*_test|tests)\.py$|(^|\/)tests?\/(.+\/)?test[^/]*\.py$|\.robot$|\.feature$/;
const PYTHON_TEST =
  /^\s*(?:async\s+)?def\s+test\w*\s*\(|^\s*class\s+\w+\s*\([^)]*(?:TestCase|TestSuite|SimpleTest)\w*[^)]*\)|^\s*>>> |^@given\b/m;
const ROBOT_TEST = /^\*+\s*(Test Cases|Tasks)\s*\**/im;
const FEATURE = /^\s*Scenario/m;

/** Whether anything in the repository is named like a test. */
const testsAnywhere = defineFact({
  spans: "repository",
  combine: ({ tree }): boolean => tree.paths.some((path) => isCandidate(path, tree, undefined)),
});

/** The automated tests: what runners collect, by name and, for a sample, by content. */
export const testLayout = defineFact({
  uses: { pyprojects, iniFiles, testsAnywhere },
  reads: (path, tree) => isCandidate(path, tree, undefined),
  // The largest first: a stub is small.
  select: (entries) =>
    [...entries].sort((a, b) => (b.size ?? 0) - (a.size ?? 0) || (a.path < b.path ? -1 : 1)).slice(0, SAMPLE),
  parse: ({ path, text }): number | undefined => {
    const pattern = path.endsWith(".robot") ? ROBOT_TEST : path.endsWith(".feature") ? FEATURE : PYTHON_TEST;
    const match = pattern.exec(text);
    return match ? text.slice(0, match.index + match[0].search(/\S/)).split("\n").length : undefined;
  },
  combine: (context): TestLayout => {
    const { files, unread, tree } = context;
    const candidates = tree.paths.filter((path) => isCandidate(path, tree, patternsOf(context)));
    return {
      candidates,
      confirmed: files.flatMap(({ path, parsed }) => (parsed === undefined ? [] : [{ path, line: parsed }])),
      complete: candidates.every((path) => files.some((file) => file.path === path)),
      elsewhere: candidates.length === 0 && context.uses.testsAnywhere,
      unread: unread.filter(({ path }) => candidates.includes(path)),
    };
  },
});

function isCandidate(path: string, tree: Tree, patterns: ((name: string) => boolean) | undefined): boolean {
  if (NOT_OURS.test(path) || !tree.isFirstParty(path)) return false;
  return NAMED.test(path) || (path.endsWith(".py") && patterns?.(nameOf(path)) === true);
}

/** pytest's own patterns for files, where they are set. */
function patternsOf({
  uses,
}: FactContext<
  unknown,
  { pyprojects: typeof pyprojects; iniFiles: typeof iniFiles; testsAnywhere: typeof testsAnywhere }
>): ((name: string) => boolean) | undefined {
  const settings = [
    ...uses.pyprojects.files.map(
      ({ data }) =>
        data.get("tool", "pytest", "ini_options", "python_files") ?? data.get("tool", "pytest", "python_files"),
    ),
    ...uses.iniFiles.files.map(
      ({ data }) => data.get("pytest", "python_files") ?? data.get("tool:pytest", "python_files"),
    ),
  ];
  const patterns = settings
    .flatMap((node) => node?.texts ?? [])
    .flatMap((text) => text.split(/\s+/))
    .filter(Boolean);
  return patterns.length > 0 ? picomatch(patterns) : undefined;
}
