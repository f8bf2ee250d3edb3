import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { parseYamlDocument } from "./formats/yaml.ts";

export interface Hook {
  readonly id: string;
  /** The hook's repository, as written; `local` for the project's own. */
  readonly repository: string;
  /** What a local hook runs, and the arguments of any. */
  readonly command: string;
  readonly path: string;
  readonly line: number;
}

export interface PreCommit {
  readonly hooks: readonly Hook[];
  /** What pre-commit.ci runs on every pull request, where a `ci:` key says so: all hooks but those that it skips. */
  readonly hosted: { readonly path: string; readonly line: number; readonly hooks: readonly Hook[] } | undefined;
  readonly unread: readonly UnreadFile[];
}

const isConfig = globs("**/.pre-commit-config.{yml,yaml}");

/** The hooks of pre-commit. */
export const preCommit = defineFact({
  reads: (path, tree) => isConfig(path) && tree.isFirstParty(path),
  parse: ({ path, text }) => {
    const data = parseYamlDocument(text);
    const hooks = (data?.get("repos")?.items ?? []).flatMap((repo) =>
      (repo.get("hooks")?.items ?? []).map((hook): Hook => {
        const parts = [hook.get("entry")?.text ?? "", ...(hook.get("args")?.texts ?? [])];
        return {
          id: hook.get("id")?.text ?? "",
          repository: repo.get("repo")?.text ?? "",
          command: parts.join(" ").trim(),
          path,
          line: hook.line,
        };
      }),
    );
    return { hooks, hostedLine: data?.lineOfKey("ci"), skipped: data?.get("ci", "skip")?.texts ?? [] };
  },
  combine: ({ files, unread }): PreCommit => {
    const hosted = files.find(({ path, parsed }) => parsed.hostedLine !== undefined && !path.includes("/"));
    return {
      hooks: files.flatMap(({ parsed }) => parsed.hooks),
      hosted: hosted && {
        path: hosted.path,
        line: hosted.parsed.hostedLine ?? 1,
        hooks: hosted.parsed.hooks.filter(({ id }) => !hosted.parsed.skipped.includes(id)),
      },
      unread,
    };
  },
});
