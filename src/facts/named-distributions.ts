import { type DeclaringFile, dependencies } from "./dependencies.ts";
import { isDockerfile } from "./dockerfiles.ts";
import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { type Named, namedInIni, namedInPython, namedInToml, namedInYaml } from "./named-distributions/environments.ts";
import { namedInCommands } from "./named-distributions/install-commands.ts";
import { systemOf } from "./pipelines/systems.ts";
import { preCommit } from "./pre-commit.ts";
import { nameOf } from "./tree.ts";

export interface NamedDistributions {
  /** Where each is named first, by normalised name. */
  readonly places: ReadonlyMap<string, { readonly path: string; readonly line: number }>;
  /** Files that could not be read, and may name more. */
  readonly unread: readonly UnreadFile[];
  /** A file of Bazel, Buck or Pants, which may bring distributions of its own. */
  readonly buildFile: string | undefined;
}

const isEnvironment = globs("**/{tox.ini,tox.toml,noxfile.py,setup.py,setup.cfg,pyproject.toml}");
const isCommands = globs(
  ".github/workflows/*.{yml,yaml}",
  ".github/actions/**/action.{yml,yaml}",
  "{,*/,*/*/}{Makefile,makefile,GNUmakefile,justfile,Justfile,.justfile,Taskfile.yml,Taskfile.yaml}",
);
/** Environments of conda that a pipeline chooses from. */
const isListOfCi = globs("{ci,.ci,conda,envs,environments,continuous_integration}/**/*.{yml,yaml}");
const isBuildFile = globs("**/{WORKSPACE,WORKSPACE.bazel,MODULE.bazel,pants.toml,.buckconfig}");
const MAX_LISTS = 12;

/** Every distribution that something in the repository has installed: manifests, test environments, commands. */
export const namedDistributions = defineFact({
  spans: "repository",
  uses: { dependencies, preCommit },
  reads: (path, tree) =>
    (isEnvironment(path) ||
      isCommands(path) ||
      isListOfCi(path) ||
      isDockerfile(path) ||
      systemOf(path) !== undefined) &&
    tree.isFirstParty(path),
  readsMentioned: (path, tree) => /\.(sh|bash|ps1)$/.test(path) && tree.isFirstParty(path),
  select: (entries) => {
    const lists = entries.filter(({ path }) => isOnlyList(path)).slice(0, MAX_LISTS);
    return entries.filter((entry) => !isOnlyList(entry.path) || lists.includes(entry));
  },
  parse: ({ path, text }): readonly Named[] => {
    const name = nameOf(path);
    if (name === "tox.ini" || name === "setup.cfg") return namedInIni(text);
    if (name === "noxfile.py" || name === "setup.py") return namedInPython(text);
    if (name.endsWith(".toml")) return namedInToml(text);
    return isOnlyList(path) ? [...namedInYaml(path, text), ...namedInCommands(text)] : namedInCommands(text);
  },
  combine: ({ files, unread, tree, uses }): NamedDistributions => {
    const { manifests, supporting } = uses.dependencies;
    const declared = [...manifests, ...supporting].flatMap(({ path, declarations }: DeclaringFile) =>
      declarations.map(({ name, line }) => ({ name, path, line })),
    );
    const added = uses.preCommit.hooks.flatMap(({ additions, path, line }) =>
      additions.flatMap((one) => namedInCommands(`pip install ${one}`).map(({ name }) => ({ name, path, line }))),
    );
    const elsewhere = files.flatMap(({ path, parsed }) => parsed.map(({ name, line }) => ({ name, path, line })));
    const places = new Map<string, { readonly path: string; readonly line: number }>();
    for (const { name, path, line } of [...declared, ...elsewhere, ...added]) {
      if (!places.has(name)) places.set(name, { path, line });
    }
    return {
      places,
      unread: [...uses.dependencies.unread, ...unread],
      buildFile: tree.paths.find((path) => isBuildFile(path) && tree.isFirstParty(path)),
    };
  },
});

function isOnlyList(path: string): boolean {
  return isListOfCi(path) && !isDockerfile(path) && systemOf(path) === undefined && !isCommands(path);
}
