import type { UnreadFile } from "./fact.ts";
import { defineFact } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import type { Setting, Workflow } from "./workflows/model.ts";
import { workflows } from "./workflows.ts";

/** Something that gives a workflow's token more than its jobs need. */
export interface PermissionProblem {
  readonly path: string;
  readonly line: number;
  readonly kind: "write-all" | "undeclared" | "shared-write";
  /** Jobs without a block of their own, or scopes that are shared. */
  readonly names: readonly string[];
}

export interface TokenPermissions {
  /** One for each workflow that must declare permissions, or that grants too many. */
  readonly workflows: readonly { readonly path: string; readonly problems: readonly PermissionProblem[] }[];
  readonly hasWorkflows: boolean;
  readonly unread: readonly UnreadFile[];
}

/** What the workflows' tokens may do. */
export const tokenPermissions = defineFact({
  spans: "repository",
  uses: { workflows },
  combine: ({ uses: { workflows: found } }): TokenPermissions => {
    const judged = found.files.map((workflow) => ({
      path: workflow.path,
      problems: problemsOf(workflow),
      // One that only others call inherits what its caller has.
      inherits: workflow.isReusable && workflow.triggers.size === 1,
    }));
    return {
      workflows: judged
        .map(({ path, problems, inherits }) => ({
          path,
          inherits,
          problems: inherits ? problems.filter(({ kind }) => kind !== "undeclared") : problems,
        }))
        .filter(({ inherits, problems }) => !inherits || problems.length > 0),
      hasWorkflows: found.files.length > 0,
      unread: found.unread.filter(({ path }) => path.startsWith(".github/workflows/")),
    };
  },
});

function problemsOf({ path, permissions, jobs }: Workflow): readonly PermissionProblem[] {
  const settings = [permissions, ...jobs.map((job) => job.permissions)];
  const problems: PermissionProblem[] = settings.flatMap((setting) =>
    setting && isWriteAll(setting) ? [{ path, line: setting.line, kind: "write-all", names: [] }] : [],
  );
  const without = jobs.filter((job) => !job.permissions).map(({ id }) => id);
  if (!permissions && without.length > 0) problems.push({ path, line: 1, kind: "undeclared", names: without });
  const written = permissions ? writtenScopes(permissions.value) : [];
  if (permissions && written.length > 0 && without.length > 1) {
    problems.push({ path, line: permissions.line, kind: "shared-write", names: written });
  }
  return problems;
}

function isWriteAll({ value }: Setting): boolean {
  return value.text === "write-all";
}

function writtenScopes(permissions: DataNode): readonly string[] {
  return permissions.entries.filter(({ value }) => value.text === "write").map(({ key }) => key);
}
