import type { CheckRunOutput } from "./check-run.ts";
import { text } from "./markdown.ts";

/** What a check run says when pyready itself could not finish: never a stack trace, never a verdict. */
export function failureOutput(reason: string, { reviewId }: { readonly reviewId: string }): CheckRunOutput {
  return {
    title: "Could not finish: this is on pyready's side",
    summary: [
      "### The review did not finish",
      "",
      `${text(reason)}`,
      "",
      `Nothing was judged, so there is no verdict. Run it again with the button above or \`/recheck\`; if it fails again, tell whoever runs this App the id \`${reviewId}\`.`,
    ].join("\n"),
  };
}
