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
  /** Those of them that take nothing from what runs in it, and the line where its map starts. */
  readonly harmless: { readonly line: number; readonly settings: readonly SecuritySetting[] };
}

export interface ContainerRights {
  readonly containers: readonly ContainerRight[];
  readonly unread: readonly UnreadFile[];
}

const PATCHES = ["patches", "patchesStrategicMerge", "patchesJson6902"];

/** How far the containers of manifests and charts are restricted. */
export const containerRights = defineFact({
  spans: "repository",
  uses: { kubernetes },
  combine: ({ uses }): ContainerRights => ({
    containers: [...inPods(uses.kubernetes), ...inCharts(uses.kubernetes)],
    unread: uses.kubernetes.unread,
  }),
});

function inPods({ workloads, objects }: Kubernetes): readonly ContainerRight[] {
  // Lines of a patched object may be those of its patch.
  const isPatched = objects.some(({ kind, data }) => kind === "Kustomization" && PATCHES.some((key) => data.has(key)));
  return workloads.flatMap(({ path, kind, containers, sidecars, restrictions }) =>
    [...containers, ...sidecars]
      // Agents of a node need what is the node's.
      .filter(({ security }) => !(kind === "DaemonSet" && security.power))
      .map(({ name, line: start, security: { line, missing: lacking, power, adds } }) => {
        const missing = lacking.filter((setting) => !restrictions.includes(setting));
        const settings = power || isPatched ? [] : missing.filter((setting) => isHarmless(setting, missing, adds));
        return {
          path,
          line: power?.line ?? line,
          name,
          power: power?.what,
          missing,
          harmless: { line: start, settings },
        };
      }),
  );
}

/**
 * A process of root may use each of its capabilities, one of another user has none to lose. SYS_ADMIN needs the
 * escalation. As whom an image can run, and where it writes, no manifest tells.
 */
function isHarmless(setting: SecuritySetting, missing: readonly SecuritySetting[], adds: readonly string[]): boolean {
  if (setting === "allowPrivilegeEscalation: false") return !adds.some((name) => /^(CAP_)?(SYS_ADMIN|ALL)$/.test(name));
  return setting === "capabilities: {drop: [ALL]}" && !missing.includes("runAsNonRoot: true");
}

function inCharts({ charts }: Kubernetes): readonly ContainerRight[] {
  return charts.flatMap(({ workloads: [first], security: { missing } }) =>
    first
      ? [
          {
            path: first.path,
            line: first.line,
            name: "",
            power: undefined,
            missing,
            harmless: { line: first.line, settings: [] },
          },
        ]
      : [],
  );
}
