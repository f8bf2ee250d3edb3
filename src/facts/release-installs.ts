import { ci } from "./ci.ts";
import { type Install, installsIn } from "./commands/installs.ts";
import { shellCommands } from "./commands/shell.ts";
import { type Dependencies, dependencies } from "./dependencies.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { releases } from "./releases.ts";
import { resolvePath, type Tree } from "./tree.ts";
import { executedSteps } from "./workflows/executed-steps.ts";
import type { Job } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** Something that a job which can release fetches and runs. */
export interface ReleaseInstall {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  /** What is taken at whatever version there is; undefined where nothing is. */
  readonly floating: string | undefined;
}

export interface ReleaseInstalls {
  readonly installs: readonly ReleaseInstall[];
  /** True where a workflow can publish or deploy. */
  readonly canRelease: boolean;
  /** A release that cannot be read: of another CI system, or another repository's workflow. */
  readonly hidden: { readonly path: string; readonly line: number } | undefined;
  readonly unread: readonly UnreadFile[];
}

/** `bash <(curl …)`, which the shell's grammar keeps apart. */
const PROCESS = /\b(?:ba|z)?sh\s+<\(\s*(?:curl|wget)\s[^)\n]{0,300}?(https?:\/\/[^\s)"']{1,500})/g;

/** What the jobs install that can publish, deploy, or sign in as the workflow. */
export const releaseInstalls = defineFact({
  spans: "repository",
  uses: { releases, workflows, ci, dependencies },
  combine: ({ tree, uses }): ReleaseInstalls => {
    const { releases: own, elsewhere, hidden, unread } = uses.releases;
    const releasing = new Set(own.map(({ job }) => job));
    const tests = new Set(
      uses.ci.jobs
        .filter(({ commands }) => commands.some(({ purposes }) => purposes.includes("tests")))
        .map(({ path, line }) => `${path}:${line}`),
    );
    const judged = uses.workflows.files.flatMap((workflow) =>
      workflow.jobs
        .filter((job) => releasing.has(job) || (hasIdentity(job) && !tests.has(`${workflow.path}:${job.line}`)))
        .flatMap((job) => executedSteps(workflow, job, uses.workflows)),
    );
    const installs = judged.flatMap(({ path, step: { run, workingDirectory } }) => {
      const script = run?.text ?? "";
      const lineAt = (offset: number): number => run?.lineAt(offset) ?? 1;
      const processes = [...script.matchAll(PROCESS)].map(({ 1: address, index }) => ({
        ...{ path, line: lineAt(index), text: "bash" },
        floating: address,
      }));
      const isOfProject = ({ mayBeLocal }: Install): boolean =>
        mayBeLocal === true && ["", workingDirectory ?? ""].some((folder) => hasPackage(tree, folder));
      const found = installsIn(shellCommands(script)).filter((install) => !isOfProject(install));
      const commands = found.map((install) => ({
        ...{ path, line: lineAt(install.offset), text: install.text },
        floating: install.floating ?? openFile(install, workingDirectory ?? "", uses.dependencies),
      }));
      return [...processes, ...commands];
    });
    return {
      installs: [
        ...new Map(installs.map((install) => [`${install.path}:${install.line}:${install.text}`, install])).values(),
      ],
      canRelease: judged.length > 0,
      hidden: elsewhere[0] ?? hidden,
      unread,
    };
  },
});

function hasIdentity({ permissions }: Job): boolean {
  return permissions?.value.get("id-token")?.text === "write";
}

function hasPackage(tree: Tree, folder: string): boolean {
  return tree.has(resolvePath(folder, "package.json") ?? "package.json");
}

/** A requirements file of which some line leaves the version open. */
function openFile({ files }: Install, folder: string, { manifests }: Dependencies): string | undefined {
  return files.find((file) => {
    const manifest = manifests.find(({ path }) => path === resolvePath(folder, file));
    return manifest?.declarations.some(({ pinned }) => pinned === undefined) && !manifest.isCompiled;
  });
}
