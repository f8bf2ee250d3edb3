import type { Profile, Severity } from "../rule.ts";

export type Scalar = string | number | boolean;

/** What has to hold, in the words of the schema: exactly one of the first four. */
export interface Check {
  readonly present?: readonly string[];
  readonly absent?: readonly string[];
  readonly value?: ValueCheck;
  readonly expression?: string;
  /** Of an expression: the files whose data it looks at. */
  readonly reads?: readonly string[];
}

/** A value at a path of a file. */
export interface ValueCheck {
  readonly file: string;
  readonly at: readonly (string | number)[];
  readonly is?: Scalar;
  readonly "one-of"?: readonly Scalar[];
  readonly "at-least"?: number;
  readonly "at-most"?: number;
  readonly exists?: boolean;
}

/** A whole repository in a few lines: path to text. */
export type Case = Readonly<Record<string, string>>;

/** A rule as its file states it. */
export interface Definition {
  readonly title: string;
  readonly category: string;
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
  readonly message: string;
  readonly "applies-to"?: "any" | readonly Profile[];
  readonly scope?: "component" | "repository";
  readonly when?: readonly string[];
  readonly check: Check;
  readonly tests: {
    readonly passes: readonly Case[];
    readonly fails: readonly Case[];
    readonly skips?: readonly Case[];
  };
}
