import { checklists } from "../../rules/checklists/index.ts";
import type { Evidence, Review, RuleResult, Waived } from "../engine/review.ts";
import type { Attestation, Policy } from "../policy/policy.ts";
import type { Checklist, Control } from "./checklist.ts";

/** What the evidence says of a control, in the words of every rendering. */
export type ControlResult =
  | "supported by repository evidence"
  | "partly supported"
  | "gap found"
  | "attestation needed"
  | "not visible here";

/** The results in the order in which they are counted. */
const results: readonly ControlResult[] = [
  "gap found",
  "partly supported",
  "supported by repository evidence",
  "attestation needed",
  "not visible here",
];

/** What one rule says of a control. */
export type RuleState =
  | "holds"
  | "holds in part"
  | "fails"
  | "fails, and is accepted by a waiver"
  | "not evaluated"
  | "switched off"
  | "does not apply";

/** A rule behind a control, with the places that its state rests on. */
export interface RuleEvidence {
  readonly id: string;
  readonly title: string;
  readonly state: RuleState;
  readonly reason: string | null;
  readonly evidence: readonly Evidence[];
  readonly waived: readonly Waived[];
  /** Findings that a comment in the code, or a list of another tool, silences: its state does not rest on them. */
  readonly suppressed: readonly Evidence[];
  /** True where GitHub's settings of that moment told of it, and no file of the commit. */
  readonly isOfToday: boolean;
}

/** A control with its result and all that it rests on. */
export interface EvaluatedControl {
  readonly control: Control;
  readonly result: ControlResult;
  readonly rules: readonly RuleEvidence[];
  /** How many of the rules apply to this repository. */
  readonly applying: number;
  /** The newest that names it; null where nobody attests. */
  readonly attestation: (Attestation & { readonly isExpired: boolean }) | null;
}

export interface EvaluatedChecklist {
  readonly checklist: Checklist;
  readonly controls: readonly EvaluatedControl[];
}

/** What a review says of the controls of a regime. It has no score and changes none. */
export function evaluate(checklist: Checklist, review: Review, policy: Policy): EvaluatedChecklist {
  const byId = new Map(review.rules.map((rule) => [rule.id, rule]));
  const tooNew = new Set(review.previews.map(({ id }) => id));
  const controls = checklist.controls.map((control) => {
    const rules = control.rules.map((id) => evidenceOf(id, byId.get(id), tooNew.has(id), policy));
    const attestation = attestationOf(checklist.id, control.id, policy, review.date);
    const applying = applyingOf(rules);
    return { control, rules, applying, attestation, result: resultOf(control, rules, attestation) };
  });
  return { checklist, controls };
}

/** What a review says of every regime that the policy names. */
export function declaredChecklists(review: Review, policy: Policy): readonly EvaluatedChecklist[] {
  return checklists
    .filter(({ id }) => policy.compliance.regimes.includes(id))
    .map((checklist) => evaluate(checklist, review, policy));
}

/** How many controls have each result; results that none has are left out. */
export function countsOf({ controls }: EvaluatedChecklist): readonly (readonly [ControlResult, number])[] {
  return results
    .map((result) => [result, controls.filter((one) => one.result === result).length] as const)
    .filter(([, many]) => many > 0);
}

function evidenceOf(id: string, rule: RuleResult | undefined, isTooNew: boolean, policy: Policy): RuleEvidence {
  if (rule === undefined || isTooNew)
    return {
      id,
      title: rule?.title ?? id,
      state: "not evaluated",
      reason: isTooNew ? "it is too new to count" : "it was not among the rules of this review",
      evidence: [],
      waived: [],
      suppressed: [],
      isOfToday: false,
    };
  const { title, reason, evidence, waived, suppressed, isOfToday } = rule;
  const isOff = rule.outcome === "skip" && policy.rules[id]?.off === true;
  const state = isOff ? "switched off" : stateOf(rule);
  return { id, title, state, reason, evidence, waived, suppressed, isOfToday };
}

function stateOf({ outcome, waived }: RuleResult): RuleState {
  if (outcome === "fail") return "fails";
  // What is accepted is still there.
  if (outcome === "waived" || waived.length > 0) return "fails, and is accepted by a waiver";
  if (outcome === "partial") return "holds in part";
  if (outcome === "pass") return "holds";
  return outcome === "skip" ? "does not apply" : "not evaluated";
}

function resultOf(
  { supporting, outside }: Control,
  rules: readonly RuleEvidence[],
  attestation: EvaluatedControl["attestation"],
): ControlResult {
  const some = (...states: readonly RuleState[]): boolean => rules.some(({ state }) => states.includes(state));
  // What only supports a control neither carries it nor is a gap in it.
  if (!supporting && some("fails", "fails, and is accepted by a waiver")) return "gap found";
  if (some("holds", "holds in part")) {
    // What most of the rules have nothing to say of is not supported by the few that have.
    const isCarried = !supporting && 2 * applyingOf(rules) > rules.length;
    const isSilenced = rules.some(({ suppressed }) => suppressed.length > 0);
    return !isCarried || isSilenced || some("holds in part", "not evaluated", "switched off")
      ? "partly supported"
      : "supported by repository evidence";
  }
  if (outside || (attestation && !attestation.isExpired)) return "not visible here";
  return some("not evaluated") && !attestation ? "not visible here" : "attestation needed";
}

function applyingOf(rules: readonly RuleEvidence[]): number {
  return rules.filter(({ state }) => state !== "does not apply").length;
}

function attestationOf(
  regime: string,
  control: string,
  { attestations }: Policy,
  date: string,
): EvaluatedControl["attestation"] {
  const newest = attestations
    .filter((one) => one.regime === regime && one.controls.includes(control))
    .reduce<Attestation | null>((last, one) => (last && last.expires >= one.expires ? last : one), null);
  return newest && { ...newest, isExpired: newest.expires < date };
}
