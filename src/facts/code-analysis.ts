import { ci } from "./ci.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { preCommit } from "./pre-commit.ts";
import { ruffConfigs } from "./ruff-configs.ts";
import { nameOf } from "./tree.ts";
import { workflows } from "./workflows.ts";

export interface Analysis {
  readonly tool: string;
  readonly path: string;
  readonly line: number;
}

export interface CodeAnalysis {
  /** Security analysis of the source. */
  readonly source: readonly Analysis[];
  /** Security analysis of the workflows alone. */
  readonly workflows: readonly Analysis[];
  readonly unread: readonly UnreadFile[];
}

const ACTION =
  /^(github\/codeql-action\/(?:init|analyze)|semgrep\/semgrep-action|returntocorp\/semgrep-action|SonarSource\/[\w-]+|snyk\/actions[\w/-]*|PyCQA\/bandit-action|zizmorcore\/zizmor-action|woodruffw\/zizmor-action|facebook\/pysa-action)@/i;
const OF_WORKFLOWS = /zizmor|actionlint|poutine/i;
const PROGRAM = /^(bandit|semgrep|opengrep|snyk|pysa|sonar-scanner|codeql|zizmor|actionlint|poutine)$/;

/** Static security analysis, wherever it is set up. */
export const codeAnalysis = defineFact({
  spans: "repository",
  uses: { workflows, ci, preCommit, ruffConfigs },
  combine: ({ tree, uses }): CodeAnalysis => {
    const found: Analysis[] = [];
    for (const { path, jobs } of uses.workflows.files) {
      for (const { uses: action, with: inputs } of jobs.flatMap(({ steps }) => steps)) {
        if (action && ACTION.test(action.text) && readsPython(inputs?.get("languages")?.text))
          found.push({ tool: action.text.split("@")[0] ?? "", path, line: action.line });
      }
    }
    for (const { words, path, line } of uses.ci.jobs.flatMap(({ commands }) => commands)) {
      if (PROGRAM.test(words[0] ?? "")) found.push({ tool: words[0] ?? "", path, line });
      if (words[0] === "ruff" && /--(?:extend-)?select[= ]\S{0,200}\bS\b/.test(words.join(" ")))
        found.push({ tool: "ruff S", path, line });
    }
    for (const { id, path, line } of uses.preCommit.hooks) {
      // pre-commit reads the file at the root.
      if (PROGRAM.test(id) && !path.includes("/")) found.push({ tool: id, path, line });
    }
    for (const { path, settings } of uses.ruffConfigs.files) {
      const listed = (keys: readonly string[]): readonly DataNode[] =>
        keys.flatMap((key) => [...(settings.get("lint", key)?.items ?? []), ...(settings.get(key)?.items ?? [])]);
      const rule = listed(["select", "extend-select"]).find(({ text }) => /^(S|ALL|S\d+)$/.test(text ?? ""));
      const isTakenBack = listed(["ignore", "extend-ignore"]).some(({ text }) => text === "S");
      if (rule && !isTakenBack) found.push({ tool: "ruff S", path, line: rule.line });
    }
    const sonar = tree.paths.find((path) => nameOf(path) === "sonar-project.properties" && tree.isFirstParty(path));
    if (sonar) found.push({ tool: "SonarQube", path: sonar, line: 1 });
    return {
      source: found.filter(({ tool }) => !OF_WORKFLOWS.test(tool)),
      workflows: found.filter(({ tool }) => OF_WORKFLOWS.test(tool)),
      unread: [...uses.ruffConfigs.unread, ...uses.workflows.unread],
    };
  },
});

/** CodeQL is told its languages; what is computed, or not said, may hold Python. */
function readsPython(languages: string | undefined): boolean {
  return languages === undefined || languages.includes("${{") || /\bpython\b/i.test(languages);
}
