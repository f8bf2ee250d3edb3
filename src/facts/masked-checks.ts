import { ci } from "./ci.ts";
import { defineFact } from "./fact.ts";
import { hollowGates } from "./hollow-gates.ts";

/** A check whose failure is thrown away. */
export interface MaskedCheck {
  readonly path: string;
  readonly line: number;
  readonly tool: string;
  /** The mask as it is written, or in words. */
  readonly by: string;
}

export interface MaskedChecks {
  readonly masked: readonly MaskedCheck[];
  /** True where CI runs anything that could be masked. */
  readonly hasChecks: boolean;
}

/** Coverage is a report, whose upload may fail; so is a list of what was built in. */
const CHECKS: readonly string[] = ["tests", "lint", "types", "security", "dependency-scan"];
const ALWAYS = "`if: always()` without a look at the results";

/** The checks of CI that cannot fail, one for each line. */
export const maskedChecks = defineFact({
  spans: "repository",
  uses: { ci, hollowGates },
  combine: ({ uses }): MaskedChecks => {
    const checks = uses.ci.jobs
      .filter(({ manual }) => !manual)
      .flatMap(({ commands, commits }) => commands.map((command) => ({ ...command, commits })))
      .filter(({ purposes }) => purposes.some((purpose) => CHECKS.includes(purpose)));
    // A second, informational run of a tool that also runs strictly hides nothing.
    const strict = new Set(checks.filter(({ masked }) => masked === undefined).map(({ words }) => words[0]));
    const masked = checks.flatMap(({ path, line, words, purposes, commits, masked: by }): readonly MaskedCheck[] => {
      const isTest = purposes.includes("tests");
      // A linter whose changes are committed mends, and does not judge.
      const isHarmless = !isTest && (commits || strict.has(words[0]));
      return by === undefined || isHarmless ? [] : [{ path, line, tool: words[0] ?? "", by }];
    });
    const hollow = uses.hollowGates.map(({ path, line, job }): MaskedCheck => {
      return { path, line, tool: `what \`${job}\` waits for`, by: ALWAYS };
    });
    const byPlace = new Map([...masked, ...hollow].map((one) => [`${one.path}:${one.line}`, one]));
    return { masked: [...byPlace.values()], hasChecks: checks.length > 0 };
  },
});
