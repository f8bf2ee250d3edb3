import { dependencies } from "./dependencies.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { namedDistributions } from "./named-distributions.ts";
import { pyprojects } from "./pyprojects.ts";
import { testLayout } from "./test-layout.ts";

/** What declares a distribution. */
export interface Declared {
  readonly distribution: string;
  readonly path: string;
  readonly line: number;
}

export interface TestRunners {
  /** Runners that the tests need, each where a test shows it first, with what declares it. */
  readonly needed: readonly {
    readonly name: string;
    readonly path: string;
    readonly line: number;
    readonly declared: Declared | undefined;
  }[];
  /** A declared runner, whether or not a test shows that it is needed. */
  readonly declared: Declared | undefined;
  /** Files that could not be read, and may declare more. */
  readonly unread: readonly UnreadFile[];
  /** A file of a build tool, which may bring runners of its own. */
  readonly buildFile: string | undefined;
}

/** Modules of runners, with the distributions that bring them. */
const RUNNERS: readonly (readonly [module: RegExp, distribution: RegExp, name: string])[] = [
  // Hatch brings pytest for `hatch test`, and a plugin brings it as well.
  [/^pytest$/, /^pytest\d*(-|$)|-pytest$|^hatch$/, "pytest"],
  [/^robot(\.|$)/, /^robotframework/, "robotframework"],
  [/^selenium(\.|$)/, /selenium|splinter|helium/, "selenium"],
  [/^playwright(\.|$)/, /playwright|^robotframework-browser/, "playwright"],
  [/^behave(\.|$)/, /^behave/, "behave"],
  [/^nose2?(\.|$)/, /^(py)?nose/, "nose"],
  [/^twisted\.trial/, /^twisted/, "twisted"],
];
/** Runners that tests need not import. */
const RUNNER = /^(pytest|stestr|nose2?|behave|testtools|green|ward)$/;

/** The runners of the tests, and what declares them. */
export const testRunners = defineFact({
  uses: { testLayout, namedDistributions, dependencies, pyprojects },
  combine: ({ uses }): TestRunners => {
    const { candidates, sources } = uses.testLayout;
    const { places, unread, buildFile } = uses.namedDistributions;
    const constrained = uses.dependencies.constraints.flatMap(({ path, declarations }) =>
      declarations.map(({ name, line }) => ({ distribution: name, path, line })),
    );
    const all = [
      ...[...places].map(([distribution, place]) => ({ distribution, ...place })),
      // What a constraint speaks of, something installs.
      ...constrained,
    ];
    const metas = uses.pyprojects.files.flatMap(({ data }) => data.get("tool", "pyready", "dev-meta")?.texts ?? []);
    const meta = all.find(({ distribution }) => metas.includes(distribution));
    const declaredBy = (pattern: RegExp, name = ""): Declared | undefined =>
      all.find(({ distribution }) => distribution === name) ??
      all.find(({ distribution }) => pattern.test(distribution)) ??
      meta;
    return {
      needed: RUNNERS.flatMap(([module, pattern, name]) => {
        const suite = name === "robotframework" ? candidates.find((path) => path.endsWith(".robot")) : undefined;
        const [first] = [
          ...sources.flatMap(({ path, imports }) =>
            imports.filter((one) => module.test(one.module)).map(({ line }) => ({ path, line })),
          ),
          ...(suite === undefined ? [] : [{ path: suite, line: 1 }]),
        ];
        return first ? [{ ...first, name, declared: declaredBy(pattern, name) }] : [];
      }),
      declared: declaredBy(RUNNER),
      unread,
      buildFile,
    };
  },
});
