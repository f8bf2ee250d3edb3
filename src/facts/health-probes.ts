import { composeFiles } from "./compose-files.ts";
import { isService } from "./dockerfiles/service.ts";
import { type Dockerfile, dockerfiles } from "./dockerfiles.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseToml } from "./formats/toml.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { isPlatformFile, platformUnits } from "./health-probes/platforms.ts";
import { dockerfileOf } from "./image-builds.ts";
import { kubernetes } from "./kubernetes.ts";
import { startScripts } from "./start-scripts.ts";
import { isAuxiliary } from "./tree.ts";

/** A thing that is run, and how well the platform can tell whether it is well. */
export interface ProbedUnit {
  readonly path: string;
  readonly line: number;
  readonly kind: "pod" | "chart" | "service" | "image" | "platform";
  /** 1 both probes or a health check, 0 none, between for one or two that are the same. */
  readonly value: number;
  readonly says: string;
}

export interface HealthProbes {
  /** Of the strongest kind that there is: pods, then the platform's, then compose, then images. */
  readonly units: readonly ProbedUnit[];
  /** A file of infrastructure that may hold checks, and is not read. */
  readonly infrastructure: string | undefined;
  readonly unread: readonly UnreadFile[];
}

/** Code that creates what an image runs in, checks included, and that is not read. */
const isInfrastructure = globs("**/*.{tf,tofu,bicep}", "**/{cdk.json,Pulumi.yaml}");

/** Whether the platform can tell dead from busy. */
export const healthProbes = defineFact({
  spans: "repository",
  uses: { dockerfiles, composeFiles, kubernetes, startScripts },
  reads: (path, tree) => isPlatformFile(path) && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ path, text }): DataNode | undefined => (path.endsWith(".toml") ? parseToml(text) : parseYamlDocument(text)),
  combine: ({ files, unread, tree, uses }): HealthProbes => {
    const pods = uses.kubernetes.workloads
      .filter(({ isLongRunning, isExposed }) => isLongRunning && isExposed)
      .flatMap(({ path, containers }) =>
        containers.map(
          (container): ProbedUnit => ({ path, line: container.line, kind: "pod", ...valueOfPod(container) }),
        ),
      );
    const charts = uses.kubernetes.charts.flatMap(({ workloads, hasReadiness, hasLiveness }) => {
      const serving = workloads.filter(({ isReplicated }) => isReplicated);
      return [...serving, ...workloads].slice(0, 1).map(({ path, line }): ProbedUnit => {
        const value = hasReadiness && hasLiveness ? 1 : hasReadiness || hasLiveness ? 0.5 : 0;
        return {
          path,
          line,
          kind: "chart",
          value,
          says:
            value === 1
              ? "The chart has both probes."
              : value === 0
                ? "The chart has no probe."
                : "The chart has one probe of two.",
        };
      });
    });
    const platform = files.flatMap(({ path, parsed }) =>
      platformUnits(path, parsed).map((unit): ProbedUnit => ({ path, kind: "platform", ...unit })),
    );
    const production = uses.dockerfiles.files.filter(({ purpose }) => purpose === "production");
    const images = production
      .filter((image) => isService(image, uses.startScripts.texts.get(image.path) ?? [], production.length === 1))
      .map(imageUnit);
    const checkedImages = new Set(images.filter(({ value }) => value === 1).map(({ path }) => path));
    const services = uses.composeFiles.files
      .filter(({ purpose }) => purpose === "production")
      .flatMap(({ path, services: all }) =>
        all
          .filter(({ build, isExposed }) => build !== undefined && isExposed)
          .map(({ line, healthcheck, name, build }): ProbedUnit => {
            const dockerfile = build && dockerfileOf(path, build);
            const inherits = healthcheck === undefined && dockerfile !== undefined && checkedImages.has(dockerfile);
            const has = healthcheck === "set" || inherits;
            return {
              path,
              line,
              kind: "service",
              value: has ? 1 : 0,
              says: has ? `${name} has a health check.` : `${name} has no health check.`,
            };
          }),
      );
    const strongest = [[...pods, ...charts], platform, services, images].find(({ length }) => length > 0) ?? [];
    return {
      units: strongest,
      infrastructure: tree.paths.find(
        (path) => isInfrastructure(path) && tree.isFirstParty(path) && !isAuxiliary(path),
      ),
      unread: [
        ...unread,
        ...uses.kubernetes.unread,
        ...uses.dockerfiles.unread.filter(({ purpose }) => purpose === "production"),
      ],
    };
  },
});

function imageUnit({ path, shipped: { healthcheck, base } }: Dockerfile): ProbedUnit {
  const has = healthcheck !== undefined && !/^NONE\b/i.test(healthcheck.text);
  return {
    path,
    line: healthcheck?.line ?? base.line,
    kind: "image",
    value: has ? 1 : 0,
    says: has ? "It has a HEALTHCHECK." : "It has no HEALTHCHECK, and no manifest here probes it.",
  };
}

type Probed = {
  readonly hasReadiness: boolean;
  readonly hasLiveness: boolean;
  readonly hasStartup: boolean;
  readonly hasEqualProbes: boolean;
};

function valueOfPod({
  hasReadiness,
  hasLiveness,
  hasStartup,
  hasEqualProbes,
}: Probed): Pick<ProbedUnit, "value" | "says"> {
  if (hasReadiness && hasLiveness && hasEqualProbes)
    return { value: 0.8, says: "Readiness and liveness ask the same: a busy container is killed." };
  if (hasReadiness && (hasLiveness || hasStartup)) return { value: 1, says: "It has readiness and liveness." };
  if (hasReadiness || hasLiveness)
    return { value: 0.5, says: `It has ${hasReadiness ? "no liveness" : "no readiness"} probe.` };
  return { value: 0, says: "It has neither a readiness nor a liveness probe." };
}
