import type { AnyFact } from "../facts/fact.ts";
import { facts as allFacts, type Facts } from "../facts/index.ts";
import {
  type AnyRule,
  CannotJudge,
  CannotRepair,
  type CataloguedRule,
  type Edit,
  type Judgement,
  type Profile,
} from "../rule.ts";
import type { Answer } from "./answers.ts";
import type { FactValues, View } from "./fact-values.ts";
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
  /** The rule's own proposal, where it fails or holds in part and has one; made when it is asked for. */
  readonly propose?: () => Proposal;
  /** What a waiver covers, each with its place among the waivers; in none of the evidence. */
  readonly waived?: readonly { readonly remark: MarkedRemark; readonly waiver: number }[];
}

/** The edits that would make a rule pass, or why only a person can; what they do is not yet tried. */
export type Proposal = { readonly edits: readonly Edit[] } | { readonly reason: string };

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
    const facts = { ...factsNamed(rule.needs), ...rule.facts };
    const given = Object.values(facts).map((fact) => values.valueOf(fact, view));
    const { judgement, judged } = values.answers.of(rule, view.place, given, () =>
      asked(rule, Object.keys(facts), given),
    );
    const whole = inWholeTree(judged, complete);
    const shown = isOneOfSeveral ? placed(whole, view.component.root) : whole;
    if (!judgement || !rule.repair || (shown.outcome !== "fail" && shown.outcome !== "partial")) return shown;
    return { ...shown, propose: () => proposalOf(rule, judgement, values, view) };
  } catch {
    return { outcome: "crashed", value: null, reason: "the rule failed: this is a defect of pyready", evidence: [] };
  }
}

function factsNamed(names: readonly (keyof Facts)[]): Readonly<Record<string, AnyFact>> {
  return Object.fromEntries(names.map((name) => [name, allFacts[name]]));
}

function asked(rule: AnyRule, names: readonly string[], given: readonly unknown[]): Omit<Answer, "given"> {
  try {
    const judgement = rule.check(Object.fromEntries(names.map((name, index) => [name, given[index]])) as Facts);
    return { judgement, judged: toJudged(rule, judgement) };
  } catch (error) {
    if (!(error instanceof CannotJudge)) throw error;
    return { judgement: null, judged: { outcome: "unknown", value: null, reason: error.message, evidence: [] } };
  }
}

/** The repair sees the values of now, whenever the rule was asked. */
function proposalOf(rule: AnyRule, judgement: Judgement<unknown>, values: FactValues, view: View): Proposal {
  try {
    const facts = Object.entries(factsNamed([...rule.needs, ...(rule.repairNeeds ?? [])]));
    const given = Object.fromEntries(facts.map(([name, fact]) => [name, values.valueOf(fact, view)])) as Facts;
    const places = judgement.outcome === "skip" ? [] : judgement.places;
    return { edits: rule.repair?.(given, places) ?? [] };
  } catch (error) {
    if (error instanceof CannotRepair || error instanceof CannotJudge) return { reason: error.message };
    return { reason: "the repair failed: this is a defect of pyready" };
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

/** What is not judged, and why. */
export function skipped(reason: string): Judged {
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
