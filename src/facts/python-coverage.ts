import { claimedPythons } from "./claimed-pythons.ts";
import { defineFact } from "./fact.ts";
import { profile } from "./profile.ts";
import { pythonVersions } from "./python-versions.ts";
import { type TestedPython, testedPythons } from "./tested-pythons.ts";

/** A version that CI ought to test and does not; the place is where a list of versions lacks it. */
export interface UntestedPython {
  readonly path: string;
  readonly line: number;
  readonly minor: string;
  /** An end of the range that a package claims, or what an application runs on. */
  readonly end: "lowest" | "highest" | "running";
  readonly says: string;
}

export interface PythonCoverage {
  /** What the tested versions are compared with: the claim of a package, or what an application runs on. */
  readonly comparedWith: "claim" | "deployment";
  /** False where nothing states it. */
  readonly isStated: boolean;
  /** The versions that CI names, from the lowest. */
  readonly tested: readonly TestedPython[];
  readonly untested: readonly UntestedPython[];
  /** One that shows that the lowest, or what it runs on, is tested; else the first. */
  readonly shown: TestedPython | undefined;
  /** Versions that YAML reads as other numbers. */
  readonly misread: readonly (TestedPython & { readonly isLowest: boolean })[];
}

const SAYS = {
  lowest: (minor: string) => `The lowest version that it claims, ${minor}, is not tested.`,
  highest: (minor: string) => `The highest version that it claims, ${minor}, is not tested.`,
  running: (minor: string, tested: string) => `It runs on Python ${minor} and is tested on ${tested}.`,
};

/** The versions that a package claims or an application runs on, beside those that CI tests. */
export const pythonCoverage = defineFact({
  uses: { testedPythons, claimedPythons, pythonVersions, profile },
  combine: ({ uses }): PythonCoverage => {
    const { id, isInstalled } = uses.profile;
    const isPackage = id === "library" || id === "cli" || isInstalled;
    const claim = isPackage ? uses.claimedPythons : undefined;
    const running = isPackage ? [] : uses.pythonVersions.deployed.filter(({ minor }) => minor !== "3.x");
    const tested = uses.testedPythons.versions;
    const minors = new Set(tested.map(({ minor }) => minor));
    const isTested = (minor: string): boolean => minors.has(minor) || minors.has("3.x");
    const [first] = tested;
    const last = tested.at(-1);
    const { lowest, highest } = claim ?? {};
    const lacking = (minor: string, end: UntestedPython["end"], at = first): readonly UntestedPython[] =>
      at ? [{ path: at.path, line: at.line, minor, end, says: SAYS[end](minor, [...minors].join(", ")) }] : [];
    return {
      comparedWith: isPackage ? "claim" : "deployment",
      isStated: isPackage ? claim !== undefined : running.length > 0,
      tested,
      untested: [
        ...(lowest && !minors.has(lowest) ? lacking(lowest, "lowest") : []),
        ...(highest && highest !== lowest && !isTested(highest) ? lacking(highest, "highest", last) : []),
        ...(running[0] && !running.some(({ minor }) => isTested(minor)) ? lacking(running[0].minor, "running") : []),
      ],
      shown: tested.find(({ minor }) => minor === (lowest ?? running[0]?.minor)) ?? first,
      misread: tested
        .filter(({ isNumber }) => isNumber)
        .map((one) => ({ ...one, isLowest: one.minor === claim?.lowest })),
    };
  },
});
