import type { Edit } from "../rule.ts";
import { defineFact } from "./fact.ts";
import { leastPermissions } from "./least-permissions.ts";

/** The permissions that each workflow needs, written into it; or what hides them. Repairs alone ask. */
export const permissionEdits = defineFact({
  spans: "repository",
  uses: { leastPermissions },
  combine: ({ uses }): { readonly edits: readonly Edit[] } | { readonly reason: string } => {
    const edits = uses.leastPermissions.flatMap((least): readonly Edit[] => {
      if ("hidden" in least) return [];
      const set = (at: readonly string[], value: Readonly<Record<string, string>>, before: string): Edit => ({
        kind: "set",
        path: least.path,
        at: [...at, "permissions"],
        value,
        before,
      });
      return [
        ...(least.top ? [set([], least.top, "jobs")] : []),
        ...least.jobs.map(({ id, permissions }) => set(["jobs", id], permissions, "steps")),
      ];
    });
    const hidden = uses.leastPermissions.flatMap((least) => ("hidden" in least ? [least.hidden] : []))[0];
    if (edits.length > 0 || !hidden) return { edits };
    return { reason: `what the job \`${hidden.job}\` needs cannot be told from ${hidden.by}` };
  },
});
