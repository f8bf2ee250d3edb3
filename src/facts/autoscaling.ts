import { infrastructureUnits, isInfrastructure, type Scaling } from "./autoscaling/infrastructure.ts";
import { isPlatformSpec, platformScaling } from "./autoscaling/platforms.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseToml } from "./formats/toml.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { kubernetes } from "./kubernetes.ts";
import { isAuxiliary } from "./tree.ts";
import { type Workflows, workflows } from "./workflows.ts";

/** A service that a platform runs, and whether its capacity follows the load. */
export interface ScaledUnit {
  readonly path: string;
  readonly line: number;
  readonly isScaled: boolean;
  readonly says: string;
}

export interface Autoscaling {
  readonly units: readonly ScaledUnit[];
  /** Why what is not among the units may scale all the same. */
  readonly open: string | undefined;
  readonly unread: readonly UnreadFile[];
}

type Parsed =
  | { readonly type: "platform"; readonly data: DataNode | undefined }
  | { readonly type: "infrastructure"; readonly scaling: Scaling };

const SCALABLE = /^(Deployment|ReplicaSet|ReplicationController|Rollout|DeploymentConfig|Service)$/;
/** Programs that create infrastructure; a task definition of ECS that somebody runs as a service. */
const isProgram = globs("**/{cdk.json,Pulumi.yaml}");
const isTask = globs("**/*{task-def,task_def,taskdef}*.json");
/** What scales by itself, and is deployed by a command or an action. */
const SELF_SCALING = /\bgcloud\s+(beta\s+|alpha\s+)?run\s+deploy\b|\baz\s+containerapp\s+(up|create|update)\b/;
const SELF_SCALING_ACTION = /^(google-github-actions\/deploy-cloudrun|azure\/container-apps-deploy-action)@/i;

/** The services that platforms run, with what scales them. */
export const autoscaling = defineFact({
  spans: "repository",
  uses: { kubernetes, workflows },
  reads: (path, tree) =>
    (isPlatformSpec(path) || isInfrastructure(path)) && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ path, text }): Parsed => {
    if (isInfrastructure(path)) return { type: "infrastructure", scaling: infrastructureUnits(text) };
    return { type: "platform", data: path.endsWith(".toml") ? parseToml(text) : parseYamlDocument(text) };
  },
  combine: ({ files, unread, tree, uses }): Autoscaling => {
    const { workloads, charts } = uses.kubernetes;
    const pods = workloads
      .filter(({ kind, isExposed, isSingleton }) => SCALABLE.test(kind) && isExposed && !isSingleton)
      .map(({ path, line, name, kind, isScaled }) =>
        // Knative scales its services by itself.
        unit(path, line, isScaled || kind === "Service", `\`${name}\``, "an autoscaler"),
      );
    const chartUnits = charts.flatMap(({ workloads: templates, availability: { isScaled } }) =>
      templates
        .filter(({ isReplicated }) => isReplicated && isScaled !== undefined)
        .slice(0, 1)
        .map(({ path, line }) => unit(path, line, isScaled === true, "The chart", "an autoscaler that is turned on")),
    );
    const platforms = files.flatMap(({ path, parsed }) =>
      parsed.type === "platform" ? platformScaling(path, parsed.data).map((one) => ({ path, ...one })) : [],
    );
    const scalings = files.flatMap(({ path, parsed }) =>
      parsed.type === "infrastructure" ? [{ path, ...parsed.scaling }] : [],
    );
    const hasTarget = scalings.some(({ scalesServices }) => scalesServices);
    const created = scalings.flatMap(({ path, services }) =>
      services.map(({ line, name, scalesItself }) =>
        unit(path, line, scalesItself || hasTarget, `\`${name}\``, "a scaling target"),
      ),
    );
    const product = tree.paths.filter((path) => tree.isFirstParty(path) && !isAuxiliary(path));
    const program = product.find(isProgram) ?? product.find(isTask);
    const isOpenChart = charts.some(
      ({ workloads: templates, availability }) => templates.length > 0 && availability.isScaled === undefined,
    );
    return {
      units: [...pods, ...chartUnits, ...platforms, ...created, ...deployed(uses.workflows)],
      open: isOpenChart
        ? "the chart's autoscaler is turned on by values that are not here"
        : program && `${program} does not say what scales the service that it is for`,
      unread: [...unread, ...uses.kubernetes.unread],
    };
  },
});

function unit(path: string, line: number, isScaled: boolean, subject: string, by: string): ScaledUnit {
  return {
    path,
    line,
    isScaled,
    says: isScaled ? `${subject} is scaled with its load.` : `${subject} has no ${by.replace(/^an? /, "")}.`,
  };
}

/** Deployments to Cloud Run and Container Apps. */
function deployed({ files }: Workflows): readonly ScaledUnit[] {
  return files.flatMap(({ path, jobs }) =>
    jobs.flatMap(({ steps }) =>
      steps
        .filter(({ run, uses }) => SELF_SCALING.test(run?.text ?? "") || SELF_SCALING_ACTION.test(uses?.text ?? ""))
        .map(({ line }) => unit(path, line, true, "What this step deploys", "")),
    ),
  );
}
