import { defineFact } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { COMMANDS, HANDED, type Scopes, scopesOf } from "./least-permissions/actions.ts";
import { type PermissionProblem, tokenPermissions } from "./token-permissions.ts";
import { executedSteps } from "./workflows/executed-steps.ts";
import type { Job, Step, Workflow, Workflows } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** The least that a workflow's token needs, where that is known for sure. */
export type LeastPermissions =
  | {
      readonly path: string;
      /** For the whole workflow; undefined where every job declares its own. */
      readonly top: Scopes | undefined;
      /** For jobs that need more than the top, or that declare more than they need. */
      readonly jobs: readonly { readonly id: string; readonly permissions: Scopes }[];
    }
  | {
      readonly path: string;
      /** The job whose needs cannot be told, and what hides them. */
      readonly hidden: { readonly job: string; readonly by: string };
    };

const TOKEN = /\b(secrets\.GITHUB_TOKEN|github\.token|GITHUB_TOKEN|GH_TOKEN)\b/;
/** What uses the token in ways that are not told here. */
const HIDES =
  /\bgh (?!auth\b)[a-z]|\bgit\b.{0,200} push\b|\b(mike deploy|gh-deploy|ghp-import|semantic-release|changeset publish|lerna publish)\b|--push\b/;
/** Who commits means to push. */
const COMMITS = /\bgit config\b.{0,100}\buser\.(name|email)/;
/** What runs commands that stand in other files. */
const ELSEWHERE =
  /(^|\s)(\.{1,2}\/|(bash|sh|make|just|task|tox|nox|inv|invoke|npm|yarn|pnpm|hatch|docker|python3?) |(uv|poetry|pdm|pixi) run )|\.(sh|py)\b/;
const RELEASES =
  /release|publish|deploy|pages|push|tag|bump|version|changelog|sync|updat|commit|backport|upload|translat|merge/i;

/** For each workflow whose token may do more than it needs: the least that it needs. */
export const leastPermissions = defineFact({
  spans: "repository",
  uses: { workflows, tokenPermissions },
  combine: ({ uses: { workflows: found, tokenPermissions: judged } }): readonly LeastPermissions[] => {
    const problems = new Map(judged.workflows.map(({ path, problems: ofPath }) => [path, ofPath]));
    return found.files.flatMap((workflow) => {
      const ofWorkflow = problems.get(workflow.path) ?? [];
      return ofWorkflow.length > 0 ? [leastOf(workflow, ofWorkflow, found)] : [];
    });
  },
});

function leastOf(workflow: Workflow, problems: readonly PermissionProblem[], found: Workflows): LeastPermissions {
  const { path, permissions } = workflow;
  const lines = new Set(problems.map(({ line }) => line));
  const open = workflow.jobs.filter((job) => !job.permissions || lines.has(job.permissions.line));
  const uses = open.map((job) => ({ job, ...useOf(workflow, job, found) }));
  const hidden = uses.find(({ hiddenBy }) => hiddenBy !== undefined);
  if (hidden) return { path, hidden: { job: hidden.job.id, by: hidden.hiddenBy ?? "" } };
  const declared = (permissions?.value.entries ?? []).map(({ key, value }) => [key, value.text ?? ""] as const);
  // What nobody can see a use of may have been granted for a reason.
  const unused = declared.find(([scope, level]) => level === "write" && !uses.some(({ needs }) => scope in needs));
  if (unused) return { path, hidden: { job: workflow.jobs[0]?.id ?? "", by: `its right to write ${unused[0]}` } };
  const reads = declared.filter(([, level]) => level === "read");
  const top: Scopes = { contents: "read", ...(Object.fromEntries(reads) as Scopes) };
  return {
    path,
    top: open.some((job) => !job.permissions) || lines.has(permissions?.line ?? 0) ? top : undefined,
    jobs: uses
      .filter(({ job, needs }) => job.permissions || Object.keys(needs).length > 0)
      .map(({ job, needs }) => ({ id: job.id, permissions: merged(top, needs) })),
  };
}

interface Use {
  readonly needs: Scopes;
  /** What hides what it needs, as people would name it. */
  readonly hiddenBy?: string;
}

/** What a job does with the token beyond reading the contents. */
function useOf(workflow: Workflow, job: Job, found: Workflows): Use {
  if (job.uses) return { needs: {}, hiddenBy: `the workflow ${job.uses.text}` };
  if ([workflow.env, job.env].some(mentionsToken)) return { needs: {}, hiddenBy: "a variable that holds the token" };
  let needs: Scopes = {};
  for (const { step } of executedSteps(workflow, job, found)) {
    const ofStep = needsOfStep(step, `${job.id} ${job.name ?? ""}`, found);
    if (!ofStep) return { needs, hiddenBy: step.uses?.text ?? step.name ?? "a script that uses the token" };
    needs = merged(needs, ofStep);
  }
  return { needs };
}

function merged(a: Scopes, b: Scopes): Scopes {
  const reads = Object.entries(b).filter(([scope, level]) => level === "write" || a[scope] !== "write");
  return { ...a, ...Object.fromEntries(reads) };
}

function needsOfStep({ uses, run, node, with: inputs, env }: Step, job: string, found: Workflows): Scopes | undefined {
  if (run) return needsOfScript(run.text ?? "", job, mentionsToken(node));
  if (uses?.kind === "local") {
    const action = found.actions.find(({ folder }) => folder === uses.path);
    return action?.using !== "composite" || mentionsToken(inputs) || mentionsToken(env) ? undefined : {};
  }
  if (uses?.kind !== "remote") return uses ? undefined : {};
  const name = `${uses.owner}/${uses.repository}`.toLowerCase();
  if (!HANDED.test(name)) return scopesOf(uses.owner, uses.repository);
  if (name === "docker/login-action" && inputs?.get("registry")?.text === "ghcr.io") return { packages: "write" };
  return mentionsToken(node) ? undefined : {};
}

/** Known commands tell what a script needs; what is handed the token, or may push with it elsewhere, hides it. */
function needsOfScript(script: string, job: string, isHanded: boolean): Scopes | undefined {
  let needs: Scopes = {};
  let isKnown = false;
  let mayPush = false;
  for (const command of script.split(/\n|&&|\|\||;|\|/).map((line) => line.trim().replace(/\s+/g, " "))) {
    const scopes = COMMANDS.find(([pattern]) => pattern.test(command))?.[1];
    if (!scopes && HIDES.test(command)) return undefined;
    mayPush ||= COMMITS.test(command) || (ELSEWHERE.test(command) && RELEASES.test(`${job} ${command}`));
    isKnown ||= scopes !== undefined;
    needs = merged(needs, scopes ?? {});
  }
  if ((isHanded && !isKnown) || (mayPush && needs.contents !== "write")) return undefined;
  return needs;
}

function mentionsToken(node: DataNode | undefined): boolean {
  return node !== undefined && [...node.walk()].some((value) => TOKEN.test(value.text ?? "") || holdsTokenKey(value));
}

function holdsTokenKey(node: DataNode): boolean {
  return node.entries.some(({ key }) => /^(GITHUB|GH)_TOKEN$/.test(key));
}
