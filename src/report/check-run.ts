import { nextFixes } from "../engine/next-fixes.ts";
import type { Assessment } from "../policy/assessment.ts";
import { type Action, actionsOf } from "./actions.ts";
import { type Annotation, annotationsOf } from "./annotations.ts";
import { changeOf } from "./change.ts";
import { firstContact } from "./first-contact.ts";
import { layOut } from "./layout.ts";
import { partsOf } from "./parts.ts";
import type { PublishContext } from "./publish-context.ts";
import { standing } from "./standing.ts";
import { headlineOf, titleOf } from "./verdict.ts";

/** GitHub refuses a summary of more bytes. */
const MAX_BYTES = 65_535;

const TAIL =
  "Run again with the button above; `/pyready help` in a comment on a pull request tells how to waive a finding.";
const TAIL_OF_PULL =
  "Run again with the button above, or comment `/recheck`; `/pyready help` tells how to waive a finding.";

/** What a check run shows. */
export interface CheckRunOutput {
  /** The verdict and the score: what the pull request's box shows. */
  readonly title: string;
  /** Markdown of at most 65,535 bytes, cut between findings. */
  readonly summary: string;
  /** On files that the change touches, what is new first; at most 50. */
  readonly annotations: readonly Annotation[];
  /** Buttons above the report; at most 3. */
  readonly actions: readonly Action[];
}

/** An assessment as a check run: verdict, what the change does, what blocks, what to do next, the rest folded. */
export function checkRunOutput(assessment: Assessment, context: PublishContext): CheckRunOutput {
  const fixes = nextFixes(assessment.review, context.repairable);
  const change = changeOf(assessment);
  const head = [
    `### ${headlineOf(assessment, change)}`,
    "",
    ...standing(assessment, change, context),
    ...(context.isFirst ? firstContact(assessment.policy.gate) : []),
  ];
  const tail = [context.baseBranch === undefined ? TAIL : TAIL_OF_PULL];
  const around = Buffer.byteLength([...head, ...tail].join("\n")) + 2;
  const parts = layOut(partsOf(assessment, change, fixes, context), MAX_BYTES - around);
  return {
    title: titleOf(assessment, change),
    summary: [...head, ...parts, ...tail].join("\n"),
    annotations: annotationsOf(assessment, change),
    actions: actionsOf(context),
  };
}
