import type { Change } from "../engine/comparison.ts";
import type { Review } from "../engine/review.ts";
import { silences } from "../engine/trusted.ts";
import type { Notice } from "../policy/assessment.ts";
import { changeNotices, silencingNotices } from "../policy/changes.ts";
import type { Policy } from "../policy/policy.ts";
import type { EffectivePolicy } from "../policy/policy-of.ts";
import { policyPaths } from "../policy/read-layers.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { ownRulesNotices } from "./own-rules.ts";
import { policyOwners } from "./policies.ts";

/** A change that was judged, and how to learn what it would mean once it is merged. */
export interface JudgedChange {
  readonly change: Change;
  /** Where the policy stands that holds. */
  readonly standing: Snapshot;
  readonly held: EffectivePolicy;
  readonly review: Review;
  /** The policy that the change brings. */
  policyAfter(): Promise<EffectivePolicy>;
  /** The same head, judged by another policy. */
  reviewBy(policy: Policy): Promise<Review>;
}

/** What a change does to the policy and to files that silence findings: told, and never applied to itself. */
export async function noticesOfChange(judged: JudgedChange): Promise<readonly Notice[]> {
  const { change, standing, held, review, policyAfter, reviewBy } = judged;
  const paths = [...change.touched, ...change.removed].sort();
  const silencing = [...silencingNotices(paths.filter(silences)), ...ownRulesNotices(paths)];
  if (!policyPaths.some((path) => paths.includes(path))) return silencing;
  const after = await policyAfter();
  const reviewAfter = after.hash === held.hash ? review : await reviewBy(after.policy);
  const owners = await policyOwners(standing);
  return [...changeNotices({ before: held, after, review, reviewAfter, owners }), ...silencing];
}
