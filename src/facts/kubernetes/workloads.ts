import { type ContainerVariable, type ExternalImage, externalImage } from "../containers/container.ts";
import type { DataNode } from "../formats/node.ts";
import type { KubernetesObject } from "./objects.ts";

/** A pod template and what runs in it. */
export interface Workload {
  readonly path: string;
  readonly kind: string;
  readonly name: string;
  /** False for jobs, which end by themselves. */
  readonly isLongRunning: boolean;
  /** True where it opens a port or a Service leads to it. */
  readonly isExposed: boolean;
  /** Without init containers and sidecars. */
  readonly containers: readonly WorkloadContainer[];
  /** Images of init containers and sidecars. */
  readonly otherImages: readonly ExternalImage[];
}

export interface WorkloadContainer {
  readonly name: string;
  readonly line: number;
  readonly image: ExternalImage | undefined;
  readonly hasReadiness: boolean;
  readonly hasLiveness: boolean;
  readonly hasStartup: boolean;
  /** Readiness and liveness ask the same: a busy process is killed. */
  readonly hasEqualProbes: boolean;
  /** By its own security context or the pod's; undefined where neither says it. */
  readonly isNonRoot: boolean | undefined;
  readonly environment: readonly ContainerVariable[];
}

/** Where a kind keeps its pod. */
const POD_PATHS: ReadonlyMap<string, readonly string[]> = new Map([
  ["Pod", ["spec"]],
  ["CronJob", ["spec", "jobTemplate", "spec", "template", "spec"]],
]);
const TEMPLATED =
  /^(Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Rollout|DeploymentConfig|Job|Service|Configuration)$/;
const ENDING = /^(Job|CronJob)$/;
const SIDECAR =
  /^(istio-proxy|envoy|linkerd-proxy|cloud-?sql-?proxy|cloudsql|fluent-?(bit|d)|vault-agent|jaeger-agent|otel-(collector|agent)|datadog-agent|.*-sidecar)$/;

/** The workload that an object describes; undefined for other kinds and for patches without containers. */
export function workloadOf(
  path: string,
  { kind, name, data }: KubernetesObject,
  services: readonly DataNode[],
): Workload | undefined {
  const place = POD_PATHS.get(kind) ?? (TEMPLATED.test(kind) ? ["spec", "template", "spec"] : undefined);
  const pod = place && data.get(...place);
  const all = pod?.get("containers")?.items ?? [];
  if (!pod || all.length === 0) return undefined;
  const main = all.length === 1 ? all : all.filter((container) => !SIDECAR.test(container.get("name")?.text ?? ""));
  const isMain = new Set(main);
  const others = [...all.filter((container) => !isMain.has(container)), ...(pod.get("initContainers")?.items ?? [])];
  const labels = place && data.get(...place.slice(0, -1), "metadata", "labels");
  return {
    path,
    kind,
    name,
    isLongRunning: !ENDING.test(kind),
    isExposed:
      main.some((container) => container.has("ports")) || services.some((selector) => selects(selector, labels)),
    containers: main.map((container) => containerOf(container, pod)),
    otherImages: others.flatMap((container) => imageOf(container) ?? []),
  };
}

function selects(selector: DataNode, labels: DataNode | undefined): boolean {
  const wanted = selector.entries;
  return wanted.length > 0 && wanted.every(({ key, value }) => labels?.get(key)?.text === value.text);
}

function imageOf(container: DataNode): ExternalImage | undefined {
  const image = container.get("image");
  return image?.text ? externalImage(image.text, image.line) : undefined;
}

function containerOf(container: DataNode, pod: DataNode): WorkloadContainer {
  const [readiness, liveness] = [container.get("readinessProbe"), container.get("livenessProbe")];
  return {
    name: container.get("name")?.text ?? "",
    line: container.line,
    image: imageOf(container),
    hasReadiness: isSet(readiness),
    hasLiveness: isSet(liveness),
    hasStartup: isSet(container.get("startupProbe")),
    hasEqualProbes: isSet(readiness) && isSet(liveness) && shapeOf(readiness) === shapeOf(liveness),
    isNonRoot: nonRootOf(container.get("securityContext")) ?? nonRootOf(pod.get("securityContext")),
    environment: (container.get("env")?.items ?? []).flatMap((variable) => {
      const name = variable.get("name")?.text;
      const value = variable.get("value");
      return name ? [{ name, value: value?.text, line: value?.line ?? variable.line }] : [];
    }),
  };
}

function isSet(probe: DataNode | undefined): probe is DataNode {
  return probe?.kind === "map" && probe.entries.length > 0;
}

/** A probe as text, whatever the order of its keys. */
function shapeOf(node: DataNode): string {
  if (node.kind === "list") return `[${node.items.map(shapeOf).join()}]`;
  if (node.kind === "scalar") return node.text ?? "";
  return `{${node.entries
    .map(({ key, value }) => `${key}:${shapeOf(value)}`)
    .sort()
    .join()}}`;
}

function nonRootOf(context: DataNode | undefined): boolean | undefined {
  const user = context?.get("runAsUser")?.number;
  if (user !== undefined) return user > 0;
  return context?.get("runAsNonRoot")?.boolean;
}
