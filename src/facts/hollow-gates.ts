import { ci } from "./ci.ts";
import { shellCommands } from "./commands/shell.ts";
import { defineFact } from "./fact.ts";
import type { Job, Step } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** A job that waits for checks, runs whatever came of them, and succeeds: as a required status it lets everything pass. */
export interface HollowGate {
  readonly path: string;
  /** Of its condition. */
  readonly line: number;
  readonly job: string;
}

const RUNS_ALWAYS = /\balways\s*\(\s*\)/;
const LOOKS_AT_RESULTS = /\bneeds\b|\bjob\.status\b/;
const SAYS = /^(echo|printf|true|:)$/;
const CHECKS: readonly string[] = ["tests", "lint", "types"];

/** Jobs of GitHub's workflows that stand for checks and do not look at what came of them. */
export const hollowGates = defineFact({
  spans: "repository",
  uses: { workflows, ci },
  combine: ({ uses }): readonly HollowGate[] => {
    const checking = new Set(
      uses.ci.jobs
        .filter(({ commands }) => commands.some(({ purposes }) => purposes.some((one) => CHECKS.includes(one))))
        .map(({ path, line }) => `${path}:${line}`),
    );
    return uses.workflows.files.flatMap(({ path, jobs }) => {
      const checks = new Set(jobs.filter(({ line }) => checking.has(`${path}:${line}`)).map(({ id }) => id));
      return jobs.flatMap((job) =>
        job.if && isHollow(job) && job.needs.some((id) => checks.has(id))
          ? [{ path, line: job.if.line, job: job.id }]
          : [],
      );
    });
  },
});

function isHollow({ if: condition, node, steps }: Job): boolean {
  if (!RUNS_ALWAYS.test(condition?.text ?? "") || steps.length === 0 || !steps.every(onlySays)) return false;
  return ![...node.walk()].some((value) => LOOKS_AT_RESULTS.test(value.text ?? ""));
}

function onlySays({ run }: Step): boolean {
  return (
    run !== undefined &&
    shellCommands(run.text ?? "").every(
      ({ words: [program = "", argument] }) => SAYS.test(program) || (program === "exit" && argument === "0"),
    )
  );
}
