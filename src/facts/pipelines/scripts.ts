import type { DataNode } from "../formats/node.ts";
import type { JobScript, OnPullRequests, PipelineJob } from "./model.ts";

const COMMAND_KEYS = new Set([
  "run",
  "script",
  "scripts",
  "command",
  "commands",
  "bash",
  "before_script",
  "after_success",
  "steps_script",
  "test_script",
  "build_script",
  "args",
  "pwsh",
]);

/** A job that runs by itself. */
export function pipelineJob(
  path: string,
  name: string,
  line: number,
  scripts: readonly JobScript[],
  onPullRequests: OnPullRequests,
  triggerLine = line,
): PipelineJob {
  return { name, path, line, scripts, onPullRequests, triggerLine, manual: false };
}

/** The scripts of a setting that is a text or a list of them, however deep. */
export function scriptsOf(node: DataNode | undefined, title?: string): readonly JobScript[] {
  return (node?.listed ?? []).flatMap((item) =>
    item.kind === "list" ? scriptsOf(item, title) : item.text === undefined ? [] : [scriptOf(item, title)],
  );
}

function scriptOf(node: DataNode, title: string | undefined): JobScript {
  return { text: node.text ?? "", line: node.line, lineAt: (offset) => node.lineAt(offset), title };
}

/** Every command below a value, wherever a key says that it is one. */
export function commandsBelow(data: DataNode): readonly JobScript[] {
  const title = ["name", "displayName", "label", "title"].flatMap((key) => data.get(key)?.text ?? [])[0];
  return [
    ...data.entries.flatMap(({ key, value }) => [
      // `args` is a command in words where it is a list: `["-m", "pytest"]`.
      ...(COMMAND_KEYS.has(key)
        ? key === "args"
          ? joinedArguments(data, value, title)
          : scriptsOf(value, title)
        : []),
      ...(value.kind === "scalar" ? [] : commandsBelow(value)),
    ]),
    ...data.items.flatMap((item) => (item.kind === "scalar" ? [] : commandsBelow(item))),
  ];
}

function joinedArguments(step: DataNode, value: DataNode, title: string | undefined): readonly JobScript[] {
  const entry = step.get("entrypoint")?.text ?? builderOf(step.get("name")?.text ?? "");
  const [first] = value.texts;
  if (first === "-c") return scriptsOf(value.items[1], title);
  const text = [entry, ...value.texts].filter(Boolean).join(" ");
  return [{ text, line: value.line, lineAt: () => value.line, title }];
}

/** The program of an image that Cloud Build runs: `gcr.io/cloud-builders/docker`; a title names no image. */
function builderOf(name: string): string {
  return /^[\w.-]+(?:\/[\w.-]+)*\/([\w-]+)(?:[:@]\S*)?$/.exec(name)?.[1] ?? "";
}

/** All maps within a value. */
export function walkedMaps(data: DataNode): readonly DataNode[] {
  return [...data.walk()].filter(({ kind }) => kind === "map");
}
