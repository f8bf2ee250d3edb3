import { defineFact } from "./fact.ts";
import { nameOf, type Tree } from "./tree.ts";
import type { LocalAction, Step, Workflow, Workflows } from "./workflows/model.ts";
import { readLocalAction, readWorkflow } from "./workflows/read-workflow.ts";

export type * from "./workflows/model.ts";

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const ACTION = /^(\.github\/actions\/(.+\/)?)?action\.ya?ml$/;
const ACTION_FILES = ["action.yml", "action.yaml"];

type Parsed = { readonly workflow: Workflow | undefined } | { readonly action: LocalAction };

/** GitHub Actions: the workflows, and the repository's own actions that they use. */
export const workflows = defineFact({
  spans: "repository",
  reads: (path) => WORKFLOW.test(path) || ACTION.test(path),
  readsMentioned: (path) => ACTION_FILES.includes(nameOf(path)),
  parse: ({ path, text }): Parsed =>
    WORKFLOW.test(path) ? { workflow: readWorkflow(path, text) } : { action: readLocalAction(path, text) },
  mentions: (parsed, _path, tree) => {
    if ("action" in parsed) return actionFiles(parsed.action.steps, tree);
    return actionFiles(parsed.workflow?.jobs.flatMap(({ steps }) => steps) ?? [], tree);
  },
  combine: ({ files, unread }): Workflows => ({
    files: files.flatMap(({ parsed }) => ("workflow" in parsed && parsed.workflow ? [parsed.workflow] : [])),
    actions: files.flatMap(({ parsed }) => ("action" in parsed ? [parsed.action] : [])),
    unread,
  }),
});

/** The files that describe the local actions of these steps. */
function actionFiles(steps: readonly Step[], tree: Tree): readonly string[] {
  return steps.flatMap(({ uses }) => {
    if (uses?.kind !== "local") return [];
    const files = ACTION_FILES.map((name) => (uses.path === "" ? name : `${uses.path}/${name}`));
    return files.filter((path) => tree.has(path));
  });
}
