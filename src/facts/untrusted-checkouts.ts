import { defineFact, type UnreadFile } from "./fact.ts";
import { type ExecutedStep, executedSteps } from "./workflows/executed-steps.ts";
import type { Job, Workflow } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** A privileged job that brings in what a stranger wrote. */
export interface UntrustedCheckout {
  readonly path: string;
  /** First line of the step that brings it in. */
  readonly line: number;
  /** The event that gives the job its secrets. */
  readonly event: string;
  /** What is done with it: run, or only read. */
  readonly use: "run" | "read";
  /** A person has to approve before the job runs. */
  readonly isGated: boolean;
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
  /\bgh\s+pr\s+checkout\b|\bgit\s+fetch\b[^\n]*(\bpull\/|refs\/pull\/|head_ref|pull_request\.head)|\bhub\s+pr\s+checkout\b/;
/** Scripts that only look at what was brought in. */
const ONLY_READS =
  /^\s*(#.*|(git\s+(diff|log|show|rev-parse|status|ls-files|config|fetch|merge-base)|gh\s+(pr|issue|api|run)\s|echo|cat|grep|head|tail|jq|wc|ls|test|\[|export|set|if|then|fi|else|done|exit)\b.*)?\s*$/;
const READING_ACTION =
  /^(actions\/(checkout|github-script|labeler|upload-artifact|download-artifact|cache|stale|first-interaction)|github\/codeql-action\/.*|dorny\/paths-filter|peter-evans\/[\w-]+|marocchino\/[\w-]+|tj-actions\/changed-files)$/i;
const GATED =
  /\blabel(s|ed)?\b|author_association|github\.actor|github\.event\.sender|\.permission|head\.repo\.(fork|full_name)|head_repository\.full_name/;

/** Checkouts of a stranger's head in jobs that hold secrets or a token that writes. */
export const untrustedCheckouts = defineFact({
  spans: "repository",
  uses: { workflows },
  combine: ({ uses: { workflows: found } }): UntrustedCheckouts => {
    const privileged = found.files.filter(({ triggers }) => PRIVILEGED.some((event) => triggers.has(event)));
    return {
      checkouts: privileged.flatMap((workflow) =>
        workflow.jobs.flatMap((job) => checkoutOf(workflow, job, executedSteps(workflow, job, found))),
      ),
      privileged: privileged.length,
      hasWorkflows: found.files.length > 0,
      unread: found.unread,
    };
  },
});

function checkoutOf(workflow: Workflow, job: Job, steps: readonly ExecutedStep[]): readonly UntrustedCheckout[] {
  const at = steps.findIndex(({ step }) => bringsHead(step));
  const brought = steps[at];
  const event = PRIVILEGED.find((name) => workflow.triggers.has(name)) ?? "";
  if (!brought || onlyForOtherEvents(workflow, job, brought)) return [];
  const rest = steps.slice(at + 1);
  const sameScript =
    brought.step.run?.text?.split("\n").some((line) => !ONLY_READS.test(line) && !FETCHES_HEAD.test(line)) === true;
  const runs = sameScript || rest.some(({ step }) => runsCode(step));
  const conditions = [job.if?.text, ...brought.conditions.map(({ text }) => text)].join(" ");
  const labelled = workflow.triggers.get("pull_request_target")?.options?.get("types")?.texts.join() === "labeled";
  return [
    {
      path: brought.path,
      line: brought.step.line,
      event,
      use: runs ? "run" : "read",
      isGated: GATED.test(conditions) || job.environment !== undefined || labelled,
    },
  ];
}

type Step = ExecutedStep["step"];

function bringsHead({ uses, run, with: inputs }: Step): boolean {
  if (run?.text && FETCHES_HEAD.test(run.text)) return true;
  if (uses?.kind !== "remote" || uses.owner !== "actions" || uses.repository !== "checkout") return false;
  const wanted = `${inputs?.get("ref")?.text ?? ""} ${inputs?.get("repository")?.text ?? ""}`;
  return HEAD.test(wanted);
}

function runsCode({ uses, run }: Step): boolean {
  if (run?.text) return run.text.split("\n").some((line) => !ONLY_READS.test(line));
  if (!uses) return false;
  if (uses.kind === "local") return true;
  return uses.kind !== "remote" ||
    !READING_ACTION.test([uses.owner, uses.repository, ...(uses.path ? [uses.path] : [])].join("/"))
    ? uses.kind !== "remote" || !/^actions\/setup-/.test(uses.text)
    : false;
}

/** A workflow may also run on events without secrets, and the job or step only for those. */
function onlyForOtherEvents({ triggers }: Workflow, job: Job, { conditions }: ExecutedStep): boolean {
  const condition = [job.if?.text, ...conditions.map(({ text }) => text)].join(" ");
  const only = /github\.event_name\s*==\s*'(\w+)'/.exec(condition)?.[1];
  return only !== undefined && !PRIVILEGED.includes(only) && triggers.has(only) && !condition.includes("||");
}
