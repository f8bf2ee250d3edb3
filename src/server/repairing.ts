import { rules } from "../../rules/index.ts";
import { changeBetween } from "../engine/change.ts";
import type { PythonReader } from "../engine/extraction.ts";
import { repairsOf, type TagReader } from "../engine/repair/repairs.ts";
import type { Found } from "../jobs/fix.ts";
import type { PolicyPlace } from "../jobs/policy-place.ts";
import type { Caches, JudgedRepository, judging } from "./judging.ts";
import type { TenantCaches } from "./tenant-caches.ts";

/** What finding repairs needs beside the repository. */
export interface RepairingParts extends Pick<ReturnType<typeof judging>, "policyAt" | "snapshotOf"> {
  readonly python: PythonReader;
  readonly caches: TenantCaches<Caches>;
}

/** Which repairs are looked for. */
export interface RepairsWanted {
  /** Ids of rules; all when absent. */
  readonly only?: readonly string[] | undefined;
  /** Who knows the commits of tags; without it no action is pinned. */
  readonly tags?: TagReader | undefined;
}

/** Finds what can be repaired at a head, by the policy that it is judged by: what that switches off or waives stays. */
export function repairing({ python, caches, policyAt, snapshotOf }: RepairingParts) {
  return async function repairsAt(
    of: JudgedRepository,
    headSha: string,
    place: PolicyPlace,
    wanted: RepairsWanted,
  ): Promise<Found> {
    const snapshot = await snapshotOf(of, headSha);
    const standing = place.commit === null ? undefined : await snapshotOf(of, place.commit);
    const found = await repairsOf(snapshot, {
      ...wanted,
      rules,
      date: new Date().toISOString().slice(0, 10),
      cache: caches.of(of.repository.installationId).parsed,
      python,
      ...(of.advisories && { advisories: of.advisories }),
      terms: async () => (await policyAt(of, place)).policy,
      ...(standing && { changed: async () => changeBetween(standing.tree, snapshot.tree).touched }),
    });
    const modes = new Map(snapshot.tree.map(({ path, mode }) => [path, mode]));
    return { ...found, modeOf: (path) => modes.get(path) ?? "100644" };
  };
}
