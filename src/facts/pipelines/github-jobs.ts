import { linesFrom } from "../commands/targets/model.ts";
import { pythonProgram } from "../commands/targets/python-program.ts";
import type { DataNode } from "../formats/node.ts";
import { type ExecutedStep, executedSteps } from "../workflows/executed-steps.ts";
import type { Job, Step, Workflow, Workflows } from "../workflows/model.ts";
import { actionScripts } from "./github-actions.ts";
import { type Context, contextsOf, contextWithin, evaluated, evaluatedMap } from "./github-contexts.ts";
import { type When, whenRuns } from "./github-triggers.ts";
import type { JobScript, PipelineJob } from "./model.ts";

/** Jobs and steps that are meant to fail without harm. */
const TOLERATED =
  /experimental|allow(ed)?[-_ ]?(to[-_ ])?fail|informational|non[-_ ]?blocking|advisory|optional|nightly|pre-?release|\bdev\b|-dev\b|continue[-_ ]on/i;
/** Scripts that are told apart over all runs of a job, those of all jobs, and the characters of a job's. */
const MAX_SCRIPTS = 5000;
const MAX_SCRIPTS_OF_ALL = 20_000;
const MAX_CHARACTERS = 2_000_000;
/** Actions and commands that bring the repository's files. */
const BRINGS_CODE = /checkout|git clone|gh repo clone/i;

/** The jobs of GitHub Actions in the common form, with the steps of local actions and reusable workflows. */
export function githubJobs(found: Workflows, defaultBranch: string | undefined): readonly PipelineJob[] {
  const known = new Map<Workflow, When>();
  const budget = { scripts: MAX_SCRIPTS_OF_ALL };
  return found.files.flatMap((workflow) =>
    workflow.jobs.flatMap((job): readonly PipelineJob[] => {
      const base = {
        name: job.name ?? job.id,
        path: workflow.path,
        line: job.line,
        triggerLine: workflow.triggersLine,
        ...whenRuns(workflow, found, defaultBranch, known),
      };
      if (job.uses?.kind === "remote") {
        const name = `${job.uses.path || job.uses.repository} ${job.id}`;
        const reason = `${job.uses.text} is a workflow of another repository`;
        return [{ ...base, scripts: [], elsewhere: { reason, name } }];
      }
      if (job.uses) return [];
      const steps = executedSteps(workflow, job, found);
      const hasCode = steps.some(({ step }) => BRINGS_CODE.test(`${step.uses?.text ?? ""} ${step.run?.text ?? ""}`));
      return [{ ...base, hasCode, scripts: scriptsOf(workflow, job, steps, found, budget) }];
    }),
  );
}

function scriptsOf(
  workflow: Workflow,
  job: Job,
  steps: readonly ExecutedStep[],
  found: Workflows,
  budget: { scripts: number },
): readonly JobScript[] {
  const contexts = contextsOf(workflow, job, found);
  const checked = new Set(steps.flatMap(({ step }) => checkedBy(step)));
  const forgiven = forgives(job);
  const characters = steps.reduce((sum, { step }) => sum + (step.run?.text?.length ?? 0), 1);
  const most = Math.min(Math.min(MAX_SCRIPTS, budget.scripts) / Math.max(1, steps.length), MAX_CHARACTERS / characters);
  const told = contexts.slice(0, Math.max(1, Math.floor(most)));
  budget.scripts -= told.length * steps.length;
  const outer = new Map(told.map((context) => [context, variablesOf([workflow.env, job.env], context)]));
  return steps.flatMap((executed) => {
    const isForgiven = forgiven || isTolerated(executed.step.name);
    const scripts = told.map((context) => {
      const within = contextWithin(executed.scope, context);
      const around = within === context ? outer.get(context) : undefined;
      const variables = new Map([
        ...(around ?? variablesOf([workflow.env, job.env], within)),
        ...variablesOf([executed.step.env], within),
      ]);
      return scriptOf(executed, workflow, job, within, variables, isForgiven);
    });
    const masked = isForgiven ? undefined : maskOf(executed, job, checked);
    return distinct(scripts.flat()).map((script) => ({ ...script, masked }));
  });
}

