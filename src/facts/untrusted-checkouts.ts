import { defineFact, type UnreadFile } from "./fact.ts";
import { canHold, duringUnapprovedEvent, type Entry, entriesOf, withContentOfStranger } from "./workflows/entries.ts";
import { type ExecutedStep, executedSteps } from "./workflows/executed-steps.ts";
import type { Job, Workflow, Workflows } from "./workflows/model.ts";
import { ranArtifact } from "./workflows/untrusted-artifacts.ts";
import { workflows } from "./workflows.ts";

/** A privileged job that brings in what a stranger wrote. */
export interface UntrustedCheckout {
  readonly path: string;
  /** First line of the step that brings it in. */
  readonly line: number;
  /** The head itself, or what an untrusted run made of it. */
  readonly brings: "head" | "artifact";
  /** The event that gives the job its secrets. */
  readonly event: string;
  /** What is done with it: run, or only read. */
  readonly use: "run" | "read";
  /**
   * Who has a hand in it before the job runs: somebody who can write, by a label, a comment or a merge;
   * an environment that can ask for an approval; nobody.
   */
  readonly gate: "person" | "environment" | undefined;
}

export interface UntrustedCheckouts {
  readonly checkouts: readonly UntrustedCheckout[];
  /** Workflows with a privileged trigger. */
  readonly privileged: number;
  readonly hasWorkflows: boolean;
  readonly unread: readonly UnreadFile[];
}

/** Events that run with the repository's secrets although a stranger can cause them. */
const PRIVILEGED = ["pull_request_target", "workflow_run", "issue_comment"];
const HEAD =
  /github\.event\.pull_request\.(head|merge_commit_sha)|github\.head_ref|github\.event\.workflow_run\.(head_|pull_requests)|refs\/pull\/|event\.issue\.number|github\.event\.number|steps\.[\w-]+\.outputs\.(head|sha|ref|pr|commit)|needs\.[\w-]+\.outputs\.(head|sha|ref|pr)/i;
const FETCHES_HEAD =
  /\bgh\s+pr\s+checkout\b|\bgit\s+fetch\b[^\n]{0,300}(\bpull\/|refs\/pull\/|head_ref|pull_request\.head)|\bhub\s+pr\s+checkout\b/;
/** Scripts that only look at what was brought in. */
const ONLY_READS =
  /^(#.*|(git\s+(diff|log|show|rev-parse|status|ls-files|config|fetch|merge-base)|gh\s+(pr|issue|api|run)\s|echo|cat|grep|head|tail|jq|wc|ls|test|\[|export|set|if|then|fi|else|done|exit)\b.*)?$/s;
const READING_ACTION =
  /^(actions\/(checkout|github-script|labeler|upload-artifact|download-artifact|cache|stale|first-interaction)|github\/codeql-action\/.*|dorny\/paths-filter|peter-evans\/[\w-]+|marocchino\/[\w-]+|tj-actions\/changed-files)$/i;
/** Conditions on what an earlier job or step found out about the person. */
const ASKS = /\blabel|permission|member|association|authori[sz]|approv|allow|trust|\bsafe/i;
/** Changes of a pull request that only those make who can write. */
const OF_WRITERS = new Set(["labeled", "unlabeled", "assigned", "unassigned", "milestoned"]);
const FROM_FORKS = ["pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"];

/** Checkouts of a stranger's head in jobs that hold secrets or a token that writes. */
export const untrustedCheckouts = defineFact({
  spans: "repository",
  uses: { workflows },
  combine: ({ uses: { workflows: found } }): UntrustedCheckouts => {
    const privileged = found.files.filter(({ triggers }) => PRIVILEGED.some((event) => triggers.has(event)));
    return {
      checkouts: privileged.flatMap((workflow) => workflow.jobs.flatMap((job) => checkoutOf(workflow, job, found))),
      privileged: privileged.length,
      hasWorkflows: found.files.length > 0,
      unread: found.unread,
    };
  },
});

function checkoutOf(workflow: Workflow, job: Job, found: Workflows): readonly UntrustedCheckout[] {
  const steps = executedSteps(workflow, job, found);
  const checkout = steps.find(({ step }) => bringsHead(step));
  const brought = checkout ?? ranArtifact(steps);
  if (!brought) return [];
  const open = entriesOf(workflow, job, found).filter(
    (entry) =>
      PRIVILEGED.includes(entry.event) &&
      canBringForks(entry, found) &&
      canHold([...entry.conditions, ...brought.conditions], withContentOfStranger(entry.event)),
  );
  const gates = open.map((entry) => gateOf(entry, brought));
  const gravest = Math.max(gates.indexOf(undefined), 0);
  const entry = open[gravest];
  if (!entry) return [];
  const sameScript =
    brought.step.run?.text?.split("\n").some((line) => !ONLY_READS.test(line.trim()) && !FETCHES_HEAD.test(line)) ===
    true;
  const runs = !checkout || sameScript || steps.slice(steps.indexOf(brought) + 1).some(({ step }) => runsCode(step));
  const { path, step } = brought;
  const brings = checkout ? "head" : "artifact";
  return [{ path, line: step.line, brings, event: entry.event, use: runs ? "run" : "read", gate: gates[gravest] }];
}

/** A workflow that runs after others brings a fork's commit only where one of them runs for forks. */
function canBringForks({ event, trigger }: Entry, { files }: Workflows): boolean {
  if (event !== "workflow_run") return true;
  const names = trigger.options?.get("workflows")?.texts ?? [];
  const before = names.map((name) => files.find((file) => (file.name ?? file.path) === name));
  return before.length === 0 || before.some((file) => !file || FROM_FORKS.some((forked) => file.triggers.has(forked)));
}

function gateOf({ event, trigger, jobs, conditions }: Entry, brought: ExecutedStep): UntrustedCheckout["gate"] {
  const all = [...conditions, ...brought.conditions];
  const types = trigger.options?.get("types")?.texts ?? [];
  const byPerson =
    !canHold(all, duringUnapprovedEvent(event)) ||
    all.some(({ text }) => ASKS.test(text ?? "")) ||
    (types.length > 0 && types.every((type) => OF_WRITERS.has(type)));
  if (byPerson) return "person";
  return jobs.some(({ environment }) => environment !== undefined) ? "environment" : undefined;
}

type Step = ExecutedStep["step"];

function bringsHead({ uses, run, with: inputs }: Step): boolean {
  if (run?.text && FETCHES_HEAD.test(run.text)) return true;
  if (uses?.kind !== "remote" || uses.owner !== "actions" || uses.repository !== "checkout") return false;
  const wanted = `${inputs?.get("ref")?.text ?? ""} ${inputs?.get("repository")?.text ?? ""}`;
  return HEAD.test(wanted);
}

function runsCode({ uses, run }: Step): boolean {
  if (run?.text) return run.text.split("\n").some((line) => !ONLY_READS.test(line.trim()));
  if (!uses) return false;
  if (uses.kind === "local") return true;
  return uses.kind !== "remote" ||
    !READING_ACTION.test([uses.owner, uses.repository, ...(uses.path ? [uses.path] : [])].join("/"))
    ? uses.kind !== "remote" || !/^actions\/setup-/.test(uses.text)
    : false;
}
