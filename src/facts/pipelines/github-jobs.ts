import { globs } from "../fact.ts";
import type { DataNode } from "../formats/node.ts";
import { callersOf, executedSteps } from "../workflows/executed-steps.ts";
import type { Job, Trigger, Workflow, Workflows } from "../workflows/model.ts";
import type { JobScript, OnPullRequests, PipelineJob } from "./model.ts";

/** Jobs and steps that are meant to fail without harm. */
const TOLERATED =
  /experimental|allowed?[-_ ](to[-_ ])?fail|informational|non[-_ ]?blocking|advisory|optional|nightly|pre-?release|\bdev\b|-dev\b|continue[-_ ]on/i;
/** Rows of a matrix are expanded up to so many. */
const MAX_ROWS = 20;

/** The jobs of GitHub Actions in the common form, with the steps of local actions and reusable workflows. */
export function githubJobs(found: Workflows, defaultBranch: string): readonly PipelineJob[] {
  return found.files.flatMap((workflow) =>
    workflow.jobs.flatMap((job): readonly PipelineJob[] => {
      const when = whenRuns(workflow, found, defaultBranch, new Set());
      if (job.uses && job.uses.kind !== "local") {
        return [
          {
            ...base(workflow, job, when),
            scripts: [],
            elsewhere: `${job.uses.text} is a workflow of another repository`,
          },
        ];
      }
      return job.uses ? [] : [{ ...base(workflow, job, when), scripts: scriptsOf(workflow, job, found) }];
    }),
  );
}

interface When {
  readonly onPullRequests: OnPullRequests;
  readonly manual: boolean;
}

function base(workflow: Workflow, job: Job, { onPullRequests, manual }: When): Omit<PipelineJob, "scripts"> {
  return {
    name: job.name ?? job.id,
    path: workflow.path,
    line: job.line,
    onPullRequests,
    triggerLine: workflow.triggersLine,
    manual,
  };
}

/** When a workflow runs; a reusable one when those run that call it. */
function whenRuns(workflow: Workflow, found: Workflows, defaultBranch: string, seen: ReadonlySet<string>): When {
  const own = ownTriggers(workflow, defaultBranch);
  if (own.onPullRequests === "yes" || !workflow.isReusable || seen.has(workflow.path)) return own;
  const callers = callersOf(workflow, found).map((caller) =>
    whenRuns(caller.workflow, found, defaultBranch, new Set([...seen, workflow.path])),
  );
  const all = [own, ...callers];
  const best =
    (["yes", "unknown", "pushes", "no"] as const).find((one) =>
      all.some(({ onPullRequests }) => onPullRequests === one),
    ) ?? "no";
  return { onPullRequests: best, manual: all.every(({ manual }) => manual) };
}

function ownTriggers({ triggers, isReusable }: Workflow, defaultBranch: string): When {
  const pulls = [triggers.get("pull_request"), triggers.get("pull_request_target"), triggers.get("merge_group")];
  const push = triggers.get("push");
  const manual =
    !isReusable &&
    [...triggers.keys()].every((event) => event === "workflow_dispatch" || event === "repository_dispatch");
  if (pulls.some((trigger) => trigger && reaches(trigger, defaultBranch))) return { onPullRequests: "yes", manual };
  const everyPush = push && !push.options?.has("branches") && !push.options?.has("tags") && readsPython(push.options);
  return { onPullRequests: everyPush ? "pushes" : "no", manual };
}

/** Whether the filters of a trigger let a change of Python sources for the default branch through. */
function reaches({ options }: Trigger, defaultBranch: string): boolean {
  const branches = options?.get("branches")?.texts;
  const ignored = options?.get("branches-ignore")?.texts;
  if (branches && !matchesLast(branches, defaultBranch)) return false;
  if (ignored && globs(...ignored)(defaultBranch)) return false;
  return readsPython(options);
}

/** Of patterns with `!` the last that matches decides. Main branches of other names count as the default. */
function matchesLast(patterns: readonly string[], branch: string): boolean {
  const names = [branch, "main", "master", "develop", "trunk"];
  return names.some((name) => {
    let included = false;
    for (const pattern of patterns) {
      if (pattern.startsWith("!")) included &&= !globs(pattern.slice(1))(name);
      else included ||= globs(pattern)(name);
    }
    return included;
  });
}

