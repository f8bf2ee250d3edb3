import { compare } from "@renovatebot/pep440";
import type { Edit } from "../rule.ts";
import { dependencies } from "./dependencies.ts";
import { defineFact } from "./fact.ts";
import { vulnerabilities } from "./vulnerabilities.ts";

/**
 * Pins of requirements files at the first version that mends everything known of the one they hold. Another series
 * may break what uses it, and hashes and locks are made by their tools.
 */
export const fixedPins = defineFact({
  uses: { dependencies, vulnerabilities },
  combine: ({ uses }): readonly Edit[] => {
    const { manifests, supporting, constraints } = uses.dependencies;
    const lists = [...manifests, ...supporting, ...constraints].filter(
      ({ kind, isCompiled, isHashed }) => kind === "requirements" && !isCompiled && !isHashed,
    );
    return uses.vulnerabilities.packages.flatMap(({ name, version, advisories }) => {
      const fixes = advisories.map(({ fixedIn }) => fixedIn);
      const [fixed] = fixes.filter((one) => one !== null).toSorted((a, b) => compare(b, a));
      if (fixes.includes(null) || fixed === undefined || seriesOf(fixed) !== seriesOf(version)) return [];
      return lists.flatMap(({ path, declarations }) =>
        declarations
          .filter((one) => one.name === name && one.constraint === `==${version}`)
          .map(({ line }): Edit => ({ kind: "replace", path, line, piece: `==${version}`, by: `==${fixed}` })),
      );
    });
  },
});

/** Versions of one series keep what was promised: `2` of 2.11.3, `0.27` of 0.27.1. */
function seriesOf(version: string): string {
  return /^0\.\d+|^\d+/.exec(version)?.[0] ?? version;
}
