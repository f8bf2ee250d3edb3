import type { Edit } from "../rule.ts";
import { claimedPythons } from "./claimed-pythons.ts";
import { defineFact } from "./fact.ts";
import { locks } from "./locks.ts";
import { packageMetadata } from "./package-metadata.ts";
import { pyprojects } from "./pyprojects.ts";

export interface PythonClaim {
  readonly edits: readonly Edit[];
  /** Why there are none. */
  readonly otherwise: string;
}

/** The `requires-python` that a package lacks, from the classifiers that it has. */
export const pythonClaim = defineFact({
  uses: { claimedPythons, locks, packageMetadata, pyprojects },
  combine: ({ uses }): PythonClaim => {
    const { packageMetadata: metadata, pyprojects: projects, claimedPythons: claimed, locks: locked } = uses;
    const none = (otherwise: string): PythonClaim => ({ edits: [], otherwise });
    const project = projects.files.find(({ path }) => path === metadata?.path)?.data.get("project");
    if (!metadata || metadata.hasPython || !project) return none("what describes the package is for people to say");
    if (locked.files[0]) return none(`${locked.files[0].path} would have to be made anew`);
    if (!claimed?.lowest) return none("no classifier says which versions of Python it runs on");
    const value = `>=${claimed.lowest}`;
    return { edits: [{ kind: "set", path: metadata.path, at: ["project", "requires-python"], value }], otherwise: "" };
  },
});
