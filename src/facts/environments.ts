import type { DeploymentStep } from "./deployments/steps.ts";
import { deployments } from "./deployments.ts";
import { type Target, targetsByPath } from "./environments/files.ts";
import { targetsOfWorkflow } from "./environments/jobs.ts";
import { stageOf } from "./environments/stage.ts";
import { defineFact, globs } from "./fact.ts";
import { parseJson } from "./formats/json.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { isAuxiliary, nameOf } from "./tree.ts";
import { type Workflows, workflows } from "./workflows.ts";

export interface Environments {
  /** One for each name. */
  readonly targets: readonly Target[];
  readonly deployments: readonly DeploymentStep[];
  /** A deployment to production, or to the only target, that runs for a push of any branch. */
  readonly unguarded: DeploymentStep | undefined;
  /** An environment whose name nobody can tell. */
  readonly computed: { readonly path: string; readonly line: number } | undefined;
}

const isPlatform = globs("**/{app.json,render.yaml}");

/** Where versions are deployed to, by the names that workflows, commands and files give. */
export const environments = defineFact({
  spans: "repository",
  uses: { deployments, workflows },
  reads: (path, tree) => isPlatform(path) && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ path, text }): number | undefined => {
    const data = nameOf(path) === "app.json" ? parseJson(text) : parseYamlDocument(text);
    const previews = data?.get("environments", "review") ?? data?.get("previews") ?? data?.get("previewsEnabled");
    return previews?.line;
  },
  combine: ({ files, tree, uses }): Environments => {
    const inWorkflows = uses.workflows.files.map(targetsOfWorkflow);
    const previews = files.flatMap(({ path, parsed }): readonly Target[] =>
      parsed === undefined ? [] : [{ stage: "before", word: "preview", path, line: parsed }],
    );
    const deployed = uses.deployments.steps.flatMap(({ path, line, text, job }): readonly Target[] => {
      const found = [text, job, nameOf(path).replace(/\.\w+$/, "")].map(stageOf).find(Boolean);
      return found ? [{ ...found, path, line }] : [];
    });
    const all = [...inWorkflows.flatMap(({ targets }) => targets), ...deployed, ...previews, ...targetsByPath(tree)];
    return {
      targets: [...Map.groupBy(all, ({ word }) => word).values()].flatMap(([first]) => first ?? []),
      deployments: uses.deployments.steps,
      unguarded: uses.deployments.steps.find(
        (one) => stageOf(`${one.text} ${one.job}`)?.stage !== "before" && isUnguarded(one, uses.workflows),
      ),
      computed: inWorkflows.flatMap(({ computed }) => computed ?? [])[0],
    };
  },
});

/** True in a workflow for every push, where no condition and no environment of GitHub stands before the step. */
function isUnguarded({ path, line }: DeploymentStep, { files }: Workflows): boolean {
  const workflow = files.find((one) => one.path === path);
  const push = workflow?.triggers.get("push");
  if (!push || push.options?.has("branches") || push.options?.has("tags") || push.options?.has("branches-ignore")) {
    return false;
  }
  const job = workflow?.jobs.findLast((one) => one.line <= line);
  const step = job?.steps.findLast((one) => one.line <= line);
  return job !== undefined && !job.if && !step?.if && !job.environment;
}
