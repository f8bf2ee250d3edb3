import type { ExecutedStep } from "./executed-steps.ts";
import type { Step } from "./model.ts";

/** A word that a shell runs, or that it gives to something that runs it. */
const RUN_WORD =
  /(?:^|[;&|(]|\b(?:ba|z)?sh|\bpython3?|\bnode|\bsource|\bsudo|\bexec|\bpip3? install)[ \t]*((?:\.\/)?[\w.*-]+(?:\/[\w.*-]+)*)/gm;

/** The step that downloads an artifact of the run which caused this one, where a later step runs something of it. */
export function ranArtifact(steps: readonly ExecutedStep[]): ExecutedStep | undefined {
  return steps.find(({ step }, at) => {
    const folder = downloadFolder(step);
    if (folder === undefined) return false;
    // Without a folder of its own the artifact lies among what was checked out.
    if (folder === "" && steps.some(({ step: { uses } }) => /^actions\/checkout@/.test(uses?.text ?? ""))) return false;
    return steps.slice(at + 1).some(({ step: later }) => runsFrom(folder, later.run?.text ?? ""));
  });
}

/** Where the step puts what it downloads from the other run; empty for the working folder. */
function downloadFolder({ uses, run, with: inputs }: Step): string | undefined {
  const dir = /\bgh run download\b.{0,300}workflow_run\b.*/.exec(run?.text ?? "");
  if (dir) return trimmed(/(?:--dir|-D)[ =](\S+)/.exec(dir[0])?.[1] ?? "");
  const isDownload = /^(actions\/download-artifact|dawidd6\/action-download-artifact)@/.test(uses?.text ?? "");
  const from = inputs?.get("run-id") ?? inputs?.get("run_id");
  if (!isDownload || !/workflow_run\.id/.test(from?.text ?? "")) return undefined;
  return trimmed(inputs?.get("path")?.text ?? "");
}

function runsFrom(folder: string, script: string): boolean {
  return [...script.matchAll(RUN_WORD)].some(([, word = ""]) =>
    folder === "" ? word.startsWith("./") : trimmed(word).startsWith(`${folder}/`),
  );
}

function trimmed(path: string): string {
  return path.replace(/^\.\//, "").replace(/^\.$|(?<!\/)\/+$/g, "");
}
