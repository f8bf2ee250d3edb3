import type { DataNode } from "../formats/node.ts";
import type { Job, Workflow } from "../workflows/model.ts";
import type { Target } from "./files.ts";
import { stageOf } from "./stage.ts";

/** Environments of GitHub that only hold what an upload needs. */
const OF_UPLOADS = /^(test-?)?pypi|^github-pages$|^release$|^docker/i;
const NAMES_TARGET = /^(env|environment|environment[-_]name|stage|target|deploy[-_]?env(ironment)?)$/i;

/** The targets that a workflow's jobs name; of a computed name those that it can be, as far as they stand there. */
export function targetsOfWorkflow(workflow: Workflow): {
  readonly targets: readonly Target[];
  /** An environment whose name is computed from what does not stand there. */
  readonly computed: { readonly path: string; readonly line: number } | undefined;
} {
  const { path, jobs } = workflow;
  const named = jobs.flatMap((job) => {
    const node = job.environment?.kind === "map" ? job.environment.get("name") : job.environment;
    const given = (job.with?.entries ?? []).filter(({ key }) => NAMES_TARGET.test(key)).map(({ value }) => value);
    return [...(node ? [node] : []), ...given].map((one) => ({ node: one, names: namesOf(one, job, workflow) }));
  });
  const targets = named.flatMap(({ node, names }) =>
    names.flatMap((name): readonly Target[] => {
      const found = OF_UPLOADS.test(name) ? undefined : stageOf(name);
      return found ? [{ ...found, path, line: node.line }] : [];
    }),
  );
  const open = named.find(({ names }) => names.length === 0);
  return { targets, computed: open && { path, line: open.node.line } };
}

function namesOf(node: DataNode, job: Job, { triggers, jobs }: Workflow): readonly string[] {
  const text = node.text ?? "";
  if (!text.includes("${{")) return [text];
  const keys = [...text.matchAll(/\b(?:inputs|matrix)\.([\w-]+)/g)].map(([, key = ""]) => key);
  const inputs = [...triggers.values()].flatMap(({ options }) => {
    const all = keys.flatMap((key) => options?.get("inputs", key) ?? []);
    return all.flatMap((input) => [...(input.get("options")?.texts ?? []), ...(input.get("default")?.texts ?? [])]);
  });
  const rows = (job.matrix?.rows ?? []).flatMap((row) => keys.flatMap((key) => row.get(key)?.text ?? []));
  // `github.ref_name == 'main' && 'production' || 'staging'`
  const literals = [...text.matchAll(/(?:&&|\|\|)\s*'([^']*)'/g)].map(([, literal = ""]) => literal);
  return [...inputs, ...rows, ...literals, ...namesGivenBy(text, jobs)];
}

/** What the script of a job before assigns, where the name is one of its outputs: `TARGET="staging"`. */
function namesGivenBy(text: string, jobs: readonly Job[]): readonly string[] {
  const [, id] = /\bneeds\.([\w-]+)\.outputs\./.exec(text) ?? [];
  const scripts = jobs.find((job) => job.id === id)?.steps.map(({ run }) => run?.text ?? "") ?? [];
  const assigned = [...scripts.join("\n").matchAll(/\w=["']?([\w-]{1,40})["']?(?=\s|;|$)/g)];
  return assigned.flatMap(([, name = ""]) => (stageOf(name) ? [name] : []));
}
