import { type DeclaringFile, dependencies } from "./dependencies.ts";
import { defineFact } from "./fact.ts";
import { normalised } from "./manifests/declaration.ts";
import { packages } from "./packages.ts";
import { folderOf, resolvePath } from "./tree.ts";

/** What a package makes its users install, or run it on. */
export interface PublishedRequirement {
  /** Of a distribution; `python` for the interpreter. */
  readonly name: string;
  /** The versions allowed, as written. */
  readonly constraint: string;
  readonly path: string;
  readonly line: number;
  /** The one version that it allows, if it is only one. */
  readonly exact: string | undefined;
  /** The clause that shuts out versions to come, where there is one. */
  readonly cap: string | undefined;
  /** True where a comment on its line, or right above, says why. */
  readonly isExplained: boolean;
  /** True for a part of the same product, which is released together with it. */
  readonly isSibling: boolean;
}

export interface PublishedRequirements {
  /** What is installed along with the package, extras left out. */
  readonly distributions: readonly PublishedRequirement[];
  readonly python: PublishedRequirement | undefined;
  /** Where what is required is computed. */
  readonly computed: { readonly path: string; readonly line: number } | undefined;
}

/** What the packages of the repository are called. */
const packageNames = defineFact({
  spans: "repository",
  uses: { packages },
  combine: ({ uses }): ReadonlySet<string> => new Set(uses.packages.all.flatMap(({ name }) => normalised(name ?? ""))),
});

/** The requirements in a package's own metadata, which everybody who installs it gets. */
export const publishedRequirements = defineFact({
  uses: { dependencies, packages, packageNames },
  combine: ({ uses }): PublishedRequirements => {
    const own = uses.packages.all.filter(({ path }, _, [nearest]) => folderOf(path) === folderOf(nearest?.path ?? ""));
    const paths = new Set(own.map(({ path }) => path));
    const metadata = uses.dependencies.manifests.filter(({ path }) => paths.has(path));
    const included = new Set(
      metadata.flatMap(({ path, includes }) => includes.map((include) => resolvePath(folderOf(path), include))),
    );
    const files = [...metadata, ...uses.dependencies.manifests.filter(({ path }) => included.has(path))];
    const name = normalised(own.find((one) => one.name)?.name ?? "");
    const version = own.find((one) => one.version !== undefined)?.version;
    const computed = metadata.find(({ computedLine, includes }) => computedLine !== undefined && includes.length === 0);
    const distributions = files.flatMap((file) =>
      file.declarations
        .filter(({ group }) => group === "runtime")
        .map((one) => ({
          ...requirement(file, one.name, one.constraint, one.line, one.pinned),
          isSibling: uses.packageNames.has(one.name) || isSibling(name, version, one.name, one.pinned),
        })),
    );
    const ranges = own.flatMap(({ path, requiresPython }) => {
      const file = files.find((one) => one.path === path);
      return requiresPython
        ? [requirement(file, "python", requiresPython.text, requiresPython.line, undefined, path)]
        : [];
    });
    return {
      distributions,
      python: ranges[0],
      computed: computed && { path: computed.path, line: computed.computedLine ?? 1 },
    };
  },
});

function requirement(
  file: Pick<DeclaringFile, "path" | "remarked"> | undefined,
  name: string,
  constraint: string,
  line: number,
  pinned: string | undefined,
  path = file?.path ?? "",
): PublishedRequirement {
  const clauses = constraint.split(",").map((clause) => clause.trim());
  const exact = clauses.find((clause) => /^={2,3}[^*]*$/.test(clause));
  const cap = clauses.find((clause) => /^(<|~=|\^|~)/.test(clause) || /^={2}.*\*/.test(clause));
  return {
    name,
    constraint,
    path,
    line,
    exact: pinned ?? exact?.replace(/^=+\s*/, ""),
    cap,
    isExplained: file?.remarked.has(line) ?? false,
    isSibling: false,
  };
}

/** `slug-core` beside `slug`; or another with the same first word, in the version that the package has itself. */
function isSibling(own: string, version: string | undefined, name: string, exact: string | undefined): boolean {
  if (own === "") return false;
  if (name.startsWith(`${own}-`)) return true;
  return name.split("-")[0] === own.split("-")[0] && (exact === version || version === undefined);
}
