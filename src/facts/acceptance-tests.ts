import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { namedDistributions } from "./named-distributions.ts";
import { testLayout } from "./test-layout.ts";
import { nameOf } from "./tree.ts";

/** Where tests of what people see show. */
export interface AcceptanceTests {
  readonly signs: readonly { readonly path: string; readonly line: number; readonly what: string }[];
  readonly unread: readonly UnreadFile[];
}

const isScript = globs(
  "**/{playwright,cypress,wdio,nightwatch,protractor}.{config,conf}.{js,ts,mjs,cjs,mts}",
  "**/{cypress.json,.testcaferc*}",
  "**/cypress/**/*.{js,ts}",
  "**/*.{robot,feature}",
);
const SHOWN = /(^|\/)(examples?|samples?|demos?|docs?|documentation|node_modules)\//i;
const DISTRIBUTION =
  /^(selenium|seleniumbase|playwright|pytest-playwright(-asyncio)?|pytest-selenium|pytest-splinter|splinter|robotframework[\w-]*|behave(-django)?|pytest-bdd|helium|pyppeteer|django-functest)$/;
const MODULE = /^(selenium|seleniumbase|playwright|splinter|robot|behave|pytest_bdd|helium)(\.|$)/;
const LIVE_SERVER = /\b(Static)?LiveServerTestCase\b/;
const PACKAGE = /"(@playwright\/test|playwright|cypress|puppeteer|testcafe|webdriverio|nightwatch|@wdio\/[\w-]+)"\s*:/;
/** Front ends whose packages are read. */
const PACKAGES = 5;

/** Tests through a browser, or in the words of the people who use it. */
export const acceptanceTests = defineFact({
  spans: "repository",
  uses: { namedDistributions, testLayout },
  reads: (path, tree) => nameOf(path) === "package.json" && tree.isFirstParty(path) && !SHOWN.test(path),
  select: (entries) =>
    [...entries].sort((a, b) => a.path.split("/").length - b.path.split("/").length).slice(0, PACKAGES),
  parse: ({ text }): number => text.split("\n").findIndex((line) => PACKAGE.test(line)) + 1,
  combine: ({ files, unread, tree, uses }): AcceptanceTests => ({
    signs: [
      ...tree.paths
        .filter((path) => isScript(path) && tree.isFirstParty(path) && !SHOWN.test(path))
        .map((path) => ({ path, line: 1, what: "a script" })),
      ...uses.testLayout.sources.flatMap(({ path, imports }) =>
        imports
          .filter(({ module, names }) => MODULE.test(module) || LIVE_SERVER.test(names))
          .map(({ module, line }) => ({ path, line, what: module })),
      ),
      ...files
        .filter(({ parsed }) => parsed > 0)
        .map(({ path, parsed }) => ({ path, line: parsed, what: "a package" })),
      ...[...uses.namedDistributions.places]
        .filter(([name]) => DISTRIBUTION.test(name))
        .map(([name, place]) => ({ ...place, what: name })),
    ],
    unread: [...unread, ...uses.namedDistributions.unread],
  }),
});
