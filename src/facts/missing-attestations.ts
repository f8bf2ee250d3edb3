import type { Edit } from "../rule.ts";
import { currentActions } from "./current-actions.ts";
import { defineFact } from "./fact.ts";
import { publishing, type StepUpload } from "./publishing.ts";
import { releaseAttestations } from "./release-attestations.ts";
import { repositoryInfo } from "./repository-info.ts";
import { resolvePath } from "./tree.ts";
import { workflows } from "./workflows.ts";

/** Builds that are uploaded whole, from where every build puts them. */
const FROM_DIST =
  /^[ \t]*(?:uv run )?(?:(?:python3? -m )?twine upload(?: --skip-existing)?(?: \.?\/?dist\/\*)|uv publish)[ \t]*$/m;

/** The attestations that can be had for sure: those that are switched off, and those of packages that a job uploads. */
export const missingAttestations = defineFact({
  spans: "repository",
  uses: { currentActions, publishing, releaseAttestations, repositoryInfo, workflows },
  combine: ({ uses }): readonly Edit[] => {
    const bare = new Set(
      uses.releaseAttestations.publications
        .filter(({ by, kind }) => by === undefined && kind === "package")
        .map(({ path, line }) => `${path}:${line}`),
    );
    const uploads = uses.publishing.uploads.filter(
      ({ workflow, job, isPrivateIndex }) => bare.has(`${workflow.path}:${job.line}`) && !isPrivateIndex,
    );
    return uploads.flatMap((upload): readonly Edit[] => {
      const { workflow, job, step, credential } = upload;
      const index = job.steps.indexOf(step.step);
      // Two uploads of one job attest the same files, which PyPI's action refuses.
      if (index < 0 || uploads.filter((one) => one.job === job).length > 1) return [];
      const isOff = step.step.with?.get("attestations")?.boolean === false;
      // PyPI takes none from a workflow that another one calls.
      if (isOff && !credential && !workflow.isReusable)
        return [{ kind: "unset", path: workflow.path, line: step.step.line, at: ["with", "attestations"] }];
      return isOff || uses.repositoryInfo.visibility !== "public"
        ? []
        : attested(upload, index, uses.currentActions.attest);
    });
  },
});

/** GitHub's own attestation, before the upload; the job's other permissions have to be known. */
function attested(
  { workflow: { path }, job, step: { step } }: StepUpload,
  index: number,
  action: string,
): readonly Edit[] {
  const files = filesOf(step);
  if (job.permissions?.value.kind !== "map" || files === undefined) return [];
  const scopes = ["id-token", "attestations"].filter((scope) => job.permissions?.value.get(scope)?.text !== "write");
  const value = { uses: action.replace(/ #.*/, ""), with: { "subject-path": files } };
  return [
    ...scopes.map((scope): Edit => ({ kind: "set", path, at: ["jobs", job.id, "permissions", scope], value: "write" })),
    { kind: "add", path, at: ["jobs", job.id, "steps"], value, before: index },
  ];
}

/** Where the files are that a step uploads; undefined where it does not say so plainly. */
function filesOf({ run, with: inputs, workingDirectory = "" }: StepUpload["step"]["step"]): string | undefined {
  if (run) return FROM_DIST.test(run.text ?? "") ? resolvePath(workingDirectory, "dist/*") : undefined;
  const folder = (inputs?.get("packages-dir") ?? inputs?.get("packages_dir"))?.text ?? "dist";
  return /^[\w./-]+$/.test(folder) ? resolvePath(folder.replace(/\/$/, ""), "*") : undefined;
}
