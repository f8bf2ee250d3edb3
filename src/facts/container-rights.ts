import { defineFact, type UnreadFile } from "./fact.ts";
import type { SecuritySetting } from "./kubernetes/security.ts";
import { type Kubernetes, kubernetes } from "./kubernetes.ts";

/** What the kernel lets one container of a manifest, or those of a chart, do. */
export interface ContainerRight {
  readonly path: string;
  readonly line: number;
  /** Of the container; empty in a chart. */
  readonly name: string;
  /** What gives it power over its node, as written. */
  readonly power: string | undefined;
  /** Restrictions that neither it, its pod, nor its namespace has. */
  readonly missing: readonly SecuritySetting[];
}

export interface ContainerRights {
  readonly containers: readonly ContainerRight[];
  readonly unread: readonly UnreadFile[];
}

/** How far the containers of manifests and charts are restricted. */
export const containerRights = defineFact({
  spans: "repository",
  uses: { kubernetes },
  combine: ({ uses }): ContainerRights => ({
    containers: [...inPods(uses.kubernetes), ...inCharts(uses.kubernetes)],
    unread: uses.kubernetes.unread,
  }),
});

function inPods({ workloads }: Kubernetes): readonly ContainerRight[] {
  return workloads.flatMap(({ path, kind, containers, sidecars, restrictions }) =>
    [...containers, ...sidecars]
      // Agents of a node need what is the node's.
      .filter(({ security }) => !(kind === "DaemonSet" && security.power))
      .map(({ name, security: { line, missing, power } }) => ({
        path,
        line: power?.line ?? line,
        name,
        power: power?.what,
        missing: missing.filter((setting) => !restrictions.includes(setting)),
      })),
  );
}

function inCharts({ charts }: Kubernetes): readonly ContainerRight[] {
  return charts.flatMap(({ workloads: [first], security: { missing } }) =>
    first ? [{ path: first.path, line: first.line, name: "", power: undefined, missing }] : [],
  );
}
