import { type DataNode, FormatError } from "../formats/node.ts";
import { parseYamlDocument } from "../formats/yaml.ts";
import { folderOf } from "../tree.ts";
import { readActionReference } from "./action-reference.ts";
import { readMatrix } from "./matrix.ts";
import type { Job, LocalAction, Setting, Step, Trigger, Workflow } from "./model.ts";

/** More jobs than any workflow has: every one is followed through the repository. */
const MAX_JOBS = 1000;

/**
 * A workflow from its text. A file that is no workflow (empty, no jobs) gives one without jobs.
 * @throws FormatError for broken YAML, or more than a thousand jobs.
 */
export function readWorkflow(path: string, text: string): Workflow | undefined {
  const data = parseYamlDocument(text);
  const jobs = data?.get("jobs")?.entries ?? [];
  if (!data || jobs.length === 0) return undefined;
  if (jobs.length > MAX_JOBS) throw new FormatError(`it has more than ${MAX_JOBS} jobs`);
  const triggers = readTriggers(data.get("on"), data.lineOfKey("on") ?? 1);
  const lines = text.split("\n");
  return {
    path,
    name: data.get("name")?.text,
    data,
    triggers,
    triggersLine: data.lineOfKey("on") ?? 1,
    permissions: settingOf(data, "permissions"),
    env: data.get("env"),
    defaults: data.get("defaults"),
    jobs: jobs.map(({ key, value, line }) => readJob(key, value, line, lines)),
    isReusable: triggers.has("workflow_call"),
  };
}

/**
 * An action from the text of its `action.yml`.
 * @throws FormatError for broken YAML, or where it is no map.
 */
export function readLocalAction(path: string, text: string): LocalAction {
  const data = parseYamlDocument(text);
  if (data?.kind !== "map") throw new FormatError("it describes no action");
  const inputs = data.get("inputs")?.entries ?? [];
  return {
    path,
    folder: folderOf(path),
    name: data.get("name")?.text,
    using: data.get("runs", "using")?.text,
    inputs: inputs.map(({ key, value, line }) => ({ name: key, line, default: value.get("default") })),
    steps: readSteps(data.get("runs", "steps"), text.split("\n")),
    data,
  };
}

function readTriggers(on: DataNode | undefined, keyLine: number): ReadonlyMap<string, Trigger> {
  if (on?.kind === "map") {
    return new Map(
      on.entries.map(({ key, value, line }) => [key, { event: key, line, options: value.isNull ? undefined : value }]),
    );
  }
  const names = on?.listed ?? [];
  return new Map(
    names.flatMap(({ text, line }) =>
      text ? [[text, { event: text, line: line || keyLine, options: undefined }]] : [],
    ),
  );
}

function readJob(id: string, node: DataNode, line: number, lines: readonly string[]): Job {
  const matrix = settingOf(node.get("strategy"), "matrix");
  return {
    id,
    line,
    node,
    name: node.get("name")?.text,
    permissions: settingOf(node, "permissions"),
    if: node.get("if"),
    needs: node.get("needs")?.texts ?? [],
    matrix: matrix && readMatrix(matrix),
    environment: node.get("environment"),
    continueOnError: settingOf(node, "continue-on-error"),
    env: node.get("env"),
    defaults: node.get("defaults"),
    uses: readActionReference(node.get("uses"), lines),
    with: node.get("with"),
    secrets: node.get("secrets"),
    steps: readSteps(node.get("steps"), lines),
  };
}

function readSteps(steps: DataNode | undefined, lines: readonly string[]): readonly Step[] {
  return (steps?.items ?? []).flatMap((node) => (node.kind === "map" ? [readStep(node, lines)] : []));
}

function readStep(node: DataNode, lines: readonly string[]): Step {
  return {
    line: node.line,
    node,
    name: node.get("name")?.text,
    id: node.get("id")?.text,
    if: node.get("if"),
    uses: readActionReference(node.get("uses"), lines),
    run: node.get("run"),
    shell: node.get("shell")?.text,
    with: node.get("with"),
    env: node.get("env"),
    continueOnError: settingOf(node, "continue-on-error"),
    workingDirectory: node.get("working-directory")?.text,
  };
}

function settingOf(node: DataNode | undefined, key: string): Setting | undefined {
  const value = node?.get(key);
  return value && { line: node?.lineOfKey(key) ?? value.line, value };
}
