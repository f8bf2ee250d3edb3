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

/** More ways than any repository has, and more calls on them; a hostile one could have them grow without end. */
const MAX_ENTRIES = 200;
const MAX_CALLS = 1000;

/** The ways in which a job comes to run, through the repository's own callers where it has some. */
export function entriesOf(workflow: Workflow, job: Job, found: Workflows): readonly Entry[] {
  const path = pathTo(workflow, job);
  return entriesTo(workflow, found).map(({ event, trigger, jobs, conditions }) => ({
    event,
    trigger,
    jobs: [...path.jobs, ...jobs],
    conditions: [...path.conditions, ...conditions],
  }));
}

const entries = new WeakMap<Workflows, Map<Workflow, readonly Entry[]>>();

/** The ways to a workflow, which all of its jobs share. */
function entriesTo(workflow: Workflow, found: Workflows): readonly Entry[] {
  const known = entries.get(found) ?? new Map<Workflow, readonly Entry[]>();
  entries.set(found, known);
  const ways = known.get(workflow) ?? entriesThroughCallers(workflow, found);
  known.set(workflow, ways);
  return ways;
}

function entriesThroughCallers(workflow: Workflow, found: Workflows): readonly Entry[] {
  const ways: Entry[] = [];
  let calls = 0;
  const visit = (at: Workflow, above: Pick<Entry, "jobs" | "conditions">, seen: ReadonlySet<Workflow>): void => {
    if (ways.length >= MAX_ENTRIES || calls++ >= MAX_CALLS) return;
    for (const trigger of at.triggers.values()) {
      const callers = trigger.event === "workflow_call" && !seen.has(at) ? callersOf(at, found) : [];
      if (callers.length === 0) ways.push({ event: trigger.event, trigger, ...above });
      for (const caller of callers) {
        const { jobs, conditions } = pathTo(caller.workflow, caller.job);
        const through = { jobs: [...above.jobs, ...jobs], conditions: [...above.conditions, ...conditions] };
        visit(caller.workflow, through, new Set([...seen, at]));
      }
    }
  };
  visit(workflow, { jobs: [], conditions: [] }, new Set());
  return ways.slice(0, MAX_ENTRIES);
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
