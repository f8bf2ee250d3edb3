import { pythonProgram } from "../commands/targets/python-program.ts";
import { type ExecutedStep, executedSteps } from "../workflows/executed-steps.ts";
import type { Job, Workflow, Workflows } from "../workflows/model.ts";
import { actionScripts } from "./github-actions.ts";
import { type Context, contextsOf, contextWithin, evaluated, evaluatedMap } from "./github-contexts.ts";
import { whenRuns } from "./github-triggers.ts";
import type { JobScript, PipelineJob } from "./model.ts";

/** Jobs and steps that are meant to fail without harm. */
const TOLERATED =
  /experimental|allow(ed)?[-_ ]?(to[-_ ])?fail|informational|non[-_ ]?blocking|advisory|optional|nightly|pre-?release|\bdev\b|-dev\b|continue[-_ ]on/i;
/** Actions and commands that bring the repository's files. */
const BRINGS_CODE = /checkout|git clone|gh repo clone/i;

/** The jobs of GitHub Actions in the common form, with the steps of local actions and reusable workflows. */
export function githubJobs(found: Workflows, defaultBranch: string | undefined): readonly PipelineJob[] {
  return found.files.flatMap((workflow) =>
    workflow.jobs.flatMap((job): readonly PipelineJob[] => {
      const base = {
        name: job.name ?? job.id,
        path: workflow.path,
        line: job.line,
        triggerLine: workflow.triggersLine,
        ...whenRuns(workflow, found, defaultBranch),
      };
      if (job.uses?.kind === "remote") {
        const name = `${job.uses.path || job.uses.repository} ${job.id}`;
        const reason = `${job.uses.text} is a workflow of another repository`;
        return [{ ...base, scripts: [], elsewhere: { reason, name } }];
      }
      if (job.uses) return [];
      const steps = executedSteps(workflow, job, found);
      const hasCode = steps.some(({ step }) => BRINGS_CODE.test(`${step.uses?.text ?? ""} ${step.run?.text ?? ""}`));
      return [{ ...base, hasCode, scripts: scriptsOf(workflow, job, steps, found) }];
    }),
  );
}

function scriptsOf(
  workflow: Workflow,
  job: Job,
  steps: readonly ExecutedStep[],
  found: Workflows,
): readonly JobScript[] {
  const contexts = contextsOf(workflow, job, found);
  const conditions = steps.map(({ step }) => `${step.if?.text ?? ""}\n${step.run?.text ?? ""}`).join("\n");
  return steps.flatMap((executed) => {
    const scripts = contexts.map((context) =>
      scriptOf(executed, workflow, job, contextWithin(executed.scope, context)),
    );
    const masked = maskOf(executed, job, conditions);
    return distinct(scripts.flat()).map((script) => ({ ...script, masked }));
  });
}

/** The script of one run of a step. */
function scriptOf({ step, path }: ExecutedStep, workflow: Workflow, job: Job, context: Context): readonly JobScript[] {
  const variables = new Map(
    [workflow.env, job.env, step.env]
      .flatMap((env) => evaluatedMap(env, context))
      .filter(([, value]) => !value.includes("${{")),
  );
  const { run } = step;
  const text = run?.text;
  if (text === undefined || !run)
    return actionScripts(step).map((script) => ({ ...script, path, variables, text: evaluated(script.text, context) }));
  const isForgiven = forgives(job, step.name);
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
  return [
    {
      text: isForgiven ? withoutMasks(script) : script,
      line: run.line,
      // Where a value was put in, offsets are not those of the file, and lines still are.
      lineAt: (offset) =>
        script === text ? run.lineAt(offset) : run.line + (script.slice(0, offset).match(/\n/g)?.length ?? 0),
      isPowerShell: /^(pwsh|powershell)/.test(shell) || (shell === "" && /^\s*\$\w+\s*=/m.test(text)),
      ...common,
    },
  ];
}

/** The folder from the root; undefined where it is computed. */
function folderIn(text: string): string | undefined {
  return text.includes("${{") ? undefined : text.replace(/^\.\/?|\/$/g, "");
}

/** How the failure of a step is thrown away by its settings or its job's. */
function maskOf({ step, path, scope }: ExecutedStep, job: Job, conditions: string): JobScript["masked"] {
  const setting = step.continueOnError ?? job.continueOnError;
  if (setting?.value.boolean !== true || forgives(job, step.name)) return undefined;
  const outcome =
    step.id === undefined ? undefined : new RegExp(`steps\\.${step.id.replace(/[^\w-]/g, "")}\\.(outcome|conclusion)`);
  if (outcome?.test(conditions)) return undefined;
  const file = setting === step.continueOnError ? path : scope.workflow.path;
  return { by: "continue-on-error: true", line: setting.line, path: file };
}

function forgives({ id, name, matrix }: Job, step: string | undefined): boolean {
  const rows = matrix?.rows.some((row) => [...row.keys()].some((key) => TOLERATED.test(key))) === true;
  return TOLERATED.test(id) || TOLERATED.test(name ?? "") || TOLERATED.test(step ?? "") || rows;
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
