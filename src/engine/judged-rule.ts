import type { CataloguedRule, Profile } from "../rule.ts";
import type { Judged } from "./judge.ts";
import type { Outcome } from "./review.ts";
import type { Suppression } from "./suppress.ts";

/** A rule with its judgement on each component, or its one on the repository. */
export type JudgedRule = CataloguedRule &
  Suppression & {
    /** True where a fact that it needs is of today, whatever the commit. */
    readonly isOfToday: boolean;
    /** Files that it wanted and nobody could read. */
    readonly unread: readonly string[];
  };

/** What the summary needs of a component. */
export interface ProfiledComponent {
  readonly root: string;
  readonly profile: Profile | "none";
  readonly signals: readonly { readonly path: string | null; readonly sentence: string }[];
  readonly lines: number;
  /** Without examples, docs and tests. */
  readonly productLines: number;
}

/** What is waived is never counted as passed. */
export const GRAVEST_FIRST: readonly Outcome[] = ["crashed", "fail", "partial", "unknown", "waived", "pass", "skip"];

/** The category that a rule counts in. */
export function categoryOf({ id, rule }: CataloguedRule): string {
  return rule.category ?? id.slice(0, id.indexOf("/"));
}

/** What a rule said of one component; what it said of the repository counts in each. */
export function judgedIn({ rule, judged }: JudgedRule, index: number): Judged | undefined {
  return rule.scope === "repository" ? judged[0] : judged[index];
}
