import { defineFact, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { type ExecutedStep, executedSteps } from "./workflows/executed-steps.ts";
import type { Job, Workflow } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** A step that uploads to a Python index. */
export interface Upload {
  readonly path: string;
  /** Of the upload itself. */
  readonly line: number;
  readonly how: string;
  /** The stored credential that it uses, and its line; undefined where it uses none. */
  readonly credential: { readonly name: string; readonly line: number } | undefined;
  /** An index other than PyPI and TestPyPI, which may not know trusted publishing. */
  readonly isPrivateIndex: boolean;
  /** TestPyPI, where nobody installs from. */
  readonly isTrial: boolean;
  readonly workflow: Workflow;
  readonly job: Job;
  readonly step: ExecutedStep;
}

type Found = Omit<Upload, "workflow" | "job" | "step" | "isTrial"> & { readonly index: string };

export interface Publishing {
  readonly uploads: readonly Upload[];
  readonly unread: readonly UnreadFile[];
}

const UPLOAD =
  /\b(twine\s+upload|uv\s+publish|poetry\s+publish|hatch\s+publish|flit\s+publish|pdm\s+publish|maturin\s+(?:publish|upload)|rye\s+publish)\b|\bsetup\.py\b.{0,200}\bupload\b/;
const CREDENTIAL =
  /^(TWINE_PASSWORD|UV_PUBLISH_TOKEN|UV_PUBLISH_PASSWORD|POETRY_PYPI_TOKEN_\w+|POETRY_HTTP_BASIC_\w+_PASSWORD|HATCH_INDEX_AUTH|FLIT_PASSWORD|PDM_PUBLISH_PASSWORD|MATURIN_PYPI_TOKEN|MATURIN_PASSWORD|PYPI_(API_)?(TOKEN|PASSWORD))$/;
const IN_SCRIPT =
  /pypi-token\.\w+\s+\S+|\.pypirc|(?:-p|--password|--token|-u\s+__token__)[ =]\S{0,200}(?:secrets\.|\$)/;
const PUBLIC_INDEX = /^(https:\/\/)?(upload|test)\.pypi\.org|^(pypi|testpypi)$|^$/;
const TRIAL_INDEX = /test\.?-?pypi/i;

/** The uploads to Python indexes in GitHub's workflows. */
export const publishing = defineFact({
  spans: "repository",
  uses: { workflows },
  combine: ({ uses: { workflows: found } }): Publishing => ({
    uploads: found.files.flatMap((workflow) =>
      workflow.jobs.flatMap((job) => {
        const steps = executedSteps(workflow, job, found);
        const writesPypirc = steps.find(({ step }) => /\.pypirc/.test(step.run?.text ?? ""));
        return steps.flatMap((step) =>
          uploadOf(step, [workflow.env, job.env], writesPypirc).map(({ index, ...upload }) => ({
            ...upload,
            isTrial: TRIAL_INDEX.test(index),
            workflow,
            job,
            step,
          })),
        );
      }),
    ),
    unread: found.unread,
  }),
});

function uploadOf(
  { path, step }: ExecutedStep,
  outer: readonly (DataNode | undefined)[],
  pypirc: ExecutedStep | undefined,
): readonly Found[] {
  const { uses, run } = step;
  if (uses?.kind === "remote" && `${uses.owner}/${uses.repository}` === "pypa/gh-action-pypi-publish") {
    const inputs = step.with;
    const password = inputs?.get("password");
    const index = (inputs?.get("repository-url") ?? inputs?.get("repository_url"))?.text ?? "";
    return [
      {
        path,
        line: uses.line,
        how: "pypa/gh-action-pypi-publish",
        credential:
          password && !/steps\.[\w-]+\.outputs/.test(password.text ?? "")
            ? { name: "password", line: inputs?.lineOfKey("password") ?? password.line }
            : undefined,
        isPrivateIndex: !PUBLIC_INDEX.test(index),
        index,
      },
    ];
  }
  const text = run?.text ?? "";
  const at = text.search(UPLOAD);
  const given = step.env?.entries.find(({ key }) => CREDENTIAL.test(key));
  if (run && at < 0 && given) {
    // The upload is in a script; the credential tells what the step is for.
    return [
      {
        path,
        line: run.line,
        how: text.trim().split("\n")[0] ?? "",
        credential: { name: given.key, line: given.line },
        isPrivateIndex: false,
        index: "",
      },
    ];
  }
  if (!run || at < 0) return [];
  const index =
    /(?:--repository-url|--publish-url|-r|--repository|--index)[ =](\S+)/.exec(text)?.[1] ??
    step.env?.get("TWINE_REPOSITORY_URL")?.text ??
    "";
  const inScript = text.search(IN_SCRIPT);
  const variable = [step.env, ...outer].flatMap((env) => env?.entries ?? []).find(({ key }) => CREDENTIAL.test(key));
  const credential = variable
    ? { name: variable.key, line: variable.line }
    : inScript >= 0
      ? { name: "a credential in the script", line: run.lineAt(inScript) }
      : pypirc
        ? { name: "a .pypirc that is written in the job", line: pypirc.step.line }
        : undefined;
  return [
    {
      path,
      line: run.lineAt(at),
      how: UPLOAD.exec(text)?.[0] ?? "",
      credential,
      isPrivateIndex: !PUBLIC_INDEX.test(index),
      index,
    },
  ];
}
