import type { DataNode } from "../formats/node.ts";

/** What a container asks of its node, and where it is stopped. */
export interface Resources {
  /** Of `resources`, else of the container. */
  readonly line: number;
  /** What is not set, in words; a limit is a request as well. CPU may go without a limit on purpose. */
  readonly missing: readonly string[];
}

/** The requests and limits of a container, or of the default values of a chart. */
export function resourcesOf(container: DataNode): Resources {
  const resources = container.get("resources");
  return { line: container.lineOfKey("resources") ?? container.line, missing: missingIn(resources) };
}

/** Which of the numbers that every container needs are not set. */
export function missingIn(resources: DataNode | undefined): readonly string[] {
  const has = (kind: string, what: string): boolean => resources?.get(kind, what)?.text !== undefined;
  return [
    ...(has("requests", "cpu") || has("limits", "cpu") ? [] : ["CPU request"]),
    ...(has("requests", "memory") || has("limits", "memory") ? [] : ["memory request"]),
    ...(has("limits", "memory") ? [] : ["memory limit"]),
  ];
}
