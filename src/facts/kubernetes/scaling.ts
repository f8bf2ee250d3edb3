import type { DataNode } from "../formats/node.ts";
import type { KubernetesObject } from "./objects.ts";
import { selects, type Workload } from "./workloads.ts";

/** An object that sets the number, or the size, of a workload's pods. */
export interface Scaler {
  readonly target: string | undefined;
  /** The fewest pods; undefined for one that only changes their size. */
  readonly fewest: number | undefined;
}

/** The autoscaler that an object is: of pods, of events (KEDA), of sizes. */
export function scalerOf({ kind, data }: KubernetesObject): Scaler | undefined {
  const spec = data.get("spec");
  const target = (spec?.get("scaleTargetRef") ?? spec?.get("targetRef"))?.get("name")?.text;
  if (kind === "HorizontalPodAutoscaler") return { target, fewest: spec?.get("minReplicas")?.number ?? 1 };
  if (kind === "ScaledObject") return { target, fewest: spec?.get("minReplicaCount")?.number ?? 0 };
  return kind === "VerticalPodAutoscaler" ? { target, fewest: undefined } : undefined;
}

/** The parts of a workload's availability: whether it has several pods, a budget, and a way to spread or replace them. */
export interface Availability {
  readonly hasSeveral: boolean;
  readonly hasBudget: boolean;
  readonly isSpread: boolean;
  /** Of `replicas`, else of the workload. */
  readonly line: number;
}

/** @param budgets selectors of the disruption budgets */
export function availabilityOf(
  { spec, line, labels, name }: Workload,
  scalers: readonly Scaler[],
  budgets: readonly DataNode[],
): Availability {
  const fewest = Math.max(
    spec.get("replicas")?.number ?? 1,
    ...scalers.filter(({ target }) => target === name).map((scaler) => scaler.fewest ?? 0),
  );
  const pod = spec.get("template", "spec");
  const strategy = (spec.get("strategy") ?? spec.get("updateStrategy"))?.get("type")?.text;
  return {
    hasSeveral: fewest >= 2,
    hasBudget: budgets.some((selector) => covers(selector, labels)),
    isSpread:
      /^Rolling/.test(strategy ?? "") ||
      (spec.has("strategy") && /^(canary|blueGreen)$/.test(spec.get("strategy")?.entries[0]?.key ?? "")) ||
      spec.get("strategy", "rollingUpdate") !== undefined ||
      pod?.has("topologySpreadConstraints") === true ||
      pod?.get("affinity", "podAntiAffinity") !== undefined,
    line: spec.lineOfKey("replicas") ?? line,
  };
}

/** Expressions are taken to match: what they choose by is not evaluated. */
function covers(selector: DataNode, labels: DataNode | undefined): boolean {
  const wanted = selector.get("matchLabels");
  return selector.has("matchExpressions") || (wanted !== undefined && selects(wanted, labels));
}
