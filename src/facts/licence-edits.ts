import type { Edit } from "../rule.ts";
import { defineFact } from "./fact.ts";
import { licence } from "./licence.ts";
import { pyprojects } from "./pyprojects.ts";

/** Whose text says all: with GNU's, "or later" is said elsewhere. */
const CERTAIN = /^(MIT|MIT-0|Apache-2\.0|BSD-[23]-Clause|ISC|MPL-2\.0|Unlicense|0BSD)$/;
const HELD_BACK = /<|==|~=/;

/** The licence of the file, in metadata that does not name it; or why people have to say so. Repairs alone ask. */
export const licenceEdits = defineFact({
  spans: "repository",
  uses: { licence, pyprojects },
  combine: ({ uses }): { readonly edits: readonly Edit[] } | { readonly reason: string } => {
    const { files, known, silent } = uses.licence;
    const data = uses.pyprojects.files.find(({ path }) => path === silent?.path)?.data;
    if (!known || !silent || !data || files.length > 1) return { reason: "which licence it is only its owner says" };
    if (!CERTAIN.test(known.id))
      return { reason: `the text of ${known.path} leaves open which form of ${known.id} is meant` };
    const builders = data.get("build-system", "requires")?.texts ?? [];
    // Builders of before 2025 take no expression there.
    if (data.has("project") && builders.some((one) => HELD_BACK.test(one)))
      return { reason: "the version that builds it may not know expressions" };
    const table = data.has("project") ? ["project"] : ["tool", "poetry"];
    return { edits: [{ kind: "set", path: silent.path, at: [...table, "license"], value: known.id }] };
  },
});
