import { defineFact, type UnreadFile } from "./fact.ts";
import { canHold, duringUnapprovedEvent, entriesOf } from "./workflows/entries.ts";
import type { Job, Workflow, Workflows } from "./workflows/model.ts";
import { RETIRED_RUNNERS } from "./workflows/retirements.ts";
import { runnersOf } from "./workflows/runners.ts";
import { workflows } from "./workflows.ts";

/** A job that runs the code of strangers, and where. */
export interface ExposedRunner {
  readonly path: string;
  /** Of the label. */
  readonly line: number;
  /** The label; undefined where it is computed or a group. */
  readonly label: string | undefined;
  /** True for the project's own machine; undefined where only the settings tell whose it is. */
  readonly isSelfHosted: true | undefined;
}

export interface ExposedRunners {
  /** Hosted runners, which are made anew for each job, are left out. */
  readonly runners: readonly ExposedRunner[];
  /** True where any workflow runs for pull requests. */
  readonly runsForPullRequests: boolean;
  readonly hasWorkflows: boolean;
  readonly unread: readonly UnreadFile[];
}

/** Events that run the code of a pull request from a fork. */
const OF_FORKS = ["pull_request", "pull_request_review", "pull_request_review_comment"];
const HOSTED = /^(ubuntu|windows|macos)-([\d.]+(-(arm|intel|vs\d+))*|latest|slim)(-(large|xlarge|xl))?$/i;
/** Providers whose runners are machines that live for one job. */
const RENTED = /^(blacksmith|depot|ubicloud|buildjet|namespace-profile|nscloud|warp|runs-on|cirun|codspeed)\b/i;
/** Changes of a pull request that only those make who can write. */
const OF_WRITERS = new Set(["labeled", "unlabeled", "assigned", "unassigned", "milestoned"]);

/** Jobs that run pull requests from forks on machines that are not made for one job. */
export const exposedRunners = defineFact({
  spans: "repository",
  uses: { workflows },
  combine: ({ uses: { workflows: found } }): ExposedRunners => {
    const exposed = found.files.flatMap((workflow) =>
      workflow.jobs.filter((job) => runsForStrangers(workflow, job, found)).map((job) => ({ workflow, job })),
    );
    return {
      runners: exposed.flatMap(({ workflow, job }) => runnersIn(workflow, job, found)),
      runsForPullRequests: exposed.length > 0,
      hasWorkflows: found.files.length > 0,
      unread: found.unread,
    };
  },
});

function runsForStrangers(workflow: Workflow, job: Job, found: Workflows): boolean {
  return entriesOf(workflow, job, found).some(({ event, trigger, conditions }) => {
    const types = trigger.options?.get("types")?.texts ?? [];
    const byWriters = types.length > 0 && types.every((type) => OF_WRITERS.has(type));
    return OF_FORKS.includes(event) && !byWriters && canHold(conditions, duringUnapprovedEvent(event));
  });
}

function runnersIn(workflow: Workflow, job: Job, found: Workflows): readonly ExposedRunner[] {
  const runners = runnersOf(workflow, job, found);
  if (!runners) return [];
  const { path } = workflow;
  const own = runners.labels.find(({ text }) => text.toLowerCase() === "self-hosted");
  if (own) return [{ path, line: own.line, label: own.text, isSelfHosted: true }];
  const custom = runners.labels.filter(({ text }) => !isHosted(text));
  const hidden = runners.isComputed || runners.isGroup ? [{ text: undefined, line: runners.line }] : [];
  return [...custom, ...hidden].map(({ text, line }) => ({ path, line, label: text, isSelfHosted: undefined }));
}

function isHosted(label: string): boolean {
  return HOSTED.test(label) || RENTED.test(label) || RETIRED_RUNNERS[label.toLowerCase()] !== undefined;
}
