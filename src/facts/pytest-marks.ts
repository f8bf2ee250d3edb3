import { defineFact, globs } from "./fact.ts";
import { pytestConfigs } from "./pytest-configs.ts";
import { readTest } from "./test-layout/source.ts";
import { testLayout } from "./test-layout.ts";

export interface PytestMarks {
  /** Marks that tests carry and that nothing is known to register, by name. */
  readonly unregistered: readonly string[];
  /** True where a test is expected to fail. */
  readonly expectsFailures: boolean;
  /** A test that was not read, and may carry more. */
  readonly unseen: string | undefined;
}

/** What pytest registers itself, or a plugin that the tests do not run without. */
const KNOWN =
  /^(parametrize|skip|skipif|xfail|usefixtures|filterwarnings|tryfirst|trylast|asyncio|anyio|trio|django_db|urls|timeout|flaky|benchmark|freeze_time|vcr|celery|httpx_mock|dependency|forked|xdist_group|no_cover)$/;
const isTest = globs("**/{conftest,test*,*_test,*_tests}.py", "**/{test,tests}/**/*.py");

/** The marks of all tests and fixtures, beside those that pytest is told of. */
export const pytestMarks = defineFact({
  uses: { testLayout, pytestConfigs },
  reads: (path, tree) => isTest(path) && tree.isFirstParty(path),
  parse: ({ text }): readonly string[] => readTest(text).marks.map(({ name }) => name),
  combine: ({ files, unread, uses }): PytestMarks => {
    const [config] = uses.pytestConfigs.files;
    const registered = (config?.settings.get("markers")?.texts ?? []).flatMap((text) => text.split("\n"));
    const names = new Set(registered.map((line) => /^\s*(\w+)/.exec(line)?.[1]));
    const used = new Set(files.flatMap(({ parsed }) => parsed));
    const read = new Set(files.map(({ path }) => path));
    return {
      unregistered: [...used].filter((name) => !KNOWN.test(name) && !names.has(name)).sort(),
      expectsFailures: used.has("xfail"),
      unseen: unread[0]?.path ?? uses.testLayout.candidates.find((path) => path.endsWith(".py") && !read.has(path)),
    };
  },
});
