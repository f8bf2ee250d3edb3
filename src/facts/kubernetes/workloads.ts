import { type ContainerVariable, type ExternalImage, externalImage } from "../containers/container.ts";
import { parseImageReference } from "../containers/image-reference.ts";
import type { DataNode } from "../formats/node.ts";
import type { KubernetesObject } from "./objects.ts";
import { type Resources, resourcesOf } from "./resources.ts";
import { type ContainerSecurity, isNonRoot, securityOf } from "./security.ts";

/** A pod template and what runs in it. */
export interface Workload {
  readonly path: string;
  /** Of its kind. */
  readonly line: number;
  readonly kind: string;
  readonly name: string;
  /** Undefined where the overlay, or who applies it, chooses. */
  readonly namespace: string | undefined;
  /** False for jobs, which end by themselves. */
  readonly isLongRunning: boolean;
  /** True where it opens a port or a Service leads to it. */
  readonly isExposed: boolean;
  /** True for what runs once only: schedulers, and stores of data that replicate in their own way. */
  readonly isSingleton: boolean;
  /** Labels of its pods. */
  readonly labels: DataNode | undefined;
  /** Its `spec`, for what only some rules ask. */
  readonly spec: DataNode;
  /** Without init containers and sidecars. */
  readonly containers: readonly WorkloadContainer[];
  readonly sidecars: readonly WorkloadContainer[];
  readonly initImages: readonly ExternalImage[];
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
  readonly security: ContainerSecurity;
  readonly resources: Resources;
  readonly environment: readonly ContainerVariable[];
}

/** Where a kind keeps its pod. */
const POD_PATHS: ReadonlyMap<string, readonly string[]> = new Map([
  ["Pod", ["spec"]],
  ["CronJob", ["spec", "jobTemplate", "spec", "template", "spec"]],
]);
const CONTROLLER = /^(Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Rollout|DeploymentConfig|Job)$/;
/** Knative's; Kubernetes has a kind Service of its own, without pods. */
const KNATIVE = /^(Service|Configuration)$/;
const ENDING = /^(Job|CronJob)$/;
const SIDECAR =
  /^(istio-proxy|envoy|linkerd-proxy|cloud-?sql-?proxy|cloudsql|fluent-?(bit|d)|vault-agent|jaeger-agent|otel-(collector|agent)|datadog-agent|.*-sidecar)$/;
const SCHEDULER = /(^|[^a-z])(scheduler|beat|cron|leader|singleton|operator|controller|migrations?|flower)([^a-z]|$)/i;
/** Also behind the name of what it keeps data for: `orders-db`, `shop-redis`. */
const STORE =
  /^([\w.-]*[-_.])?(db|database|postgres(ql)?|mysql|mariadb|mongo(db)?|redis|valkey|memcached|rabbitmq|kafka)$|^(postgis|pgvector|timescaledb(-ha)?|pgbouncer|percona|redis-stack|keydb|zookeeper|nats|elasticsearch|opensearch|cassandra|clickhouse(-server)?|neo4j|etcd|minio|influxdb|consul|vault|registry|mailhog|mailpit|prometheus|grafana|loki|jaeger|all-in-one)$/;

/** The workload that an object describes; undefined for other kinds. */
export function workloadOf(
  path: string,
  { kind, name, data }: KubernetesObject,
  services: readonly DataNode[],
): Workload | undefined {
  const place = podPath(kind);
  const pod = place && data.get(...place);
  const all = pod?.get("containers")?.items ?? [];
  if (!place || !pod || all.length === 0) return undefined;
  const main = all.length === 1 ? all : all.filter((container) => !SIDECAR.test(container.get("name")?.text ?? ""));
  const labels = data.get(...place.slice(0, -1), "metadata", "labels");
  const containers = main.map((container) => containerOf(container, pod));
  return {
    path,
    line: data.lineOfKey("kind") ?? data.line,
    kind,
    name,
    namespace: data.get("metadata", "namespace")?.text,
    isLongRunning: !ENDING.test(kind),
    isExposed:
      main.some((container) => container.has("ports")) || services.some((selector) => selects(selector, labels)),
    isSingleton: isSingletonByName(name) || main.some(isSchedulerOrStore),
    labels,
    spec: data.get("spec") as DataNode,
    containers,
    sidecars: all.filter((container) => !main.includes(container)).map((container) => containerOf(container, pod)),
    initImages: (pod.get("initContainers")?.items ?? []).flatMap((container) => imageOf(container) ?? []),
  };
}

/** True for a workload that names no image: a patch holds only a part of one. */
export function isFragment({ kind, apiVersion, data }: KubernetesObject): boolean {
  if (KNATIVE.test(kind) ? !apiVersion.startsWith("serving.knative.dev/") : !podPath(kind)) return false;
  const containers = data.get(...(podPath(kind) ?? []), "containers")?.items ?? [];
  return !containers.some((container) => container.has("image"));
}

/** True for the name of what does the same work twice when it runs twice. */
export function isSingletonByName(name: string): boolean {
  return SCHEDULER.test(name) || STORE.test(name);
}

/** True for labels that have all that a selector wants. */
export function selects(selector: DataNode, labels: DataNode | undefined): boolean {
  const wanted = selector.entries;
  return wanted.length > 0 && wanted.every(({ key, value }) => labels?.get(key)?.text === value.text);
}

function podPath(kind: string): readonly string[] | undefined {
  return (
    POD_PATHS.get(kind) ?? (CONTROLLER.test(kind) || KNATIVE.test(kind) ? ["spec", "template", "spec"] : undefined)
  );
}

function isSchedulerOrStore(container: DataNode): boolean {
  const command = ["command", "args"].flatMap((key) => container.get(key)?.texts ?? []).join(" ");
  const image = parseImageReference(container.get("image")?.text ?? "").name;
  return SCHEDULER.test(command) || STORE.test(image);
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
    isNonRoot: isNonRoot(container, pod),
    security: securityOf(container, pod),
    resources: resourcesOf(container),
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
