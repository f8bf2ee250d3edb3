import { composeFiles } from "./compose-files.ts";
import { dockerfiles } from "./dockerfiles.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseToml } from "./formats/toml.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { kubernetes } from "./kubernetes.ts";
import { isAuxiliary, nameOf } from "./tree.ts";

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
  readonly unread: readonly UnreadFile[];
}

const isPlatform = globs("**/{fly.toml,render.yaml,app.yaml,app.json}");

/** Whether the platform can tell dead from busy. */
export const healthProbes = defineFact({
  spans: "repository",
  uses: { dockerfiles, composeFiles, kubernetes },
  reads: (path, tree) => isPlatform(path) && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ path, text }): DataNode | undefined => (path.endsWith(".toml") ? parseToml(text) : parseYamlDocument(text)),
  combine: ({ files, unread, uses }): HealthProbes => {
    const pods = uses.kubernetes.workloads
      .filter(({ isLongRunning, isExposed }) => isLongRunning && isExposed)
      .flatMap(({ path, containers }) =>
        containers.map(
          (container): ProbedUnit => ({ path, line: container.line, kind: "pod", ...valueOfPod(container) }),
        ),
      );
    const charts = uses.kubernetes.charts.flatMap(({ workloads, hasReadiness, hasLiveness }) =>
      workloads.slice(0, 1).map(({ path, line }): ProbedUnit => {
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
      }),
    );
    const platform = files.flatMap(({ path, parsed }) => platformUnit(path, parsed));
    const production = uses.dockerfiles.files.filter(({ purpose }) => purpose === "production");
    const images = production
      .filter(({ shipped }) => shipped.command ?? shipped.entrypoint)
      .map(({ path, shipped }): ProbedUnit => {
        const has = shipped.healthcheck !== undefined && !/^NONE\b/i.test(shipped.healthcheck.text);
        return {
          path,
          line: shipped.healthcheck?.line ?? shipped.base.line,
          kind: "image",
          value: has ? 1 : 0,
          says: has ? "It has a HEALTHCHECK." : "It has no HEALTHCHECK, and nothing else probes it.",
        };
      });
    const services = uses.composeFiles.files
      .filter(({ purpose }) => purpose === "production")
      .flatMap(({ path, services: all }) =>
        all
          .filter(({ build, isExposed }) => build !== undefined && isExposed)
          .map(({ line, healthcheck, name }): ProbedUnit => {
            const inherits = healthcheck === undefined && images.some(({ value }) => value === 1);
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
      unread: [
        ...unread,
        ...uses.kubernetes.unread,
        ...uses.dockerfiles.unread.filter(({ purpose }) => purpose === "production"),
      ],
    };
  },
});

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

/** Fly's checks, Render's path, App Engine's flexible checks; App Engine's standard runtime checks by itself. */
function platformUnit(path: string, data: DataNode | undefined): readonly ProbedUnit[] {
  if (!data) return [];
  const unit = (line: number, value: number, says: string): readonly ProbedUnit[] => [
    { path, line, kind: "platform", value, says },
  ];
  switch (nameOf(path)) {
    case "fly.toml": {
      const checks = [
        data.get("checks"),
        data.get("http_service", "checks"),
        ...(data.get("services")?.items ?? []).flatMap((service) => [
          service.get("http_checks"),
          service.get("tcp_checks"),
        ]),
      ].find(Boolean);
      return checks ? unit(checks.line, 1, "Fly checks it.") : unit(1, 0, "Fly has no check for it.");
    }
    case "render.yaml": {
      const web = (data.get("services")?.items ?? []).filter(
        (service) => service.get("type")?.text === "web" && service.get("env", "runtime")?.text !== "static",
      );
      return web.flatMap((service) =>
        service.has("healthCheckPath")
          ? unit(service.line, 1, "Render checks it.")
          : unit(service.line, 0, "Render has no health check path for it."),
      );
    }
    case "app.yaml":
      return /^python/.test(data.get("runtime")?.text ?? "")
        ? unit(data.lineOfKey("runtime") ?? 1, 1, "App Engine checks it.")
        : [];
    default:
      return [];
  }
}
