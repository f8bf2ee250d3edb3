import type { Ci } from "../ci.ts";
import { type Deploying, deployedBy, deployedByAction } from "../commands/deployment.ts";
import { programOf } from "../commands/purpose.ts";
import type { Workflows } from "../workflows/model.ts";

/** A command or an action that brings a version to where it runs. */
export interface DeploymentStep extends Deploying {
  readonly path: string;
  readonly line: number;
  /** The command line, or the action. */
  readonly text: string;
  /** The job that does it. */
  readonly job: string;
}

/** Jobs that only bring documents to their readers. */
const OF_DOCUMENTS = /(^|[^a-z])(docs?|documentation|pages|gh-pages|website|site|storybook|sphinx|mkdocs)([^a-z]|$)/i;

/** What deploys in CI, as far as its commands and actions say so. */
export function deploymentSteps(ci: Ci, workflows: Workflows): readonly DeploymentStep[] {
  const byCommand = ci.jobs.flatMap(({ name, path: file, commands }) => {
    // A cluster that lives as long as the job is for tests.
    if (isOfDocuments(file, name) || commands.some(({ purposes }) => purposes.includes("throwaway-cluster"))) return [];
    return commands.flatMap(({ words, path, line }) => {
      const [program = "", ...rest] = words;
      const deploying = deployedBy(programOf(program), rest);
      return deploying ? [{ ...deploying, path, line, job: name, text: words.join(" ") }] : [];
    });
  });
  const byAction = workflows.files.flatMap(({ path, jobs }) =>
    jobs.flatMap(({ id, name, steps }) =>
      steps.flatMap(({ uses, line }) => {
        const deploying = uses && !isOfDocuments(path, name ?? id) && deployedByAction(uses.text);
        return deploying ? [{ ...deploying, path, line: uses.line ?? line, job: name ?? id, text: uses.text }] : [];
      }),
    ),
  );
  return [...byCommand, ...byAction];
}

function isOfDocuments(path: string, job: string): boolean {
  return OF_DOCUMENTS.test(`${path.replace(/\.ya?ml$/, "")} ${job}`);
}
