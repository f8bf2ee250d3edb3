import { globs } from "../fact.ts";
import type { DataNode } from "../formats/node.ts";
import { callersOf } from "../workflows/executed-steps.ts";
import type { Trigger, Workflow, Workflows } from "../workflows/model.ts";
import type { OnPullRequests } from "./model.ts";

/** When a workflow runs. */
export interface When {
  readonly onPullRequests: OnPullRequests;
  /** Only ever started by a person. */
  readonly manual: boolean;
}

/** Patterns of a filter that are compared, from the last. */
const MAX_PATTERNS = 200;
const MAIN_BRANCHES = ["main", "master", "develop", "trunk"];
/** Branches that are kept beside the one that changes go to. */
const KEPT_BRANCH = /^(release|stable|hotfix|gh-pages|v?\d)/i;
const PYTHON_PATHS = ["src/shop/api.py", "shop/api.py", "api.py", "backend/shop/api.py"];

/** When a workflow runs; a reusable one when those run that call it. What is known already is kept by workflow. */
export function whenRuns(
  workflow: Workflow,
  found: Workflows,
  defaultBranch: string | undefined,
  known: Map<Workflow, When> = new Map(),
): When {
  const when = known.get(workflow) ?? ownTriggers(workflow, defaultBranch);
  if (known.has(workflow)) return when;
  // Who calls itself in a circle is seen with its own triggers.
  known.set(workflow, when);
  const whole =
    when.onPullRequests === "yes" || !workflow.isReusable
      ? when
      : withCallers(workflow, when, found, defaultBranch, known);
  known.set(workflow, whole);
  return whole;
}

function withCallers(
  workflow: Workflow,
  own: When,
  found: Workflows,
  defaultBranch: string | undefined,
  known: Map<Workflow, When>,
): When {
  const workflows = new Set(callersOf(workflow, found).map((caller) => caller.workflow));
  const callers = [...workflows].map((caller) => whenRuns(caller, found, defaultBranch, known));
  const all = [own, ...callers];
  const best = (["yes", "unknown", "pushes", "no"] as const).find((one) =>
    all.some(({ onPullRequests }) => onPullRequests === one),
  );
  const called = [...workflow.triggers.keys()].every(isByHand) ? callers : all;
  return { onPullRequests: best ?? "no", manual: called.length > 0 && called.every(({ manual }) => manual) };
}

function isByHand(event: string): boolean {
  return event === "workflow_dispatch" || event === "repository_dispatch" || event === "workflow_call";
}

function ownTriggers({ triggers, isReusable }: Workflow, defaultBranch: string | undefined): When {
  const pulls = [triggers.get("pull_request"), triggers.get("pull_request_target"), triggers.get("merge_group")];
  const push = triggers.get("push");
  const manual = !isReusable && [...triggers.keys()].every(isByHand);
  if (pulls.some((trigger) => trigger && reaches(trigger, defaultBranch))) return { onPullRequests: "yes", manual };
  const everyPush = push && isEveryBranch(push.options) && readsPython(push.options);
  return { onPullRequests: everyPush ? "pushes" : "no", manual };
}

/** No filter of branches, or one that all of them pass. */
function isEveryBranch(options: DataNode | undefined): boolean {
  const branches = options?.get("branches")?.texts;
  if (branches) return branches.includes("**") && !branches.some((pattern) => pattern.startsWith("!"));
  return !options?.has("tags");
}

/** Whether the filters of a trigger let a change of Python sources for the default branch through. */
function reaches({ options }: Trigger, defaultBranch: string | undefined): boolean {
  const types = options?.get("types")?.texts;
  if (
    types &&
    !types.some((type) => /^(opened|synchronize|reopened|ready_for_review|checks_requested|labeled)$/.test(type))
  )
    return false;
  const branches = options?.get("branches")?.texts;
  const ignored = options?.get("branches-ignore")?.texts;
  if (branches && !reachesBranch(branches, defaultBranch)) return false;
  if (ignored && lastMatch(ignored, defaultBranch ?? "main")) return false;
  return readsPython(options);
}

/** Main branches of other names count as the default; where it is not known, so does any that is named in full. */
function reachesBranch(patterns: readonly string[], defaultBranch: string | undefined): boolean {
  const names = defaultBranch === undefined ? MAIN_BRANCHES : [defaultBranch, ...MAIN_BRANCHES];
  if (names.some((name) => lastMatch(patterns, name))) return true;
  return (
    defaultBranch === undefined && patterns.some((pattern) => /^[\w./-]+$/.test(pattern) && !KEPT_BRANCH.test(pattern))
  );
}

/** Of patterns with `!` the last that matches decides. */
function lastMatch(patterns: readonly string[], name: string): boolean {
  let included = false;
  for (const pattern of patterns.slice(-MAX_PATTERNS)) {
    if (pattern.startsWith("!")) included &&= !globs(pattern.slice(1))(name);
    else included ||= globs(pattern)(name);
  }
  return included;
}

function readsPython(options: DataNode | undefined): boolean {
  const ignored = options?.get("paths-ignore")?.texts;
  if (ignored && PYTHON_PATHS.every((path) => lastMatch(ignored, path))) return false;
  const paths = options?.get("paths")?.texts;
  // A list of paths that holds any code at all is taken to hold this project's.
  return !paths || paths.some((path) => !path.startsWith("!") && !/\.(md|rst|txt)$|^docs?\/|^\.github\//.test(path));
}
