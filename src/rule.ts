import type { Edit } from "./edit.ts";
import type { AnyFact } from "./facts/fact.ts";
import type { Facts } from "./facts/index.ts";

export type { Data, Edit } from "./edit.ts";

export type Severity = "critical" | "high" | "medium" | "low";

/** What a component is; facts/profile.ts tells how it is found. */
export type Profile =
  | "web-service"
  | "library"
  | "cli"
  | "worker"
  | "serverless"
  | "data-pipeline"
  | "ml"
  | "automation"
  | "notebooks"
  | "docs-only";

/** A whole repository in a few lines: path to text. */
export type MiniRepository = Readonly<Record<string, string>>;

type Settings = Facts["githubSettings"];

/** What an example needs beside files: parts of GitHub's settings, and advisories by `name@version`. */
export interface MiniSurroundings {
  readonly settings?: {
    readonly [Name in keyof Settings]?: Extract<Settings[Name], { readonly known: true }>["value"];
  };
  readonly advisories?: Readonly<
    Record<string, readonly Facts["vulnerabilities"]["packages"][number]["advisories"][number][]>
  >;
}

/** One place that an outcome rests on, with what the message needs to be exact. */
export interface Place<Found> {
  /** Absent when the finding is about the repository as a whole. */
  readonly path?: string | undefined;
  /** One-based. */
  readonly line?: number | undefined;
  readonly found: Found;
  /** Tells a finding from others like it in the same file, where no text of the file is held; never shown. */
  readonly mark?: string | undefined;
}

/** What a rule may answer. The engine alone adds unknown and crashed. */
export type Judgement<Found> =
  | { readonly outcome: "pass"; readonly value: 1; readonly places: readonly Place<Found>[] }
  | { readonly outcome: "partial"; readonly value: number; readonly places: readonly Place<Found>[] }
  | { readonly outcome: "fail"; readonly value: 0; readonly places: readonly Place<Found>[] }
  | { readonly outcome: "skip"; readonly reason: string };

/** A rule as its file states it: claim, why, fix, needs, check, message, repair, examples, in this order. */
export interface RuleDefinition<Needs extends keyof Facts, Found, RepairNeeds extends keyof Facts = never> {
  /** A claim in the present tense that is true of a healthy repository. */
  readonly title: string;
  readonly severity: Severity;
  /** What goes wrong without it: one or two sentences, printed in the check run. */
  readonly why: string;
  /** What to do: one or two sentences, printed in the check run. */
  readonly fix: string;
  /** Why no repair is written, of a rule without one: words that follow "not repaired:", and stand in docs/repairs.md. */
  readonly byHand?: string;
  readonly references: readonly string[];
  /** Rules of other tools that ask the same, as `tool rule`. */
  readonly peers?: readonly string[];
  /** Profiles that it applies to; all that have Python when absent; `"any"` includes repositories without Python. */
  readonly appliesTo?: readonly Profile[] | "any";
  /** `component` (default) judges each deployable or publishable unit; `repository` judges once. */
  readonly scope?: "component" | "repository";
  /** The rule set that it came with, as `2026.12.1`; of the first where absent. It counts from the set after. */
  readonly since?: string;
  /** The category that it counts in; the folder of its id when absent. */
  readonly category?: string;
  /** Facts of its own, beside the published ones of `needs`; `check` gets them by these names. */
  readonly facts?: Readonly<Record<string, AnyFact>>;
  /** What of the policy names another repository that may hold what this one lacks: then its absence is half as bad. */
  readonly attestedBy?: "deploy" | "alerts";
  /** Ids that this rule had before. */
  readonly formerly?: readonly string[];
  /** The facts that `check` sees; reading another does not compile. */
  readonly needs: readonly Needs[];
  check(facts: Pick<Facts, Needs>): Judgement<Found>;
  /** What is wrong (or right) at this place, in one plain sentence. */
  message(place: Place<Found>): string;
  /** Facts that only `repair` sees. */
  readonly repairNeeds?: readonly RepairNeeds[];
  /**
   * The changes to files after which the rule passes, or fails at fewer of these places: what cannot be changed
   * for sure is left out, and `cannotRepair(reason)` says why nothing can. The engine offers only what it has tried.
   */
  repair?(facts: Pick<Facts, Needs | RepairNeeds>, places: readonly Place<Found>[]): readonly Edit[];
  /** The first two tests of the rule, and its docs page. */
  readonly examples: {
    readonly passes: MiniRepository;
    readonly fails: MiniRepository;
    /** What else the two rest on. */
    readonly outside?: { readonly passes: MiniSurroundings; readonly fails: MiniSurroundings };
  };
}

