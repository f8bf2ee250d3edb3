import { editedSnapshot, type FileChange } from "../engine/repair/edited-snapshot.ts";
import type { PolicyPlace } from "../jobs/policy-place.ts";
import type { JudgedRepository, SnapshotOf } from "./judged-repository.ts";
import type { StandingPolicies } from "./standing-policies.ts";

/**
 * What would be wrong with a policy once a file of it is changed, and is not wrong with it now: plain
 * sentences. What an organisation enforces is among it.
 */
export async function objectionsTo(
  { snapshotOf, policyIn }: { readonly snapshotOf: SnapshotOf } & Pick<StandingPolicies, "policyIn">,
  of: JudgedRepository,
  place: PolicyPlace & { readonly commit: string },
  change: FileChange,
): Promise<readonly string[]> {
  const now = await snapshotOf(of, place.commit);
  const before = await policyIn(of, place, now);
  const after = await policyIn(of, place, editedSnapshot(now, [change]));
  const known = new Set(before.notices.map(({ message }) => message));
  return after.notices.flatMap(({ kind, message }) => (kind === "error" && !known.has(message) ? [message] : []));
}
