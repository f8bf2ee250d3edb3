import type { PublishContext } from "./publish-context.ts";

/** A button of a check run. GitHub takes three: label and identifier of 20 characters, description of 40. */
export interface Action {
  readonly label: string;
  readonly description: string;
  /** What GitHub sends back when it is pressed. */
  readonly identifier: string;
}

const RUN_AGAIN: Action = { label: "Run again", description: "Judge this commit again", identifier: "recheck" };
const PROPOSE_FIXES: Action = {
  label: "Propose fixes",
  description: "Open a pull request with the repairs",
  identifier: "fix",
};

/** The buttons that do something here: repairs are offered where there are some and the App may write them. */
export function actionsOf({
  mayProposeFixes,
  repairable,
}: Pick<PublishContext, "mayProposeFixes" | "repairable">): readonly Action[] {
  return mayProposeFixes && repairable && repairable.size > 0 ? [RUN_AGAIN, PROPOSE_FIXES] : [RUN_AGAIN];
}
