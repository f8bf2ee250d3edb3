import { globs } from "../fact.ts";
import { lineIndex } from "../formats/node.ts";

/** What code for infrastructure creates, as far as its resources are named by type. */
export interface Scaling {
  readonly services: readonly { readonly line: number; readonly name: string; readonly scalesItself: boolean }[];
  /** True with a scaling target for services of ECS. */
  readonly scalesServices: boolean;
}

/** Terraform, Bicep, CloudFormation. */
export const isInfrastructure = globs(
  "**/*.{tf,tofu,bicep}",
  "**/{cloudformation,cfn}/**/*.{yml,yaml,json}",
  "**/{template,*cloudformation*,*-stack,stack}.{yml,yaml}",
);

const SERVICE = [
  /^[ \t]*resource\s+"(aws_ecs_service|google_cloud_run_service|google_cloud_run_v2_service|azurerm_container_app)"\s+"([\w-]+)"/gm,
  /^[ \t]*["']?Type["']?:\s*["']?(AWS::ECS::Service)\b()/gm,
  /^[ \t]*resource\s+(\w+)\s+'Microsoft\.App\/containerApps@()/gm,
];
const TARGET = /\baws_appautoscaling_target\b|AWS::ApplicationAutoScaling::ScalableTarget/;

/** Reads resources by their types alone: what they are set to may be computed. */
export function infrastructureUnits(text: string): Scaling {
  const lineOf = lineIndex(text);
  const services = SERVICE.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: whole, 1: type = "", 2: name, index }) => ({
      line: lineOf(index + whole.length - 1),
      name: name || type,
      // Cloud Run and Container Apps follow the load unless they are told otherwise.
      scalesItself: !/ecs/i.test(type),
    })),
  );
  return { services, scalesServices: TARGET.test(text) };
}
