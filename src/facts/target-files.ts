import { parseTargets, type TargetFile } from "./commands/targets.ts";
import { defineFact, globs } from "./fact.ts";
import { folderOf, nameOf, resolvePath, type Tree } from "./tree.ts";

/** Files of named commands, by path; a path with a reason could not be read. */
export interface TargetFiles {
  readonly files: ReadonlyMap<string, TargetFile>;
  readonly unread: ReadonlyMap<string, string>;
  readonly tree: Tree;
}

const isTargetFile = globs(
  "{,*/,*/*/}{Makefile,makefile,GNUmakefile,justfile,Justfile,.justfile,Taskfile.yml,Taskfile.yaml,taskfile.yml,tox.ini,tox.toml,noxfile.py,pyproject.toml}",
  "{package.json,setup.cfg}",
);
const isPipeline = globs(
  ".github/workflows/*.{yml,yaml}",
  "{.circleci/config.yml,.gitlab-ci.yml,.travis.yml,azure-pipelines*.{yml,yaml},.buildkite/*.{yml,yaml},Jenkinsfile*,.zuul.yaml,appveyor.yml,.drone.yml,.cirrus.yml,bitbucket-pipelines.yml,cloudbuild.{yml,yaml},buildspec*.{yml,yaml}}",
);
/** Words that may be the path of a script. */
const PATH_WORD = /[\w./-]+/g;
const ENDS_AS_SCRIPT = /\.(?:sh|bash|py|ps1)$/;
/** Longer words are no paths. */
const MAX_PATH = 500;
/** Python programs are read where their name says that they check something. */
const CHECKS = /test|check|lint|verify|validat|format|typing|mypy|coverage|(^|[-_])(ci|qa|all)([-_.]|$)/i;

/** The literal rest of a path whose folder is computed: `$(BIN)/run-tests`. */
const COMPUTED_PATH = /[)}A-Z_]\/([\w.-]+(?:\/[\w.-]+)*)/g;
const MAX_COMPUTED = 50;

interface Parsed {
  readonly targets: TargetFile | undefined;
  readonly words: readonly string[];
  readonly computed: readonly string[];
}

/** Makefiles, tox, nox and the like, and the shell scripts that they or CI name. */
export const targetFiles = defineFact({
  spans: "repository",
  reads: (path, tree) => (isTargetFile(path) || isPipeline(path)) && tree.isFirstParty(path),
  readsMentioned: (path, tree) => isScript(path) && tree.isFirstParty(path),
  parse: ({ path, text }): Parsed => ({
    targets: isPipeline(path) ? undefined : parseTargets(path, text),
    words: pathsIn(text),
    computed: [...new Set([...text.matchAll(COMPUTED_PATH)].map(([, rest = ""]) => rest))].slice(0, MAX_COMPUTED),
  }),
  mentions: ({ words, computed }, path, tree) => [
    ...words.flatMap((word) => {
      const candidates = [resolvePath("", word.replace(/^\//, "")), resolvePath(folderOf(path), word)];
      return candidates.filter((candidate): candidate is string => candidate !== undefined && tree.has(candidate));
    }),
    ...(computed.length === 0
      ? []
      : tree.paths.filter((one) => isScript(one) && computed.some((rest) => one === rest || one.endsWith(`/${rest}`)))),
  ],
  combine: ({ files, unread, tree }): TargetFiles => ({
    files: new Map(files.flatMap(({ path, parsed }) => (parsed.targets ? [[path, parsed.targets]] : []))),
    unread: new Map(unread.map(({ path, reason }) => [path, reason])),
    tree,
  }),
});

/** The words of a text that may be the path of a script: of `$HERE/check.sh.` the name, without the dot of a sentence's end. */
function pathsIn(text: string): readonly string[] {
  const words = new Set(text.match(PATH_WORD)?.filter(({ length }) => length <= MAX_PATH));
  return [...words]
    .map((word) => word.replace(/(?<![./])[./]+$/, "").replace(/^\/+(?=[^/]*$)/, ""))
    .filter((word) => /[\w.-]\/[\w.-]/.test(word) || ENDS_AS_SCRIPT.test(word));
}

/** Scripts by their ending, and files without one, as `scripts/test` and `bin/ci`. */
function isScript(path: string): boolean {
  const name = nameOf(path);
  if (name.endsWith(".py")) return CHECKS.test(name) && !/(^|\/)tests?\//.test(path) && !/^test_/.test(name);
  return (
    /\.(sh|bash|ps1)$/.test(name) ||
    (!name.includes(".") && /(^|\/)(scripts?|bin|ci|tools|\.ci|build|hack|dev|tasks?)\//i.test(path))
  );
}
