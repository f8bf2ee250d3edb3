import { ci } from "./ci.ts";
import { globs, type UnreadFile } from "./fact.ts";
import { namedDistributions } from "./named-distributions.ts";
import { readApiClients } from "./source/api-clients.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { testLayout } from "./test-layout.ts";

export interface ApiTests {
  /** Where a test asks the application over HTTP. */
  readonly signs: readonly { readonly path: string; readonly line: number }[];
  /** True where tests of other components may ask this one. */
  readonly elsewhere: boolean;
  readonly unread: readonly UnreadFile[];
}

const isCollection = globs(
  "**/*.postman_collection.json",
  "**/{postman,newman,bruno,hurl,dredd}/**",
  "**/*.{bru,hurl,http}",
  "**/*.tavern.{yml,yaml}",
  "**/dredd.yml",
  "**/k6/**/*.{js,ts}",
);
const TOOL = /^(schemathesis|tavern|pact-python|dredd-hooks|pytest-httpx2)$/;
const COMMAND = /\b(schemathesis|st) run\b|\bnewman run\b|\bdredd\b|\bbru run\b|\bhurl --test\b/;

/** Tests that ask the application over HTTP, and tools that do. */
export const apiTests = defineSourceFact({
  from: "tests",
  uses: { namedDistributions, testLayout, ci },
  extract: readApiClients,
  combine: ({ files, unread, tree, uses }): ApiTests => ({
    signs: [
      ...files.flatMap(({ path, parsed: line }) => (line === undefined ? [] : [{ path, line }])),
      ...tree.paths.filter((path) => isCollection(path) && tree.isFirstParty(path)).map((path) => ({ path, line: 1 })),
      ...[...uses.namedDistributions.places].filter(([name]) => TOOL.test(name)).map(([, place]) => place),
      ...uses.ci.jobs
        .filter(({ commands }) => commands.some((command) => COMMAND.test(JSON.stringify(command).slice(0, 5000))))
        .map(({ path, line }) => ({ path, line })),
    ],
    elsewhere: uses.testLayout.elsewhere,
    unread,
  }),
});
