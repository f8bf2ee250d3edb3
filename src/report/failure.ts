import { actionsOf } from "./actions.ts";
import type { CheckRunOutput } from "./check-run.ts";
import { text } from "./markdown.ts";

/** What a check run says when pyready itself could not finish: never a stack trace, never a verdict. */
export function failureOutput(reason: string, { reviewId }: { readonly reviewId: string }): CheckRunOutput {
  const summary = [
    "### The review did not finish",
    "",
    text(reason),
    "",
    `Nothing was judged, so there is no verdict. Run it again with the button above or \`/recheck\`; if it fails again, tell whoever runs this App the id \`${reviewId}\`.`,
  ];
  return {
    title: "Could not finish: this is on pyready's side",
    summary: summary.join("\n"),
    annotations: [],
    actions: actionsOf({}),
  };
}

/** The same verdict with nothing that GitHub could refuse. */
export function shortOutput(
  { title }: Pick<CheckRunOutput, "title">,
  { reviewId }: { readonly reviewId: string },
): CheckRunOutput {
  const summary = [
    `GitHub did not take the whole report of this review, \`${reviewId}\`. The verdict above stands.`,
    "",
    "`pyready review` on a checkout shows every finding; `/recheck` tries again.",
  ];
  return { title, summary: summary.join("\n"), annotations: [], actions: actionsOf({}) };
}
