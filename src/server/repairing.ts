import { rules } from "../../rules/index.ts";
import { changeBetween } from "../engine/change.ts";
import type { PythonReader } from "../engine/extraction.ts";
import { repairsOf, type TagReader } from "../engine/repair/repairs.ts";
import type { Found } from "../jobs/fix.ts";
import type { PolicyPlace } from "../jobs/policy-place.ts";
import { type Caches, type JudgedRepository, type SnapshotOf, today } from "./judged-repository.ts";
import type { StandingPolicies } from "./standing-policies.ts";
import type { TenantCaches } from "./tenant-caches.ts";

/** What finding repairs needs beside the repository. */
export interface RepairingParts {
  readonly python: PythonReader;
  readonly caches: TenantCaches<Caches>;
  readonly snapshotOf: SnapshotOf;
  readonly policies: StandingPolicies;
}

/** Which repairs are looked for. */
export interface RepairsWanted {
  /** Ids of rules; all when absent. */
  readonly only?: readonly string[] | undefined;
  /** Who knows the commits of tags; without it no action is pinned. */
  readonly tags?: TagReader | undefined;
}

/** Finds repairs of a repository at a head. */
export type RepairsAt = (
  of: JudgedRepository,
  headSha: string,
  place: PolicyPlace,
  wanted: RepairsWanted,
) => Promise<Found>;

/** Finds what can be repaired at a head, by the policy that it is judged by: what that switches off or waives stays. */
export function repairing({ python, caches, snapshotOf, policies }: RepairingParts): RepairsAt {
  return async function repairsAt(of, headSha, place, wanted) {
    const snapshot = await snapshotOf(of, headSha);
    const standing = place.commit === null ? undefined : await snapshotOf(of, place.commit);
    const found = await repairsOf(snapshot, {
      ...wanted,
      rules,
      date: today(),
      cache: caches.of(of.repository.installationId).parsed,
      python,
      ...(of.advisories && { advisories: of.advisories }),
      terms: async () => (await policies.policyAt(of, place)).policy,
      ...(standing && { changed: async () => changeBetween(standing.tree, snapshot.tree).touched }),
    });
    const modes = new Map(snapshot.tree.map(({ path, mode }) => [path, mode]));
    return { ...found, modeOf: (path) => modes.get(path) ?? "100644" };
  };
}
