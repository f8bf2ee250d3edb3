import type { Data, Edit } from "../rule.ts";
import { documentationSite } from "./documentation-site.ts";
import { defineFact } from "./fact.ts";

/** What a file of Read the Docs has to say before it is taken; or why people have to say it. Repairs alone ask. */
export const siteEdits = defineFact({
  spans: "repository",
  uses: { documentationSite },
  combine: ({ uses }): { readonly edits: readonly Edit[] } | { readonly reason: string } => {
    const { refused, builds } = uses.documentationSite;
    const [wrong] = refused;
    if (!wrong || builds.length > 0) return { reason: "how the documentation is built is for people to say" };
    const set = (at: readonly string[], value: Data): Edit => ({ kind: "set", path: wrong.path, at, value });
    const python = set(["build", "tools", "python"], "latest");
    // The newest of both, as Read the Docs names them.
    if (wrong.reason.endsWith("build.os")) return { edits: [set(["build", "os"], "ubuntu-lts-latest"), python] };
    if (wrong.reason.endsWith("build.tools")) return { edits: [python] };
    return { reason: "a file of another version says things that the current one does not know" };
  },
});