function readsPython(options: DataNode | undefined): boolean {
  const samples = ["src/shop/api.py", "shop/api.py", "api.py", "backend/shop/api.py"];
  const ignored = options?.get("paths-ignore")?.texts;
  if (ignored && samples.every((sample) => globs(...ignored)(sample))) return false;
  const paths = options?.get("paths")?.texts;
  // A list of paths that holds any code at all is taken to hold this project's.
  return !paths || paths.some((path) => !/\.(md|rst|txt)$|^docs?\/|^\.github\//.test(path));
}

function scriptsOf(workflow: Workflow, job: Job, found: Workflows): readonly JobScript[] {
  const steps = executedSteps(workflow, job, found);
  const workflowText = steps.map(({ step }) => `${step.if?.text ?? ""}\n${step.run?.text ?? ""}`).join("\n");
  return steps.flatMap(({ step, path }): readonly JobScript[] => {
    const { run } = step;
    const action = actionScript(step.uses?.text, step.line);
    if (!run?.text) return action ? [action] : [];
    const forgiven = forgivenBy(job, step.name);
    const isChecked =
      step.id !== undefined &&
      new RegExp(`steps\\.${step.id.replace(/[^\w-]/g, "")}\\.(outcome|conclusion)`).test(workflowText);
    const setting = step.continueOnError ?? job.continueOnError;
    const masked =
      setting?.value.boolean === true && !isChecked && !forgiven
        ? { by: "continue-on-error: true", line: setting.line }
        : undefined;
    const folder =
      step.workingDirectory ??
      job.defaults?.get("run", "working-directory")?.text ??
      workflow.defaults?.get("run", "working-directory")?.text;
    return expanded(run, job).map((text) => ({
      text: forgiven ? withoutMasks(text) : text,
      path,
      line: run.line,
      lineAt: (offset) => run.lineAt(offset),
      masked,
      folder: folder?.includes("${{") ? undefined : folder?.replace(/^\.\/?|\/$/g, ""),
    }));
  });
}

function forgivenBy({ id, name, matrix }: Job, step: string | undefined): boolean {
  const rows = matrix?.rows.some((row) => [...row.keys()].some((key) => TOLERATED.test(key))) === true;
  return TOLERATED.test(id) || TOLERATED.test(name ?? "") || TOLERATED.test(step ?? "") || rows;
}

/** What is announced as informational may fail: its masks are its purpose. */
function withoutMasks(text: string): string {
  return text.replace(/\|\|\s*(true|:)/g, (mask) => " ".repeat(mask.length));
}

/** Actions that are commands by another name. */
function actionScript(uses: string | undefined, line: number): JobScript | undefined {
  const command = [
    [/^pre-commit\/action@|^j178\/prek-action@/, "pre-commit run --all-files"],
    [/^(astral-sh|chartboost)\/ruff-action@/, "ruff check"],
    [/^psf\/black@/, "black --check ."],
    [/^jakebailey\/pyright-action@/, "pyright"],
    [/^pypa\/cibuildwheel@/, ""],
    [/^(returntocorp|semgrep)\/semgrep-action@/, "semgrep ci"],
    [/^PyCQA\/bandit-action@/i, "bandit -r ."],
  ].find(([matches]) => (matches as RegExp).test(uses ?? ""))?.[1] as string | undefined;
  return command ? { text: command, line, lineAt: () => line } : undefined;
}

/** A script once for each row of the matrix that it names; what no row says stays as it is. */
function expanded(run: DataNode, { matrix }: Job): readonly string[] {
  const text = run.text ?? "";
  if (!/\$\{\{\s*matrix\./.test(text) || !matrix || matrix.rows.length === 0) return [text];
  const versions = matrix.rows.slice(0, MAX_ROWS).map((row) =>
    text.replace(/\$\{\{\s*matrix\.([\w.-]+)\s*\}\}/g, (whole, key: string) => {
      const [first = "", ...rest] = key.split(".");
      return row.get(first)?.get(...rest)?.text ?? whole;
    }),
  );
  return [...new Set(versions)];
}
