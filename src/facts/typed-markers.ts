import type { Edit } from "../rule.ts";
import { defineFact } from "./fact.ts";
import { normalised } from "./manifests/declaration.ts";
import { pyprojects } from "./pyprojects.ts";
import { besideOf } from "./tree.ts";

/** Backends that put every file of a package into its wheel. */
const TAKES_ALL = /^(hatchling|flit[_-]core|uv[_-]build|poetry[_-]core|pdm[_-]backend)\b/i;

/** The marker of PEP 561 in a component's one package, where its build takes it along. */
export const typedMarkers = defineFact({
  uses: { pyprojects },
  combine: ({ tree, uses }): readonly Edit[] =>
    uses.pyprojects.files
      .filter(({ inherited }) => !inherited)
      .flatMap(({ path, data }): readonly Edit[] => {
        const name = normalised(data.get("project", "name")?.text ?? data.get("tool", "poetry", "name")?.text ?? "");
        const requires = data.get("build-system", "requires")?.texts ?? [];
        const module = name.replaceAll("-", "_");
        const folders = [`src/${module}`, module].map((folder) => besideOf(path, folder));
        const [folder, ...others] = folders.filter((one) => tree.has(`${one}/__init__.py`));
        if (folder === undefined || others.length > 0 || !requires.some((one) => TAKES_ALL.test(one))) return [];
        return [{ kind: "create", path: `${folder}/py.typed`, text: "" }];
      }),
});
