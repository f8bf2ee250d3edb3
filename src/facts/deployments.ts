import { ci } from "./ci.ts";
import { DEPLOYING, type Deploying } from "./commands/operations.ts";
import { defineFact } from "./fact.ts";
import { workflows } from "./workflows.ts";

/** A command or an action that brings a version to where it runs. */
export interface Deployment {
  readonly path: string;
  readonly line: number;
  /** The command line, or the action. */
  readonly text: string;
  /** What it deploys to. */
  readonly platform: string;
  /** The job that does it. */
  readonly job: string;
  /** True for one that makes the resources that it deploys to, from files of the repository. */
  readonly makesResources: boolean;
}

const ACTIONS: readonly Deploying[] = [
  [/^aws-actions\/(amazon-ecs-deploy-task-definition|aws-lambda-deploy|aws-elasticbeanstalk-deploy)@/i, "AWS"],
  [/^(einaregilsson\/beanstalk-deploy|appleboy\/lambda-action)@/i, "AWS"],
  [/^aws-actions\/aws-cloudformation-github-deploy@/i, "AWS", true],
  [/^google-github-actions\/deploy-(cloudrun|cloud-functions)@/i, "Google Cloud"],
  [/^google-github-actions\/deploy-appengine@/i, "Google Cloud", true],
  [/^azure\/(webapps-deploy|functions-action|container-apps-deploy-action)@/i, "Azure"],
  [/^azure\/(arm-deploy|bicep-deploy)@/i, "Azure", true],
  [/^azure\/k8s-deploy@/i, "Kubernetes"],
  [/^akhileshns\/heroku-deploy@/i, "Heroku"],
  [
    /^(cloud-gov\/cg-cli-tools|18f\/cg-deploy-action|digitalocean\/app_action|koyeb\/action-git-deploy)(\/[\w-]+)?@/i,
    "its platform",
  ],
];

/** Where CI deploys, as far as its commands and actions say so. */
export const deployments = defineFact({
  spans: "repository",
  uses: { ci, workflows },
  combine: ({ uses }): readonly Deployment[] => {
    const byCommand = uses.ci.jobs.flatMap(({ name, commands }) => {
      const lines = commands.map(({ words, path, line }) => ({ text: words.join(" "), path, line }));
      // A cluster that lives as long as the job is for tests.
      if (commands.some(({ purposes }) => purposes.includes("throwaway-cluster"))) return [];
      return lines.flatMap(({ text, path, line }) => deploymentOf(DEPLOYING, text, { path, line, job: name }));
    });
    const byAction = uses.workflows.files.flatMap(({ path, jobs }) =>
      jobs.flatMap(({ id, name, steps }) =>
        steps.flatMap(({ uses: action, line }) =>
          deploymentOf(ACTIONS, action?.text ?? "", { path, line: action?.line ?? line, job: name ?? id }),
        ),
      ),
    );
    return [...byCommand, ...byAction];
  },
});

function deploymentOf(
  known: readonly Deploying[],
  text: string,
  place: Pick<Deployment, "path" | "line" | "job">,
): readonly Deployment[] {
  const [, platform, makesResources = false] = known.find(([matches]) => matches.test(text)) ?? [];
  return platform === undefined ? [] : [{ ...place, text, platform, makesResources }];
}
