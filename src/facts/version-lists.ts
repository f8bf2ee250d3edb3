import { defineFact } from "./fact.ts";
import { workflows } from "./workflows.ts";

/** A list of versions of Python in the matrix of a workflow. */
export interface VersionList {
  readonly path: string;
  /** From the root of the file. */
  readonly at: readonly string[];
  /** The lines of its items. */
  readonly lines: readonly number[];
}

const VERSION = /^3\.\d{1,2}$/;

/** The axes of matrices that list versions of Python, one beside the other. */
export const versionLists = defineFact({
  spans: "repository",
  uses: { workflows },
  combine: ({ uses }): readonly VersionList[] =>
    uses.workflows.files.flatMap(({ path, jobs }) =>
      jobs.flatMap(({ id, node }) =>
        (node.get("strategy", "matrix")?.entries ?? [])
          .filter(({ key, value }) => key !== "include" && key !== "exclude" && value.kind === "list")
          .filter(({ value }) => value.items.length > 0 && value.items.every(({ text }) => VERSION.test(text ?? "")))
          .map(({ key, value }) => ({
            path,
            at: ["jobs", id, "strategy", "matrix", key],
            lines: value.items.map(({ line }) => line),
          })),
      ),
    ),
});
