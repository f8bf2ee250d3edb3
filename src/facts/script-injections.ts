import { defineFact, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { isAction } from "./workflows/action-reference.ts";
import { canHold, duringEvent, duringEventOfStranger, type Entry, entriesOf } from "./workflows/entries.ts";
import { type ExecutedStep, executedSteps, type Scope } from "./workflows/executed-steps.ts";
import { type Lift, liftedExpression } from "./workflows/lifted-expression.ts";
import type { LocalAction, Step, Workflows } from "./workflows/model.ts";
import { type Origin, originsOf } from "./workflows/origins.ts";
import { runnersOf } from "./workflows/runners.ts";
import { sourcesIn } from "./workflows/text-sources.ts";
import { eventsWithUntrusted } from "./workflows/untrusted-contexts.ts";
import { workflows } from "./workflows.ts";

/** A script that takes in text from outside before it is read as code. */
export interface ScriptInjection {
  readonly path: string;
  /** Of the expression. */
  readonly line: number;
  /** The context that holds the text. */
  readonly source: string;
  /**
   * Who can choose the text: anybody; anybody whom a release's notes quote; who may publish a release;
   * who may start the workflow by hand; who may push. The last also where no event of the workflow has
   * such a text.
   */
  readonly author: "stranger" | "quoted" | "releaser" | "starter" | "pusher";
  /** How the script can do without; undefined where people have to find out. */
  readonly lift: Lift | undefined;
}

export interface ScriptInjections {
  readonly injections: readonly ScriptInjection[];
  readonly hasWorkflows: boolean;
  readonly unread: readonly UnreadFile[];
}

const AUTHORS: readonly ScriptInjection["author"][] = ["stranger", "quoted", "releaser", "starter", "pusher"];
/** Events that only people who can write to the repository cause. */
const OF_WRITERS = new Set(["schedule", "workflow_dispatch", "repository_dispatch", "merge_group"]);

/** The expressions in scripts of workflows and composite actions that bring in text from outside. */
export const scriptInjections = defineFact({
  spans: "repository",
  uses: { workflows },
  combine: ({ uses: { workflows: found } }): ScriptInjections => {
    const executed = new Set<LocalAction>();
    const inWorkflows = found.files.flatMap((workflow) =>
      workflow.jobs.flatMap((job) => {
        let ways: Ways | undefined;
        const waysToJob = (): Ways => {
          ways ??= waysAmong(entriesOf(workflow, job, found));
          return ways;
        };
        return executedSteps(workflow, job, found).flatMap((one) => {
          if (one.scope.call) executed.add(one.scope.call.action);
          return injectionsOf(one, waysToJob, found);
        });
      }),
    );
    const elsewhere = found.actions.filter((action) => !executed.has(action)).flatMap(injectionsOfUncalled);
    return {
      injections: gravestByPlace([...inWorkflows, ...elsewhere]),
      hasWorkflows: found.files.length > 0 || found.actions.length > 0,
      unread: found.unread,
    };
  },
});

function injectionsOf(one: ExecutedStep, waysToJob: () => Ways, found: Workflows): readonly ScriptInjection[] {
  const { path, step, scope } = one;
  let ways: Ways | undefined;
  return scriptsOf(step).flatMap((script) =>
    sourcesIn(script.text ?? "").flatMap(({ source, offset }) =>
      originsOf(source, { step, scope }, found).flatMap((origin) => {
        ways ??= waysTo(one, waysToJob());
        const author = authorOf(origin, ways);
        const lift = liftedExpression(step, script, offset, isBash(step, scope, found));
        return author ? [{ path, line: script.lineAt(offset), source: origin.source, author, lift }] : [];
      }),
    ),
  );
}

/** An action that no workflow here calls is called from elsewhere: every event may stand behind it. */
function injectionsOfUncalled({ path, steps }: LocalAction): readonly ScriptInjection[] {
  return steps.flatMap((step) =>
    scriptsOf(step).flatMap((script) =>
      sourcesIn(script.text ?? "")
        .filter(({ source }) => eventsWithUntrusted(source))
        .map(({ source, offset }) => {
          const lift = liftedExpression(step, script, offset, /^(bash|sh)$/.test(step.shell ?? ""));
          return { path, line: script.lineAt(offset), source, author: chooserOf(source), lift };
        }),
    ),
  );
}

/** True where the shell of a step is like bash, as it is by itself anywhere but on Windows. */
function isBash({ shell }: Step, { workflow, job }: Scope, found: Workflows): boolean {
  if (shell !== undefined) return /^(bash|sh)$/.test(shell);
  const labels = runnersOf(workflow, job, found)?.labels ?? [];
  const isElsewhere = workflow.defaults || job.defaults || labels.length === 0;
  return !isElsewhere && labels.every(({ text }) => /^(ubuntu|macos)-/.test(text));
}

/** What of a step is code: its `run`, or the script of GitHub's script action. */
function scriptsOf({ run, uses, with: inputs }: Step): readonly DataNode[] {
  const script = isAction(uses, "actions/github-script") ? inputs?.get("script") : undefined;
  return [run, script].filter((node) => node !== undefined);
}

/** The ways on which a job or step comes to run, and those of them that are open to strangers. */
interface Ways {
  readonly live: readonly Entry[];
  readonly open: readonly Entry[];
}

function waysAmong(entries: readonly Entry[]): Ways {
  const live = entries.filter(({ conditions, event }) => canHold(conditions, duringEvent(event)));
  const open = live.filter(
    (entry) => !isOfWriters(entry) && canHold(entry.conditions, duringEventOfStranger(entry.event)),
  );
  return { live, open };
}

function waysTo({ conditions }: ExecutedStep, { live, open }: Ways): Ways {
  if (conditions.length === 0) return { live, open };
  return {
    live: live.filter(({ event }) => canHold(conditions, duringEvent(event))),
    open: open.filter(
      ({ event }) => canHold(conditions, duringEvent(event)) && canHold(conditions, duringEventOfStranger(event)),
    ),
  };
}

/** Who can choose the text; undefined where the step never runs with it. */
function authorOf(origin: Origin, { live, open }: Ways): ScriptInjection["author"] | undefined {
  if (origin.kind === "input") return live.some(({ event }) => event === "workflow_dispatch") ? "starter" : undefined;
  if (live.length === 0) return undefined;
  const isOpen = open.some(({ event }) => event === "workflow_call" || origin.events.includes(event));
  return isOpen ? chooserOf(origin.source) : "pusher";
}

/** Only people who can write publish a release; its notes quote the titles of strangers' pull requests. */
function chooserOf(source: string): ScriptInjection["author"] {
  if (source === "github.event.release.body") return "quoted";
  return /^github\.event\.release\.(tag_name|name)$/.test(source) ? "releaser" : "stranger";
}

/** A push to named branches or tags counts as protected; one to any branch does not. */
function isOfWriters({ event, trigger }: Entry): boolean {
  if (event !== "push") return OF_WRITERS.has(event);
  const names = [trigger.options?.get("branches"), trigger.options?.get("tags")].flatMap((node) => node?.texts ?? []);
  return names.length > 0 && !names.some((name) => name === "*" || name === "**");
}

function gravestByPlace(injections: readonly ScriptInjection[]): readonly ScriptInjection[] {
  const gravest = new Map<string, ScriptInjection>();
  for (const injection of injections) {
    const key = `${injection.path}:${injection.line}`;
    const known = gravest.get(key);
    if (!known || AUTHORS.indexOf(injection.author) < AUTHORS.indexOf(known.author)) gravest.set(key, injection);
  }
  return [...gravest.values()];
}
