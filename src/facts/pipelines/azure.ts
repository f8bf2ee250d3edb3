import type { DataNode } from "../formats/node.ts";
import type { JobScript, OnPullRequests, PipelineJob } from "./model.ts";
import { pipelineJob, scriptsOf, walkedMaps } from "./scripts.ts";

const SCRIPTS = ["script", "bash", "pwsh", "powershell"];
/** Folders that hold templates and pipelines side by side. */
const IN_FOLDER = /^\.?azure/;

/** Azure builds pull requests of GitHub unless `pr: none`; a file without steps of its own is made of templates. */
export function azureJobs(path: string, data: DataNode): readonly PipelineJob[] {
  const pr = data.get("pr");
  const isTemplate = IN_FOLDER.test(path) && path.includes("/") && !data.has("trigger") && !pr && !data.has("extends");
  const onPullRequests: OnPullRequests = pr?.text === "none" ? "no" : isTemplate ? "unknown" : "yes";
  const maps = walkedMaps(data);
  const job = pipelineJob(path, "azure", 1, maps.flatMap(stepScripts), onPullRequests, data.lineOfKey("pr") ?? 1);
  const templates = maps.flatMap((map) => {
    const template = map.get("template")?.text;
    // One of this repository is among the files read where it has the usual place.
    return template?.includes("@") ? [{ name: template, line: map.line }] : [];
  });
  return [
    job,
    ...templates.map(({ name, line }) => ({
      ...pipelineJob(path, name, line, [], onPullRequests),
      elsewhere: { reason: `${name} is a template of another repository`, name },
    })),
  ];
}

function stepScripts(step: DataNode): readonly JobScript[] {
  const title = step.get("displayName")?.text;
  const setting = step.get("continueOnError");
  const masked =
    setting?.boolean === true
      ? { by: "continueOnError: true", line: step.lineOfKey("continueOnError") ?? setting.line }
      : undefined;
  const inputs = step.get("inputs");
  const direct = SCRIPTS.flatMap((key) =>
    scriptsOf(step.get(key), title).map((script) => ({ ...script, isPowerShell: /p/.test(key.slice(0, 1)) })),
  );
  const ofTask = step.has("task")
    ? [inputs?.get("script"), inputs?.get("inlineScript"), inputs?.get("filePath"), inputs?.get("scriptPath")]
    : [];
  return [...direct, ...ofTask.flatMap((node) => scriptsOf(node, title))].map((script) => ({ ...script, masked }));
}
