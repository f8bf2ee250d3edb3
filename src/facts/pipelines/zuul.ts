import type { DataNode } from "../formats/node.ts";
import type { JobScript, PipelineJob } from "./model.ts";
import { pipelineJob } from "./scripts.ts";

/** Zuul's jobs run in the check pipeline; what most of them do is defined in another project. */
export function zuulJobs(path: string, data: DataNode): readonly PipelineJob[] {
  const own = data.items.flatMap((item) => item.get("job") ?? []);
  const names = new Set(own.flatMap((job) => job.get("name")?.text ?? []));
  return [
    ...own.map((job) => ownJob(path, job)),
    ...data.items.flatMap((item) => {
      const project = item.get("project") ?? item.get("project-template");
      const listed = ["check", "gate"].flatMap((pipeline) => project?.get(pipeline, "jobs")?.items ?? []);
      return [...listed, ...(project?.get("templates")?.items ?? [])].flatMap((node) => {
        const name = node.text ?? node.entries[0]?.key ?? "job";
        const reason = `${name} is defined in another project`;
        return names.has(name)
          ? []
          : [{ ...pipelineJob(path, name, node.line, [], "yes"), elsewhere: { reason, name } }];
      });
    }),
  ];
}

/** A job that is made from one of tox runs tox here; others run playbooks, some against other projects. */
function ownJob(path: string, job: DataNode): PipelineJob {
  const name = job.get("name")?.text ?? "job";
  const usesTox = /(^|-)tox(-|$)/.test(`${job.get("parent")?.text ?? ""} ${name}`);
  const environment = usesTox ? (job.get("vars", "tox_envlist") ?? job.get("vars", "tox_env")) : undefined;
  const scripts: readonly JobScript[] = environment?.text
    ? [{ text: `tox -e ${environment.text}`, line: environment.line, lineAt: () => environment.line }]
    : [];
  const reason = `what ${name} runs is in a playbook that was not read`;
  return {
    ...pipelineJob(path, name, job.line, scripts, "yes"),
    elsewhere: scripts.length ? undefined : { reason, name },
  };
}
