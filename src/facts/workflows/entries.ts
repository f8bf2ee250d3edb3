import type { DataNode } from "../formats/node.ts";
import { type Assumptions, type Comparison, conditionHolds, runsRegardless } from "./condition.ts";
import { callersOf } from "./executed-steps.ts";
import type { Job, Trigger, Workflow, Workflows } from "./model.ts";

/** One way in which a job comes to run: an event, and the jobs that it passes through. */
export interface Entry {
  /** `workflow_call` where a workflow is called from elsewhere: any event may stand behind it. */
  readonly event: string;
  readonly trigger: Trigger;
  /** The job itself, those that it waits for, and those that call its workflow. */
  readonly jobs: readonly Job[];
  readonly conditions: readonly DataNode[];
}

/** More ways than any repository has, and more jobs on them; a hostile one could have them grow without end. */
const MAX_ENTRIES = 500;
const MAX_VISITS = 1000;

/** The ways in which a job comes to run, through the repository's own callers where it has some. */
export function entriesOf(workflow: Workflow, job: Job, found: Workflows): readonly Entry[] {
  const entries: Entry[] = [];
  let visits = 0;
  const visit = (
    at: Workflow,
    current: Job,
    above: Pick<Entry, "jobs" | "conditions">,
    seen: ReadonlySet<Workflow>,
  ): void => {
    if (entries.length >= MAX_ENTRIES || visits++ >= MAX_VISITS) return;
    const path = pathTo(at, current);
    const jobs = [...above.jobs, ...path.jobs];
    const conditions = [...above.conditions, ...path.conditions];
    for (const trigger of at.triggers.values()) {
      const callers = trigger.event === "workflow_call" && !seen.has(at) ? callersOf(at, found) : [];
      if (callers.length === 0) entries.push({ event: trigger.event, trigger, jobs, conditions });
      for (const caller of callers) visit(caller.workflow, caller.job, { jobs, conditions }, new Set([...seen, at]));
    }
  };
  visit(workflow, job, { jobs: [], conditions: [] }, new Set());
  return entries;
}

const paths = new WeakMap<Job, Pick<Entry, "jobs" | "conditions">>();
const byId = new WeakMap<Workflow, ReadonlyMap<string, Job>>();

function pathTo(workflow: Workflow, job: Job): Pick<Entry, "jobs" | "conditions"> {
  const path = paths.get(job) ?? walkedBack(workflow, job);
  paths.set(job, path);
  return path;
}

/** The job and those it waits for. A job that runs regardless does not depend on their conditions. */
function walkedBack(workflow: Workflow, job: Job): Pick<Entry, "jobs" | "conditions"> {
  const known = byId.get(workflow) ?? new Map(workflow.jobs.map((other) => [other.id, other]));
  byId.set(workflow, known);
  const jobs = new Set<Job>();
  const conditions = new Set<DataNode>();
  const visit = (current: Job): void => {
    if (jobs.has(current)) return;
    jobs.add(current);
    if (current.if) conditions.add(current.if);
    if (runsRegardless(current.if)) return;
    for (const id of current.needs) {
      const needed = known.get(id);
      if (needed) visit(needed);
    }
  };
  visit(job);
  return { jobs: [...jobs], conditions: [...conditions] };
}

/** False only where one of the conditions certainly fails. */
export function canHold(conditions: readonly DataNode[], assumptions: Assumptions): boolean {
  return conditions.every((condition) => conditionHolds(condition, assumptions) !== false);
}

/** Nothing is known but the event. */
export function duringEvent(event: string): Assumptions {
  return (path) => (event !== "workflow_call" && path.join(".") === "github.event_name" ? event : undefined);
}

const never: Comparison = () => false;
/** Whoever acts can make a bot act on their pull request. */
const actor: Comparison = (other) => (String(other).endsWith("[bot]") ? undefined : false);
const ABOUT_STRANGERS: readonly (readonly [path: RegExp, assumed: boolean | string | Comparison])[] = [
  [/^github\.event\.(pull_request\.head\.repo|workflow_run\.head_repository)\.fork$/, true],
  [
    /^github\.event\.(pull_request\.head\.repo|workflow_run\.head_repository)\.(full_name|id|node_id|owner\.login|owner\.id)$/,
    never,
  ],
  [/^github\.event\.pull_request\.head\.(user\.login|user\.id|label)$/, never],
  [/^github\.event\.(pull_request|issue|comment|review|discussion)\.user\.(login|id)$/, never],
  [/^github\.event\.workflow_run\.event$/, "pull_request"],
  [/^github\.event\.(.+\.)?author_association$/, "NONE"],
  [/^github\.(actor|triggering_actor|event\.sender\.login|event\.workflow_run\.(triggering_)?actor\.login)$/, actor],
];

/** The event is caused by somebody who cannot write to the repository, from a fork. */
export function duringEventOfStranger(event: string): Assumptions {
  const known = duringEvent(event);
  return (path) => {
    const name = path.join(".");
    const assumed = ABOUT_STRANGERS.find(([pattern]) => pattern.test(name));
    return assumed ? assumed[1] : known(path);
  };
}

/** What a stranger wrote is at hand, whoever causes the event: a comment or a label may be a maintainer's. */
export function withContentOfStranger(event: string): Assumptions {
  const stranger = duringEventOfStranger(event);
  return (path) =>
    /^github\.(actor|triggering_actor|event\.(sender|comment|review|workflow_run\.(triggering_)?actor)\.)/.test(
      `${path.join(".")}.`,
    )
      ? undefined
      : stranger(path);
}

/** A stranger causes the event, and nobody who can write has had a hand in it: no label, no merge. */
export function duringUnapprovedEvent(event: string): Assumptions {
  const stranger = duringEventOfStranger(event);
  return (path) => {
    const name = path.join(".");
    if (/^github\.event\.(label\.name|(pull_request|issue)\.labels(\.\*)?(\.name)?)$/.test(name)) return never;
    if (name === "github.event.pull_request.merged") return false;
    if (name === "github.event.action")
      return (other) => (other === "labeled" || other === "assigned" ? false : undefined);
    return stranger(path);
  };
}
