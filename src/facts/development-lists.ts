import { dependencies } from "./dependencies.ts";
import { defineFact } from "./fact.ts";
import { pyprojects } from "./pyprojects.ts";

/** A list of what development needs. */
export interface DevelopmentList {
  readonly path: string;
  /** Keys of the list in a TOML file; undefined for a file of requirements. */
  readonly at: readonly string[] | undefined;
}

const NAMED = /^(dev|develop|development|tests?|testing)$/;
const FILE = /(^|[/_-])(dev|develop|development|tests?|testing)([_-]?requirements)?\.txt$/;

/** Where people of the component write down what development needs; those for tests alone come first. */
export const developmentLists = defineFact({
  uses: { pyprojects, dependencies },
  combine: ({ uses }): readonly DevelopmentList[] => {
    const own = uses.pyprojects.files.filter(({ inherited }) => !inherited);
    const inTables = own.flatMap(({ path, data }) =>
      [["dependency-groups"], ["project", "optional-dependencies"]].flatMap((table) =>
        (data.get(...table)?.entries ?? [])
          .filter(({ key, value }) => NAMED.test(key) && value.kind === "list")
          .map(({ key }) => ({ path, at: [...table, key] })),
      ),
    );
    const { manifests, supporting } = uses.dependencies;
    const files = [...manifests, ...supporting]
      .filter(({ kind, path, isCompiled }) => kind === "requirements" && !isCompiled && FILE.test(path))
      .map(({ path }) => ({ path, at: undefined }));
    const all: readonly DevelopmentList[] = [...inTables, ...files];
    return all.toSorted((a, b) => Number(!isForTests(a)) - Number(!isForTests(b)));
  },
});

function isForTests({ path, at }: DevelopmentList): boolean {
  return /test/.test(at?.at(-1) ?? path);
}
