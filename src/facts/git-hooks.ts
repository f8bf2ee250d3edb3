import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { isAuxiliary } from "./tree.ts";

/** A hook of git that is kept in the repository, by lefthook, husky or as a script. */
export interface GitHook {
  readonly path: string;
  /** The first line that runs a check of Python; undefined where none shows. */
  readonly checkLine: number | undefined;
}

export interface GitHooks {
  readonly files: readonly GitHook[];
  readonly unread: readonly UnreadFile[];
}

const isHook = globs(
  "{,.}lefthook.{yml,yaml,toml,json}",
  ".husky/pre-{commit,push}",
  "{.githooks,.git-hooks,githooks,git-hooks,.hooks,hooks}/**/pre-{commit,push}{,.sh,.py}",
  "{scripts,bin,tools,dev,hack,contrib,.ci}/**/pre-{commit,push}{,.sh,.py}",
);
const CHECK =
  /\b(ruff|flake8|pylint|black|isort|mypy|pyright|pytest|bandit|pycodestyle|pre-commit run|prek|tox|nox|nbstripout|gitleaks|detect-secrets)\b/;

/** Hooks of git without pre-commit. */
export const gitHooks = defineFact({
  spans: "repository",
  reads: (path, tree) => isHook(path) && tree.isFirstParty(path) && !isAuxiliary(path),
  parse: ({ text }): number | undefined => {
    const line = text.split("\n").findIndex((one) => CHECK.test(one) && !/^\s*#/.test(one));
    return line < 0 ? undefined : line + 1;
  },
  combine: ({ files, unread }): GitHooks => ({
    files: files.map(({ path, parsed }) => ({ path, checkLine: parsed })),
    unread,
  }),
});