/** The variables that these maps set to what is known. */
function variablesOf(
  environments: readonly (DataNode | undefined)[],
  context: Context,
): readonly (readonly [string, string])[] {
  return environments
    .flatMap((environment) => evaluatedMap(environment, context))
    .filter(([, value]) => !value.includes("${{"));
}

/** The script of one run of a step. */
function scriptOf(
  { step, path }: ExecutedStep,
  workflow: Workflow,
  job: Job,
  context: Context,
  variables: ReadonlyMap<string, string>,
  isForgiven: boolean,
): readonly JobScript[] {
  const { run } = step;
  const text = run?.text;
  if (text === undefined || !run)
    return actionScripts(step).map((script) => ({ ...script, path, variables, text: evaluated(script.text, context) }));
  const folder = [
    step.workingDirectory,
    job.defaults?.get("run", "working-directory")?.text,
    workflow.defaults?.get("run", "working-directory")?.text,
  ].find((one) => one !== undefined);
  const shell =
    step.shell ?? job.defaults?.get("run", "shell")?.text ?? workflow.defaults?.get("run", "shell")?.text ?? "";
  const common = {
    path,
    variables,
    title: step.name ?? job.name ?? job.id,
    folder: folderIn(evaluated(folder ?? "", context)),
  };
  if (/^python/.test(shell))
    return (pythonProgram(text).targets.get("") ?? []).map((script) => ({
      ...script,
      ...common,
      line: run.line,
      lineAt: () => run.line,
    }));
  const script = evaluated(text, context);
  const linesWithin = linesFrom(script, run.line);
  return [
    {
      text: isForgiven ? withoutMasks(script) : script,
      line: run.line,
      // Where a value was put in, offsets are not those of the file, and lines still are.
      lineAt: (offset) => (script === text ? run.lineAt(offset) : linesWithin(offset)),
      isPowerShell: /^(pwsh|powershell)/.test(shell) || (shell === "" && /^[ \t]*\$\w+[ \t]*=/m.test(text)),
      ...common,
    },
  ];
}

/** The folder from the root; undefined where it is computed. */
function folderIn(text: string): string | undefined {
  return text.includes("${{") ? undefined : text.replace(/^\.\/?|\/$/g, "");
}

/** How the failure of a step is thrown away by its settings or its job's. */
function maskOf({ step, path, scope }: ExecutedStep, job: Job, checked: ReadonlySet<string>): JobScript["masked"] {
  const setting = step.continueOnError ?? job.continueOnError;
  if (setting?.value.boolean !== true || (step.id !== undefined && checked.has(step.id))) return undefined;
  const file = setting === step.continueOnError ? path : scope.workflow.path;
  return { by: "continue-on-error: true", line: setting.line, path: file };
}

/** The ids of the steps whose outcome a step looks at. */
function checkedBy({ if: condition, run }: Step): readonly string[] {
  const text = `${condition?.text ?? ""}\n${run?.text ?? ""}`;
  return [...text.matchAll(/steps\.([\w-]+)\.(?:outcome|conclusion)/g)].map(([, id = ""]) => id);
}

function forgives({ id, name, matrix }: Job): boolean {
  const rows = matrix?.rows.some((row) => [...row.keys()].some(isTolerated)) === true;
  return isTolerated(id) || isTolerated(name) || rows;
}

function isTolerated(name: string | undefined): boolean {
  return TOLERATED.test(name ?? "");
}

/** What is announced as informational may fail: its masks are its purpose. */
function withoutMasks(text: string): string {
  return text.replace(/\|\|\s*(true|:)/g, (mask) => " ".repeat(mask.length));
}

function distinct(scripts: readonly JobScript[]): readonly JobScript[] {
  const key = ({ text, variables, folder, line }: JobScript) =>
    JSON.stringify([text, [...(variables ?? [])], folder, line]);
  return [...new Map(scripts.map((script) => [key(script), script])).values()];
}
