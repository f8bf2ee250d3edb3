import type { DataNode } from "../formats/node.ts";
import { type GitlabJob, gitlabDefinitions } from "../pipelines/gitlab.ts";
import { scriptsOf } from "../pipelines/scripts.ts";
import type { Upload } from "./model.ts";
import { credentialAmong, credentialIn, indexOf, isPrivate, isTrial, uploadIn } from "./upload-command.ts";

/** The audience of a token that PyPI takes. */
const PYPI = /pypi/i;

/** The uploads to Python indexes in a GitLab pipeline. */
export function gitlabUploads(path: string, data: DataNode): readonly Upload[] {
  return gitlabDefinitions(data).flatMap((job) => uploadsOf(path, job));
}

function uploadsOf(path: string, job: GitlabJob): readonly Upload[] {
  const scripts = ["before_script", "script"].flatMap((name) => scriptsOf(job.setting(name)));
  const environments = job.settings("variables");
  return scriptsOf(job.setting("script")).flatMap(({ text, lineAt }): readonly Upload[] => {
    const upload = uploadIn(text);
    if (!upload) return [];
    const line = lineAt(upload.offset);
    const index = indexOf(text, environments);
    const handed = scripts
      .map((script) => ({ script, found: credentialIn(script.text) }))
      .flatMap(({ script, found }) => (found ? [{ name: found.name, line: script.lineAt(found.offset) }] : []));
    const stored = credentialAmong(environments) ?? handed[0];
    const isKnown = stored !== undefined || job.isWhole;
    return [
      {
        ...{ path, line, how: upload.how, isPrivateIndex: isPrivate(index), isTrial: isTrial(index) },
        credential: hasIdentity(job)
          ? undefined
          : // Without a token of its own the job has what the settings of the project hold.
            (stored ?? (isKnown ? { name: "a credential of the project's settings", line } : undefined)),
        isUnclear: !hasIdentity(job) && !isKnown,
      },
    ];
  });
}

/** True for a job that asks for a token that PyPI takes. */
function hasIdentity(job: GitlabJob): boolean {
  return job
    .settings("id_tokens")
    .flatMap(({ entries }) => entries)
    .some(({ value }) => value.get("aud")?.texts.some((audience) => PYPI.test(audience)) === true);
}
