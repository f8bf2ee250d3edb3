import type { Edit } from "../rule.ts";
import { currentHooks } from "./current-hooks.ts";
import { defineFact } from "./fact.ts";
import { isLaden, notebooks } from "./notebooks.ts";
import { preCommit } from "./pre-commit.ts";

export interface OutputStripping {
  readonly edits: readonly Edit[];
  /** Why there are none. */
  readonly otherwise: string;
}

/** A hook that keeps outputs out of notebooks, where no other hooks are set up and nothing does so. */
export const outputStripping = defineFact({
  spans: "repository",
  uses: { currentHooks, notebooks, preCommit },
  combine: ({ uses }): OutputStripping => {
    const { read, stripped } = uses.notebooks;
    const none = (otherwise: string): OutputStripping => ({ edits: [], otherwise });
    if (read.some(isLaden)) return none("what the notebooks carry now has to be stripped first");
    if (stripped || read.every(({ outputLength }) => outputLength === 0))
      return none("what the notebooks need to run is for people to say");
    if (uses.preCommit.paths.some((path) => /^[^/]*\.(yml|toml)$/.test(path)))
      return none("the hooks stand in another file");
    const value = { ...uses.currentHooks.nbstripout, hooks: [{ id: "nbstripout" }] };
    return { edits: [{ kind: "add", path: ".pre-commit-config.yaml", at: ["repos"], value }], otherwise: "" };
  },
});