/** Any rule, whatever it needs and finds. */
// biome-ignore lint/suspicious/noExplicitAny: the engine runs rules without knowing what they find
export type AnyRule = RuleDefinition<keyof Facts, any, keyof Facts>;

/** A rule with its id, as rules/index.ts lists it. */
export interface CataloguedRule {
  /** `category/claim`: its path under rules/. */
  readonly id: string;
  readonly rule: AnyRule;
}

/** Types a rule: `check` sees exactly the facts of `needs`, `message` and `repair` exactly what `check` found. */
export function defineRule<const Needs extends keyof Facts, Found, const RepairNeeds extends keyof Facts = never>(
  rule: RuleDefinition<Needs, Found, RepairNeeds>,
): RuleDefinition<Needs, Found, RepairNeeds> {
  return rule;
}

/** The claim holds; places answer "why did this pass". */
export function pass(): Judgement<never>;
export function pass<Found>(places: readonly Place<Found>[]): Judgement<Found>;
export function pass<Found>(places: readonly Place<Found>[] = []): Judgement<Found> {
  return { outcome: "pass", value: 1, places };
}

/** The claim does not hold, at each of these places. */
export function fail<Found>(places: readonly Place<Found>[]): Judgement<Found> {
  return { outcome: "fail", value: 0, places };
}

/** The claim holds in part: value in [0, 1], where 1 is pass and 0 is fail. */
export function partial<Found>(value: number, places: readonly Place<Found>[]): Judgement<Found> {
  if (value >= 1) return pass(places);
  if (value <= 0) return fail(places);
  return { outcome: "partial", value, places };
}

/** The rule has no subject here; the reason is shown. */
export function skip(reason: string): Judgement<never> {
  return { outcome: "skip", reason };
}

/** Lists the offenders; none means pass. */
export function failIfAny<Found>(offenders: readonly Place<Found>[]): Judgement<Found> {
  return offenders.length > 0 ? fail(offenders) : pass();
}

/**
 * For findings of unequal weight, each with the value that it leaves: the gravest tell the value, and stand alone.
 */
export function worstOf<Found extends { readonly value: number }>(places: readonly Place<Found>[]): Judgement<Found> {
  const worst = Math.min(1, ...places.map(({ found }) => found.value));
  return partial(
    worst,
    places.filter(({ found }) => found.value === worst),
  );
}

/** For countable subjects: the share that complies; under 0.3 it is a failure. */
export function shareOf<Found>(complying: number, total: number, offenders: readonly Place<Found>[]): Judgement<Found> {
  const share = total === 0 ? 1 : complying / total;
  return share < 0.3 ? fail(offenders) : partial(share, offenders);
}

/** Thrown by `cannotJudge`; only the engine catches it, and answers *unknown*. */
export class CannotJudge extends Error {}

/** Ends a check whose evidence exists but cannot be read or is computed: the outcome is *unknown*, never *fail*. */
export function cannotJudge(reason: string): never {
  throw new CannotJudge(reason);
}

/** Thrown by `cannotRepair`; only the engine catches it, and says the reason. */
export class CannotRepair extends Error {}

/** The edits that a fact has found; where there are none, the reason in words that follow "not repaired:". */
export function offer(edits: readonly Edit[], otherwise: string): readonly Edit[] {
  return edits.length > 0 ? edits : cannotRepair(otherwise);
}

/** Ends a repair that only a person can make, with the reason in words that follow "not repaired:". */
export function cannotRepair(reason: string): never {
  throw new CannotRepair(reason);
}
