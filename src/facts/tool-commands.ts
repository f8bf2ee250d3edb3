import { ci } from "./ci.ts";
import { shellCommands } from "./commands/shell.ts";
import { unwrap } from "./commands/unwrap.ts";
import { defineFact } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { targetFiles } from "./target-files.ts";
import { ancestorsOf, folderOf, isAuxiliary } from "./tree.ts";
import { workflows } from "./workflows.ts";

/** A command, or an action, that runs a linter, a formatter or a type checker. */
export interface ToolCommand {
  readonly tool: string;
  readonly path: string;
  readonly line: number;
  /** The command line. */
  readonly text: string;
}

const PROGRAM =
  /^(ruff|flake8|pylint|pycodestyle|pyflakes|pylama|prospector|black|yapf|autopep8|darker|blue|mypy|dmypy|pyright|basedpyright|pyrefly|pytype|pyre|ty)$/;

/** Actions that bring such tools along. */
const ACTIONS: readonly (readonly [action: RegExp, toolsOf: (inputs: DataNode | undefined) => readonly string[]])[] = [
  [
    /^(astral-sh|chartboost)\/ruff-action@/,
    (inputs) => [/^format\b/.test(argumentsOf(inputs)) ? "ruff-format" : "ruff"],
  ],
  [/^psf\/black@/, () => ["black"]],
  [/^(rickstaa\/action-black|reviewdog\/action-black)@/, () => ["black"]],
  [/^(py-actions\/flake8|suo\/flake8-github-action|reviewdog\/action-flake8)@/, () => ["flake8"]],
  [/^(jakebailey\/pyright-action|reviewdog\/action-pyright)@/, () => ["pyright"]],
  [/^(tsuyoshicho|reviewdog)\/action-mypy@/, () => ["mypy"]],
  [/^(super-linter|github)\/super-linter(\/slim)?@|^oxsecurity\/megalinter/, () => ["pylint", "black", "mypy"]],
  [/^ultralytics\/actions@/, (inputs) => (inputs?.get("python")?.boolean ? ["ruff", "ruff-format"] : [])],
];

/** Characters of a script that is looked through. */
const MAX_SCRIPT = 100_000;

/** The tools that CI runs, whatever the component. */
const inPipelines = defineFact({
  spans: "repository",
  uses: { ci, workflows },
  combine: ({ uses }): readonly ToolCommand[] => {
    const inActions = uses.workflows.files.flatMap(({ path, jobs }) =>
      jobs.flatMap(({ steps }) =>
        steps.flatMap(({ line, uses: action, with: inputs }) => {
          const known = ACTIONS.find(([pattern]) => pattern.test(action?.text ?? ""));
          return (known?.[1](inputs) ?? []).map((tool) => ({ tool, path, line, text: action?.text ?? "" }));
        }),
      ),
    );
    const inCi = uses.ci.jobs
      .flatMap(({ commands }) => commands)
      // What tests run, they may run on something else.
      .filter(({ path }) => /^\.(github|circleci)\//.test(path) || !isAuxiliary(path))
      .flatMap(({ words, path, line }) => toolOf(words).map((tool) => ({ tool, path, line, text: words.join(" ") })));
    const inSteps = uses.workflows.files
      .flatMap(({ path, jobs }) => jobs.flatMap(({ steps }) => steps.map(({ run }) => ({ path, run }))))
      .flatMap(({ path, run }) =>
        toolsIn(run?.text ?? "").map(({ tool, words, offset }) => ({
          tool,
          path,
          line: run?.lineAt(offset) ?? 1,
          text: words.join(" "),
        })),
      );
    return [...inCi, ...inSteps, ...inActions];
  },
});

/** The tools that the targets for developers run, by file. */
const inTargets = defineFact({
  spans: "repository",
  uses: { targetFiles },
  combine: ({ uses }): ReadonlyMap<string, readonly ToolCommand[]> =>
    new Map(
      [...uses.targetFiles.files].map(([path, { targets }]) => [
        path,
        [...targets.values()].flat().flatMap(({ text, lineAt }) =>
          toolsIn(text).map(({ tool, words, offset }) => ({
            tool,
            path,
            line: lineAt(offset),
            text: words.join(" "),
          })),
        ),
      ]),
    ),
});

/** The tools that CI, and the targets for developers, run: in the component's own files, or above it. */
export const toolCommands = defineFact({
  uses: { inPipelines, inTargets },
  combine: ({ component, uses }): readonly ToolCommand[] => {
    const above = new Set(ancestorsOf(`${component.root}/`));
    const reaches = (path: string): boolean =>
      !isAuxiliary(path) && (isBelow(path, component.root) || above.has(folderOf(path)));
    return [
      ...uses.inPipelines,
      ...[...uses.inTargets].filter(([path]) => reaches(path)).flatMap(([, commands]) => commands),
    ];
  },
});

/** The tools that a script runs, wrappers taken off. */
export function toolsIn(
  script: string,
): readonly { readonly tool: string; readonly words: readonly string[]; readonly offset: number }[] {
  if (script.length > MAX_SCRIPT) return [];
  return shellCommands(script).flatMap(({ words, offset }) => {
    const plain = unwrap(words);
    return toolOf(plain).map((tool) => ({ tool, words: plain, offset }));
  });
}

function toolOf(words: readonly string[]): readonly string[] {
  const [first = "", second = ""] = words[0] === "npx" ? words.slice(1).filter((word) => !word.startsWith("-")) : words;
  const program = first.replace(/^.*\//, "");
  if (program === "ruff" && second === "format") return ["ruff-format"];
  return PROGRAM.test(program) ? [program === "dmypy" ? "mypy" : program] : [];
}

function argumentsOf(inputs: DataNode | undefined): string {
  return inputs?.get("args")?.text?.trim() ?? "";
}

function isBelow(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}
