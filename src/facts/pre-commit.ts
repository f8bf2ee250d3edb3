import { defineFact, globs, type UnreadFile } from "./fact.ts";
import type { DataNode } from "./formats/node.ts";
import { parseToml } from "./formats/toml.ts";
import { parseYamlDocument } from "./formats/yaml.ts";

export interface Hook {
  readonly id: string;
  /** The hook's repository, as written; `local` for the project's own. */
  readonly repository: string;
  /** What a local hook runs, and the arguments of any. */
  readonly command: string;
  /** What is installed beside it: plugins, stubs. */
  readonly additions: readonly string[];
  readonly path: string;
  readonly line: number;
}

/** A repository that hooks come from. */
export interface HookSource {
  /** Its address; `local` and the like for what is at hand. */
  readonly repository: string;
  readonly revision: string | undefined;
  readonly path: string;
  /** Line of the address. */
  readonly line: number;
  /** Line of the revision, where it has one. */
  readonly revisionLine: number | undefined;
}

export interface PreCommit {
  readonly hooks: readonly Hook[];
  readonly sources: readonly HookSource[];
  /** The files that were read. */
  readonly paths: readonly string[];
  /** What pre-commit.ci runs on every pull request, where a `ci:` key says so: all hooks but those that it skips. */
  readonly hosted: { readonly path: string; readonly line: number; readonly hooks: readonly Hook[] } | undefined;
  readonly unread: readonly UnreadFile[];
}

const isConfig = globs("**/{.pre-commit-config.yml,.pre-commit-config.yaml,prek.toml}");

/** The hooks of pre-commit, or of prek, which reads the same in TOML too. */
export const preCommit = defineFact({
  reads: (path, tree) => isConfig(path) && tree.isFirstParty(path),
  parse: ({ path, text }) => {
    const data = path.endsWith(".toml") ? parseToml(text) : parseYamlDocument(text);
    const repositories = data?.get("repos")?.items ?? [];
    const hooks = repositories.flatMap((repository) => hooksOf(repository, path));
    const sources = repositories.map((repository) => sourceOf(repository, path));
    return { hooks, sources, hostedLine: data?.lineOfKey("ci"), skipped: data?.get("ci", "skip")?.texts ?? [] };
  },
  combine: ({ files, unread }): PreCommit => {
    const hosted = files.find(({ path, parsed }) => parsed.hostedLine !== undefined && !path.includes("/"));
    return {
      hooks: files.flatMap(({ parsed }) => parsed.hooks),
      sources: files.flatMap(({ parsed }) => parsed.sources),
      paths: files.map(({ path }) => path),
      hosted: hosted && {
        path: hosted.path,
        line: hosted.parsed.hostedLine ?? 1,
        hooks: hosted.parsed.hooks.filter(({ id }) => !hosted.parsed.skipped.includes(id)),
      },
      unread,
    };
  },
});

function hooksOf(repository: DataNode, path: string): readonly Hook[] {
  return (repository.get("hooks")?.items ?? []).map((hook) => {
    const parts = [hook.get("entry")?.text ?? "", ...(hook.get("args")?.texts ?? [])];
    return {
      id: hook.get("id")?.text ?? "",
      repository: repository.get("repo")?.text ?? "",
      command: parts.join(" ").trim(),
      additions: hook.get("additional_dependencies")?.texts ?? [],
      path,
      line: hook.line,
    };
  });
}

function sourceOf(repository: DataNode, path: string): HookSource {
  const address = repository.get("repo");
  return {
    repository: address?.text ?? "",
    revision: repository.get("rev")?.text,
    path,
    line: address?.line ?? repository.line,
    revisionLine: repository.lineOfKey("rev"),
  };
}
