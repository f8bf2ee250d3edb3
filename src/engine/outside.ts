import { digestOf } from "../facts/advisories/digest.ts";
import type { AnyFact } from "../facts/fact.ts";
import { facts } from "../facts/index.ts";
import { type AdvisorySource, type KnownAdvisories, keyOf, type PackageVersion } from "../snapshot/advisories.ts";
import type { FactValues } from "./fact-values.ts";
import type { LookedAt } from "./review.ts";

/** Versions that are asked about at most: no project locks as many. */
const MAX_VERSIONS = 5000;

/** What is known of the versions that the repository locks, anywhere; undefined where nobody needs it or is there to ask. */
export async function advisoriesFor(
  values: FactValues,
  needed: readonly AnyFact[],
  source: AdvisorySource | undefined,
): Promise<KnownAdvisories | undefined> {
  if (!source || !needed.includes(facts.vulnerabilities)) return undefined;
  const versions = new Map<string, PackageVersion>();
  for (const { name, version } of values.valueOf(facts.lockedVersions, values.whole).packages.slice(0, MAX_VERSIONS))
    versions.set(keyOf({ name, version }), { name, version });
  return versions.size === 0 ? undefined : source([...versions.values()]);
}

/** The name of what is known, for whoever wants to know what a verdict rests on. */
export function lookedUp(known: KnownAdvisories): LookedAt["advisories"] {
  return { digest: digestOf(known), readAt: known.readAt, versions: known.byVersion.size };
}
