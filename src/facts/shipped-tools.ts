import { type DeclaringFile, dependencies } from "./dependencies.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { type ImageInstall, imageInstalls } from "./image-installs.ts";
import { groupsInstalled } from "./installs/groups.ts";
import { groupOfFile, normalised } from "./manifests/declaration.ts";
import { packages } from "./packages.ts";
import { pyprojects } from "./pyprojects.ts";
import { folderOf, nameOf } from "./tree.ts";

/** A tool for development where production gets it. */
export interface ShippedTool {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** The command that installs it; undefined where it stands among what the code needs. */
  readonly command: string | undefined;
}

export interface ShippedTools {
  readonly tools: readonly ShippedTool[];
  /** True where there is anything to keep apart: a tool, or a group or list for development. */
  readonly hasTools: boolean;
  readonly unread: readonly UnreadFile[];
}

const TOOL =
  /^(pytest(-[\w-]+)?|flake8(-[\w-]+)?|pylint|ruff|black|isort|mypy|pyright|tox|nox|pre-commit|coverage|bandit|autopep8|yapf|ipython|ipdb|jupyter|jupyterlab|notebook)$/;
const INTERACTIVE = /^(ipython|ipdb|jupyter|jupyterlab|notebook)$/;

/** Test and lint tools among the runtime dependencies, or in an image of production. */
export const shippedTools = defineFact({
  uses: { dependencies, imageInstalls, packages, pyprojects },
  combine: ({ tree, component, uses }): ShippedTools => {
    const { manifests } = uses.dependencies;
    const hasNotebooks = tree.paths.some((path) => path.endsWith(".ipynb") && tree.isFirstParty(path));
    const own = uses.packages.all.flatMap(({ name }) => normalised(name ?? ""));
    const isPytestPlugin = uses.packages.all.some(({ classifiers }) => classifiers.includes("Framework :: Pytest"));
    const isTool = (name: string): boolean =>
      TOOL.test(name) &&
      !(hasNotebooks && INTERACTIVE.test(name)) &&
      !(isPytestPlugin && name === "pytest") &&
      // A plugin needs what it plugs into.
      !own.some((one) => one === name || one.startsWith(`${name}-`));
    const declared = manifests
      .filter((file) => !isDeveloperList(file, manifests, uses.packages.isClassified))
      .flatMap(({ path, declarations }) =>
        declarations
          .filter(({ group, name }) => group === "runtime" && isTool(name))
          .map(({ name, line }) => ({ name, path, line, command: undefined })),
      );
    const data = uses.pyprojects.files.find(
      ({ path, inherited }) => !inherited && folderOf(path) === component.root,
    )?.data;
    const installed = uses.imageInstalls.installs
      .filter(({ isConditional }) => !isConditional)
      .flatMap((install) => {
        const groups = data ? groupsInstalled(install, data, install.variables) : [];
        return [...new Set([...groups, ...namedBy(install, manifests)])]
          .filter(isTool)
          .slice(0, 1)
          .map((name) => ({ name, path: install.path, line: install.line, command: install.text }));
      });
    return {
      tools: [...declared, ...installed],
      hasTools: manifests.some(({ declarations }) =>
        declarations.some(({ group, name }) => group === "development" || TOOL.test(name)),
      ),
      unread: uses.dependencies.unread.filter(({ path }) => nameOf(path) !== "setup.py" || !manifests.some(isStated)),
    };
  },
});

/** A list beside a package's own metadata is for its developers; a list that a resolver made repeats another. */
function isDeveloperList(file: DeclaringFile, all: readonly DeclaringFile[], isPublished: boolean): boolean {
  if (file.kind !== "requirements") return false;
  const metadata = all.filter(({ kind }) => /^(pyproject|setup\.(cfg|py))$/.test(kind));
  const isIncluded = metadata.some(({ includes }) => includes.some((one) => file.path.endsWith(one)));
  const isBesideStated = metadata.some(
    ({ path, statesNone, declarations }) =>
      folderOf(path) === folderOf(file.path) && (statesNone || declarations.some(({ group }) => group === "runtime")),
  );
  return file.isCompiled || (!isIncluded && (isPublished || isBesideStated));
}

/** True for metadata that leaves setup.py nothing to say. */
function isStated({ kind, statesNone, declarations }: DeclaringFile): boolean {
  return kind === "pyproject" && (statesNone || declarations.some(({ group }) => group === "runtime"));
}

/** What pip and Pipenv are given by name, or by a file for development. */
function namedBy(install: ImageInstall, manifests: readonly DeclaringFile[]): readonly string[] {
  const { installer, action, operands, options, requirements, isFinal } = install;
  if (installer === "pipenv" && (options.has("--dev") || options.has("-d")))
    return manifests.filter(({ kind }) => kind === "pipfile").flatMap(developmentNames);
  if (installer !== "pip" || !isFinal || action !== "install") return [];
  const files = manifests.filter(
    ({ path }) => requirements.some((one) => one.path === path) && groupOfFile(path) === "development",
  );
  const named = operands.flatMap((operand) => /^[A-Za-z][\w.-]*/.exec(operand)?.[0] ?? []).map(normalised);
  return [...named, ...files.flatMap(developmentNames)];
}

function developmentNames({ declarations }: DeclaringFile): readonly string[] {
  return declarations.filter(({ group }) => group === "development").map(({ name }) => name);
}
