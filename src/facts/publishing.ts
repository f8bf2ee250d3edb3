import { defineFact, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { systemOf } from "./pipelines/systems.ts";
import { gitlabUploads } from "./publishing/gitlab-uploads.ts";
import type { Upload } from "./publishing/model.ts";
import { credentialAmong, credentialIn, indexOf, isPrivate, isTrial, uploadIn } from "./publishing/upload-command.ts";
import { callersOf, type ExecutedStep, executedSteps } from "./workflows/executed-steps.ts";
import type { Job, Step, Workflow, Workflows } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** An upload by a step of GitHub's workflows. */
export interface StepUpload extends Upload {
  /** False in a workflow that others call and nothing here does: it uploads what they build. */
  readonly isRunHere: boolean;
  readonly workflow: Workflow;
  readonly job: Job;
  readonly step: ExecutedStep;
}

export interface Publishing {
  /** Of GitHub's workflows. */
  readonly uploads: readonly StepUpload[];
  /** Of GitLab's pipelines. */
  readonly elsewhere: readonly Upload[];
  readonly unread: readonly UnreadFile[];
}

type Found = Pick<Upload, "line" | "how" | "credential"> & { readonly index: string };

/** The uploads to Python indexes in CI. */
export const publishing = defineFact({
  spans: "repository",
  uses: { workflows },
  reads: (path, tree) => systemOf(path) === "GitLab CI" && tree.isFirstParty(path),
  parse: ({ path, text }): readonly Upload[] => {
    const data = parseYamlDocument(text);
    return data ? gitlabUploads(path, data) : [];
  },
  combine: ({ files, unread, uses: { workflows: found } }): Publishing => ({
    uploads: found.files.flatMap((workflow) =>
      workflow.jobs.flatMap((job) => {
        const steps = executedSteps(workflow, job, found);
        const writesPypirc = steps.find(({ step }) => /\.pypirc/.test(step.run?.text ?? ""));
        return steps.flatMap((step): readonly StepUpload[] => {
          const upload = uploadOf(step.step, [step.step.env, job.env, workflow.env], writesPypirc?.step);
          if (!upload) return [];
          const { index, ...rest } = upload;
          const kind = { isPrivateIndex: isPrivate(index), isTrial: isTrial(index), isUnclear: false };
          return [{ ...rest, ...kind, path: step.path, isRunHere: isRunHere(workflow, found), workflow, job, step }];
        });
      }),
    ),
    elsewhere: files.flatMap(({ parsed }) => parsed),
    unread: [...found.unread, ...unread],
  }),
});

function isRunHere(workflow: Workflow, found: Workflows): boolean {
  const { triggers } = workflow;
  return [...triggers.keys()].some((event) => event !== "workflow_call") || callersOf(workflow, found).length > 0;
}

function uploadOf(
  step: Step,
  environments: readonly (DataNode | undefined)[],
  writesPypirc: Step | undefined,
): Found | undefined {
  const { uses, run } = step;
  if (uses?.kind === "remote" && `${uses.owner}/${uses.repository}` === "pypa/gh-action-pypi-publish")
    return uploadByAction(step, uses.line);
  if (!run) return undefined;
  const text = run.text ?? "";
  const upload = uploadIn(text);
  const given = credentialAmong([step.env]);
  if (!upload) {
    // The upload is in a script; the credential tells what the step is for.
    const how = text.trim().split("\n")[0] ?? "";
    return given && { line: run.line, how, credential: given, index: "" };
  }
  const handed = credentialIn(text);
  const written = writesPypirc && { name: "a .pypirc that is written in the job", line: writesPypirc.line };
  return {
    line: run.lineAt(upload.offset),
    how: upload.how,
    credential:
      credentialAmong(environments) ?? (handed ? { name: handed.name, line: run.lineAt(handed.offset) } : written),
    index: indexOf(text, environments),
  };
}

function uploadByAction({ with: inputs }: Step, line: number): Found {
  const password = inputs?.get("password");
  // What an earlier step gave out is a token that was made for this run.
  const isStored = password && !/steps\.[\w-]+\.outputs/.test(password.text ?? "");
  return {
    line,
    how: "pypa/gh-action-pypi-publish",
    credential: isStored ? { name: "password", line: inputs?.lineOfKey("password") ?? password.line } : undefined,
    index: (inputs?.get("repository-url") ?? inputs?.get("repository_url"))?.text ?? "",
  };
}
