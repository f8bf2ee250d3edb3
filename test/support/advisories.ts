import { type Advisory, type AdvisorySource, keyOf } from "../../src/snapshot/advisories.ts";

/** A high advisory about versions of a package, mended in none; `changes` tell the rest. */
export function advisoryAbout(name: string, range: string, changes: Partial<Advisory> = {}): Advisory {
  return {
    ...{ id: "GHSA-aaaa-bbbb-cccc", cve: null, severity: "high" },
    ...{ isMalware: false, isWithdrawn: false, fixedIn: null },
    ...{ name, range, ...changes },
  };
}

/** A source that knows these versions, by `name@version`, and no others. */
export function advisorySource(advisories: Readonly<Record<string, readonly Advisory[]>>): AdvisorySource {
  return async (versions) => ({
    byVersion: new Map(versions.flatMap((v) => (advisories[keyOf(v)] ? [[keyOf(v), advisories[keyOf(v)] ?? []]] : []))),
    reason: "not read yet",
    readAt: "2026-11-22T06:00:00Z",
  });
}
