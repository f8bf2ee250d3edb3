import type { DataNode } from "../formats/node.ts";
import { nameOf } from "../tree.ts";
import { type DeclaredFunction, type FunctionsFound, wildcardOf } from "./model.ts";

/** The functions that the settings of Chalice, Zappa and Azure Functions stand for, one a stage. */
export function configuredFunctions(path: string, data: DataNode): FunctionsFound {
  switch (nameOf(path)) {
    case "host.json":
      return { declared: azureFunctions(path, data), wildcards: [] };
    case "config.json":
      return {
        declared: stages(path, data.get("stages"), data, ["lambda_timeout", "lambda_memory_size"]),
        wildcards: [],
      };
    default: {
      const statements = data.entries.flatMap(({ value }) => value.get("extra_permissions")?.items ?? []);
      return {
        declared: stages(path, data, undefined, ["timeout_seconds", "memory_size"]),
        wildcards: statements.flatMap((statement) => wildcardOf(statement, path) ?? []),
      };
    }
  }
}

function stages(
  path: string,
  all: DataNode | undefined,
  shared: DataNode | undefined,
  [timeout, memory]: readonly [string, string],
): readonly DeclaredFunction[] {
  return (all?.entries ?? [])
    .filter(({ value }) => value.kind === "map")
    .map(({ key, value, line }) => ({
      name: key,
      path,
      line,
      runtime: undefined,
      hasTimeout: value.has(timeout) || shared?.has(timeout) === true,
      hasMemory: value.has(memory) || shared?.has(memory) === true,
      handlesFailure: undefined,
    }));
}

/** The plan decides on memory; `-1` is no bound. */
function azureFunctions(path: string, data: DataNode): readonly DeclaredFunction[] {
  if (!data.has("version")) return [];
  const timeout = data.get("functionTimeout");
  return [
    {
      name: "the app",
      path,
      line: timeout?.line ?? 1,
      runtime: undefined,
      hasTimeout: timeout !== undefined && timeout.text !== "-1",
      hasMemory: undefined,
      handlesFailure: undefined,
    },
  ];
}
