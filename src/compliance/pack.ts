import type { Evidence, Waived } from "../engine/review.ts";
import type { Assessment } from "../policy/assessment.ts";
import { type Checklist, DISCLAIMER } from "./checklist.ts";
import { type ControlResult, countsOf, type EvaluatedControl, evaluate, type RuleEvidence } from "./evaluate.ts";

/** Places of one rule that a pack holds; the rest is counted. */
const PLACES = 100;

/** A place, and what is said of it. */
export interface PackPlace {
  readonly path: string | null;
  readonly line: number | null;
  readonly message: string;
}

/** A finding that is there, and that somebody accepted for a while. */
export interface PackWaiver extends PackPlace {
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
}

/** What is said of a finding that stands in no sum, because somebody told a tool to pass over it. */
export const SUPPRESSED = "Suppressed by a comment in the code, or by a list of another tool.";

/** What one rule says of a control. */
export interface PackRule {
  readonly id: string;
  readonly title: string;
  readonly state: RuleEvidence["state"];
  readonly reason: string | null;
  /** Nothing told of what was not evaluated; GitHub's settings may have had a part in what names no place of the commit. */
  readonly toldBy: "commit" | "commit and settings" | "nothing";
  readonly places: readonly PackPlace[];
  readonly waived: readonly PackWaiver[];
  /** Findings that are there, and that somebody told a tool to pass over: nobody says until when. */
  readonly suppressed: readonly PackPlace[];
  /** Places, waivers and suppressed findings that are left out here. */
  readonly more: number;
}

/** What people say of a control, and where they say it. */
export interface PackAttestation {
  readonly owner: string;
  readonly date: string;
  readonly expires: string;
  readonly isExpired: boolean;
  readonly evidence: string;
  readonly path: string | null;
  readonly line: number | null;
}

export interface PackControl {
  readonly id: string;
  readonly title: string;
  readonly result: ControlResult;
  readonly rules: readonly PackRule[];
  /** How many of the rules apply to this repository. */
  readonly applying: number;
  readonly attest: string | null;
  readonly attestation: PackAttestation | null;
  readonly never: string | null;
  readonly note: string | null;
}

/** Evidence of one repository at one commit for one regime: all that its renderings are made of. */
export interface EvidencePack {
  readonly format: "pyready-evidence/1";
  readonly disclaimer: string;
  readonly regime: Pick<Checklist, "id" | "title" | "source" | "scope">;
  readonly repository: string;
  /** Null where a working tree was looked at, which nobody can look at again. */
  readonly commit: string | null;
  /** The day that end-of-life and expiry are counted from. */
  readonly date: string;
  /** ISO time at which the pack was made. */
  readonly madeAt: string;
  readonly ruleSet: string;
  readonly profile: string;
  readonly lookedAt: {
    readonly isWhole: boolean;
    readonly files: number;
    readonly read: number;
    readonly unreadable: number;
    readonly settingsReadAt: string | null;
    readonly advisories: { readonly digest: string; readonly readAt: string | null; readonly versions: number } | null;
  };
  /** What the policy takes out of sight. */
  readonly policy: { readonly exclude: readonly string[]; readonly errors: readonly string[] };
  readonly counts: readonly { readonly result: ControlResult; readonly controls: number }[];
  readonly controls: readonly PackControl[];
}

/** The evidence of an assessment for a regime, as of this time. */
export function packOf(checklist: Checklist, { review, policy, notices }: Assessment, madeAt: string): EvidencePack {
  const evaluated = evaluate(checklist, review, policy);
  const { id, title, source, scope } = checklist;
  const { complete, files, read, unreadable, settingsReadAt, advisories } = review.lookedAt;
  return {
    format: "pyready-evidence/1",
    disclaimer: DISCLAIMER,
    regime: { id, title, source, scope },
    repository: review.repository,
    commit: review.commit,
    date: review.date,
    madeAt,
    ruleSet: review.ruleSet,
    profile: review.profile,
    lookedAt: { isWhole: complete, files, read, unreadable: unreadable.length, settingsReadAt, advisories },
    policy: {
      exclude: policy.exclude,
      errors: notices.filter(({ kind }) => kind === "error").map(({ message }) => message),
    },
    counts: countsOf(evaluated).map(([result, controls]) => ({ result, controls })),
    controls: evaluated.controls.map((one) => controlOf(one, settingsReadAt !== null)),
  };
}

function controlOf(
  { control, result, rules, applying, attestation }: EvaluatedControl,
  wereSettingsRead: boolean,
): PackControl {
  const { id, title, attest, never, note } = control;
  return {
    id,
    title,
    result,
    rules: rules.map((rule) => ruleOf(rule, wereSettingsRead)),
    applying,
    attest,
    attestation: attestationOf(attestation),
    never,
    note,
  };
}

function ruleOf(rule: RuleEvidence, wereSettingsRead: boolean): PackRule {
  const { id, title, state, reason, evidence, waived, suppressed } = rule;
  const more = [evidence, waived, suppressed].reduce((sum, { length }) => sum + Math.max(0, length - PLACES), 0);
  return {
    id,
    title,
    state,
    reason,
    toldBy: toldByOf(rule, wereSettingsRead),
    places: evidence.slice(0, PLACES).map(placeOf),
    waived: waived.slice(0, PLACES).map((one) => ({ ...placeOf(one), ...acceptedBy(one) })),
    suppressed: suppressed.slice(0, PLACES).map(placeOf),
    more,
  };
}

/** What was never read told of nothing, and a place in a file is told by the file. */
function toldByOf({ state, isOfToday, evidence, waived }: RuleEvidence, wereSettingsRead: boolean): PackRule["toldBy"] {
  if (state === "not evaluated" || state === "switched off") return "nothing";
  const places = [...evidence, ...waived];
  const isOfFiles = places.length > 0 && places.every(({ path }) => path !== null);
  return isOfToday && wereSettingsRead && !isOfFiles ? "commit and settings" : "commit";
}

/** What a rule rests on that names no place: an absence is said as one. */
export function groundOf({ state, reason, places, suppressed }: PackRule): string | null {
  if (reason !== null || state !== "holds" || places.length > 0) return reason;
  return `Nothing was found against it${suppressed.length > 0 ? " but what is suppressed" : ""}.`;
}

function placeOf({ path, line, message }: Evidence): PackPlace {
  return { path, line, message };
}

function acceptedBy({ reason, owner, expires }: Waived): Omit<PackWaiver, keyof PackPlace> {
  return { reason, owner, expires };
}

function attestationOf(attestation: EvaluatedControl["attestation"]): PackAttestation | null {
  if (attestation === null) return null;
  const { owner, date, expires, isExpired, evidence, origin } = attestation;
  return { owner, date, expires, isExpired, evidence, path: origin.path, line: origin.line };
}
