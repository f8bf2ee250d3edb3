import { defineFact, type UnreadFile } from "./fact.ts";
import { type Kubernetes, kubernetes } from "./kubernetes.ts";

/** A part of what keeps a service up while a node fails or a version is rolled out. */
export type AvailabilityPart = "hasSeveral" | "hasBudget" | "isSpread";

/** A service that can have several pods. */
export interface AvailableUnit {
  readonly path: string;
  readonly line: number;
  /** Empty for a chart. */
  readonly name: string;
  /** Parts that it does not have. */
  readonly lacks: readonly AvailabilityPart[];
}

export interface ServiceAvailability {
  readonly units: readonly AvailableUnit[];
  /** The chart of which values from elsewhere decide. */
  readonly open: string | undefined;
  readonly unread: readonly UnreadFile[];
}

const PARTS: readonly AvailabilityPart[] = ["hasSeveral", "hasBudget", "isSpread"];
const REPLICATED = /^(Deployment|StatefulSet|ReplicaSet|ReplicationController|Rollout|DeploymentConfig)$/;

/** What services in a cluster have, and lack, for their availability. */
export const availability = defineFact({
  spans: "repository",
  uses: { kubernetes },
  combine: ({ uses }): ServiceAvailability => {
    const units = [...inPods(uses.kubernetes), ...inCharts(uses.kubernetes)].map(({ parts, ...unit }) => ({
      ...unit,
      lacks: PARTS.filter((part) => !parts[part]),
      isOpen: PARTS.some((part) => parts[part] === undefined),
    }));
    return {
      units: units.filter(({ isOpen }) => !isOpen),
      open: units.find(({ isOpen }) => isOpen)?.path,
      unread: uses.kubernetes.unread,
    };
  },
});

type Unit = Omit<AvailableUnit, "lacks"> & {
  readonly parts: { readonly [Part in AvailabilityPart]: boolean | undefined };
};

function inPods({ workloads }: Kubernetes): readonly Unit[] {
  return workloads
    .filter(({ kind, isExposed, isSingleton }) => REPLICATED.test(kind) && isExposed && !isSingleton)
    .map(({ path, name, availability: { line, ...parts } }) => ({ path, line, name, parts }));
}

function inCharts({ charts }: Kubernetes): readonly Unit[] {
  return charts.flatMap(({ workloads, availability: parts }) => {
    const [serving] = workloads.filter(({ isReplicated }) => isReplicated);
    return serving ? [{ path: serving.path, line: serving.line, name: "", parts }] : [];
  });
}
