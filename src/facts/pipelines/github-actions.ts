import type { Step } from "../workflows/model.ts";
import type { JobScript } from "./model.ts";

/** Actions that are commands by another name. */
const COMMANDS: readonly (readonly [matches: RegExp, command: string])[] = [
  [/^(pre-commit\/action|j178\/prek-action|pre-commit-ci\/lite-action)@/, "pre-commit run --all-files"],
  [/^(super-linter|github)\/super-linter(\/\w+)?@|^oxsecurity\/megalinter(\/\w+)*@/, "flake8 . && mypy ."],
  [
    /^(peter-evans\/create-pull-request|stefanzweifel\/git-auto-commit-action|endbug\/add-and-commit|autofix-ci\/action)@/i,
    "git commit",
  ],
];
/** A tool that an action is named after: `psf/black`, `astral-sh/ruff-action`, `reviewdog/action-flake8`. */
const NAMED_AFTER =
  /^[\w.-]+\/(?:[\w.-]*[-_./])?(pytest|ansible-test|ruff|black|flake8|pylint|isort|mypy|pyright|bandit|semgrep|codespell)(?:[-_./][\w./-]*)?@/i;
const REPORTS = /report|comment|badge|annotat|summary|upload|setup|install|cache|collect|coverage/i;
/** Inputs that hold a command line. */
const HOLDS_A_COMMAND = ["run", "command", "cmd", "runCmd", "script", "CIBW_TEST_COMMAND"];

/** What a step that uses an action runs, where its name or an input says so. */
export function actionScripts({ uses, with: given, env, line, name }: Step): readonly JobScript[] {
  if (uses?.kind !== "remote" || /^actions\/github-script@/.test(uses.text)) return [];
  const known = COMMANDS.find(([matches]) => matches.test(uses.text))?.[1];
  const tool = REPORTS.test(uses.text) ? undefined : NAMED_AFTER.exec(uses.text)?.[1]?.toLowerCase();
  const command = known ?? (tool === "ruff" ? `ruff ${given?.get("args")?.text ?? "check"}` : tool);
  const inputs = HOLDS_A_COMMAND.flatMap((key) => given?.get(key) ?? env?.get(key) ?? []);
  return [
    ...(command ? [{ text: command, line, lineAt: () => line, title: name }] : []),
    ...inputs.flatMap((node) =>
      node.text === undefined
        ? []
        : [{ text: node.text, line: node.line, lineAt: (at: number) => node.lineAt(at), title: name }],
    ),
  ];
}
