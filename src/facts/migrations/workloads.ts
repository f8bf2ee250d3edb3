import { operationsOf } from "../commands/operations.ts";
import type { ComposeFiles } from "../compose-files.ts";
import type { DataNode } from "../formats/node.ts";
import type { Kubernetes } from "../kubernetes.ts";
import type { Application } from "./start-files.ts";

/** Pods that apply migrations: jobs and init containers before the others start, hooks of charts. */
export function inKubernetes({ objects, charts }: Kubernetes): readonly Application[] {
  const applied = objects.flatMap(({ path, kind, data }) =>
    [...data.walk()].flatMap((node): readonly Application[] => {
      const isInit = node.has("initContainers");
      const containers = [node.get("initContainers"), node.get("containers")].flatMap((list) => list?.items ?? []);
      return containers
        .filter((container) => migrates([container.get("command"), container.get("args")]))
        .map((container) => {
          const isFirst = isInit && node.get("initContainers")?.items.includes(container) === true;
          return { path, line: container.line, when: isFirst || /Job$/.test(kind) ? "release" : "start" };
        });
    }),
  );
  const templated = charts.flatMap(({ templates }) =>
    templates.flatMap(({ path, text }) =>
      text
        .split("\n")
        .flatMap((line, index): readonly Application[] =>
          operationsOf(line.trim().split(/\s+/)).includes("migration")
            ? [{ path, line: index + 1, when: /kind:\s*Job\b|initContainers:/.test(text) ? "release" : "start" }]
            : [],
        ),
    ),
  );
  return [...applied, ...templated];
}

/** Services that migrate and end, and those that migrate before they serve. */
export function inCompose({ files }: ComposeFiles): readonly Application[] {
  return files
    .filter(({ purpose }) => purpose === "production")
    .flatMap(({ path, services }) =>
      services
        .filter(({ command }) => operationsOf(command.split(/\s+/)).includes("migration"))
        .map(({ name, line, command }): Application => {
          const isStep =
            /migrat|prestart|release|init/.test(name) || !/gunicorn|uvicorn|runserver|&&.+&&/.test(command);
          return { path, line, when: isStep ? "release" : "start" };
        }),
    );
}

/** True where more than one copy of a service runs. */
export function isReplicated({ objects }: Kubernetes): boolean {
  return objects.some(
    ({ kind, data }) =>
      kind === "HorizontalPodAutoscaler" ||
      (/^(Deployment|Rollout)$/.test(kind) && (data.get("spec", "replicas")?.number ?? 1) > 1),
  );
}

function migrates(nodes: readonly (DataNode | undefined)[]): boolean {
  const words = nodes.flatMap((node) => node?.texts ?? []).flatMap((text) => text.split(/\s+/));
  return operationsOf(words).includes("migration");
}
