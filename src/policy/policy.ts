/** What fails a check. */
export interface Gate {
  /** `new-blocker`: only what the change brings; without a base every blocker is new. */
  readonly failOn: "never" | "blocker" | "new-blocker";
  /** Absolute, 0 to 100; null where none is asked for. */
  readonly minScore: number | null;
  /** Points that a change may lose against its merge base; null where any. */
  readonly maxDrop: number | null;
}

/** When a pull request is commented. */
export type CommentMode = "changes" | "always" | "never";

/** The rules of the game for one repository, as they stand at the base. */
export interface Policy {
  readonly gate: Gate;
  readonly comment: CommentMode;
}

/** What holds where nobody wrote a policy. */
export const defaultPolicy: Policy = {
  gate: { failOn: "new-blocker", minScore: null, maxDrop: null },
  comment: "changes",
};
