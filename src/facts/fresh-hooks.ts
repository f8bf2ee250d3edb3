import type { Edit } from "../rule.ts";
import { codeTools } from "./code-tools.ts";
import { currentHooks } from "./current-hooks.ts";
import { defineFact } from "./fact.ts";
import { preCommit } from "./pre-commit.ts";

/** Addresses that answer with encryption too. */
const UNENCRYPTED = /^(http|git):\/\/(github|gitlab)\.com\//i;

/** Hooks for a repository that has none, and encrypted addresses for those that it has. */
export const freshHooks = defineFact({
  spans: "repository",
  uses: { preCommit, codeTools, currentHooks },
  combine: ({ uses }): readonly Edit[] => {
    const { paths, sources } = uses.preCommit;
    const bare = sources.filter(({ path, repository }) => !path.includes("/") && UNENCRYPTED.test(repository));
    if (bare.length > 0)
      return bare.map(({ path, line, repository }) => {
        const [start = ""] = /^\w+:\/\//.exec(repository) ?? [];
        return { kind: "replace", path, line, piece: start, by: "https://" };
      });
    if (paths.some((path) => !path.includes("/"))) return [];
    const { general, ruff } = uses.currentHooks;
    const isRuff = uses.codeTools.linters.every(({ tool }) => tool === "ruff");
    const isFormatted = uses.codeTools.formatters.some(({ tool }) => tool === "ruff-format");
    // What changes every file, as trimming its lines does, is for people to begin with.
    const repositories = [
      { ...general, hooks: [{ id: "check-merge-conflict" }, { id: "check-toml" }, { id: "debug-statements" }] },
      { ...ruff, hooks: [{ id: "ruff-check" }, ...(isFormatted ? [{ id: "ruff-format" }] : [])] },
    ];
    return repositories
      .filter(({ repo }) => isRuff || repo !== ruff.repo)
      .map((value) => ({ kind: "add", path: ".pre-commit-config.yaml", at: ["repos"], value }));
  },
});
