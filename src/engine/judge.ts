import type { AnyFact } from "../facts/fact.ts";
import { facts as allFacts, type Facts } from "../facts/index.ts";
import { type AnyRule, CannotJudge, type CataloguedRule, type Judgement, type Profile } from "../rule.ts";
import type { FactValues, View } from "./gather.ts";
import type { Outcome, Remark } from "./review.ts";

/** What a rule said of a place, with what tells it from others like it. */
export interface MarkedRemark extends Remark {
  readonly mark: string | undefined;
}

/** What one rule said of one view. */
export interface Judged {
  readonly outcome: Outcome;
  readonly value: number | null;
  readonly reason: string | null;
  readonly evidence: readonly MarkedRemark[];
}

/** What a rule is judged on. */
export interface Subject {
  readonly view: View;
  /** The component's profile; for the repository as a whole those of all its components. */
  readonly profiles: readonly (Profile | "none")[];
  /** False where the tree was cut. */
  readonly complete: boolean;
  /** True for one component of several: then a finding without a place has to say whose it is. */
  readonly isOneOfSeveral: boolean;
}

/** Runs one rule on one subject; whatever goes wrong stays inside its outcome. */
export function judge({ rule }: CataloguedRule, values: FactValues, subject: Subject): Judged {
  const { view, profiles, complete, isOneOfSeveral } = subject;
  try {
    if (!profiles.some((profile) => applies(rule, profile))) return skipped(whyNot(profiles));
    const given = Object.fromEntries(rule.needs.map((name) => [name, values.valueOf(allFacts[name] as AnyFact, view)]));
    const judged = inWholeTree(toJudged(rule, rule.check(given as unknown as Facts)), complete);
    return isOneOfSeveral ? placed(judged, view.component.root) : judged;
  } catch (error) {
    if (error instanceof CannotJudge) return { outcome: "unknown", value: null, reason: error.message, evidence: [] };
    return { outcome: "crashed", value: null, reason: "the rule failed: this is a defect of pyready", evidence: [] };
  }
}

function applies({ appliesTo }: AnyRule, profile: Profile | "none"): boolean {
  if (appliesTo === "any") return true;
  if (profile === "none" || (profile === "docs-only" && !appliesTo)) return false;
  return appliesTo?.includes(profile) ?? true;
}

function whyNot(profiles: readonly string[]): string {
  const [only] = profiles;
  if (profiles.every((profile) => profile === "none")) return "there is no Python here";
  return profiles.length === 1
    ? `it does not apply to the profile ${only}`
    : "it applies to none of the components' profiles";
}

function skipped(reason: string): Judged {
  return { outcome: "skip", value: null, reason, evidence: [] };
}

function toJudged(rule: AnyRule, judgement: Judgement<unknown>): Judged {
  if (judgement.outcome === "skip") return skipped(judgement.reason);
  const evidence = judgement.places.map((place) => ({
    path: place.path ?? null,
    line: place.line ?? null,
    message: rule.message(place),
    mark: place.mark,
  }));
  return { outcome: judgement.outcome, value: judgement.value, reason: null, evidence };
}

/** Where the tree was cut, only what was seen counts: an absence proves nothing. */
function inWholeTree(judged: Judged, complete: boolean): Judged {
  const rests = judged.evidence.some(({ path }) => path !== null);
  if (complete || rests || judged.outcome === "unknown") return judged;
  return { outcome: "unknown", value: null, reason: "the repository's tree could not be listed whole", evidence: [] };
}

/** What is said of a component as a whole stands at its folder. */
function placed(judged: Judged, root: string): Judged {
  const evidence = judged.evidence.map((one) => {
    if (one.path !== null) return one;
    return root === "" ? { ...one, message: `At the root: ${one.message}` } : { ...one, path: root };
  });
  return { ...judged, evidence };
}
