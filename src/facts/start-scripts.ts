import { expand } from "./containers/variables.ts";
import { unquote } from "./dockerfiles/instructions.ts";
import { lineageOf, readStages, type Stage } from "./dockerfiles/stages.ts";
import { dockerfiles, isDockerfile } from "./dockerfiles.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { ancestorsOf, nameOf, resolvePath, type Tree } from "./tree.ts";

/** What a container starts with, as far as it stands in the repository. */
export interface StartScripts {
  /** The texts by the Dockerfile whose image starts them. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** Scripts that exist and could not be read, by Dockerfile. */
  readonly unread: ReadonlyMap<string, UnreadFile>;
}

/** For each word of a start command that can be a script: where it may stand, seen from the build's context. */
type Start = readonly (readonly string[])[];

/** Words that a start command has at most, and their characters; a hostile one could have them grow without end. */
const MOST = 20;
const LONGEST = 500;
/** Copies of a stage that are looked through, and files of each. */
const MOST_COPIES = 100;
const MOST_COPIED = 30;
/** Scripts of a shell, and settings of programs that can change their user. */
const SCRIPT = /(^|\/)([^./]+|[\w-][\w.-]*\.(sh|bash|ini|conf)|gunicorn[\w.-]*\.py)$/;

/** The scripts that shipped images start with. */
export const startScripts = defineFact({
  spans: "repository",
  uses: { dockerfiles },
  reads: (path, tree) => isDockerfile(path) && tree.isFirstParty(path),
  readsMentioned: (path) => SCRIPT.test(path),
  parse: ({ path, text }): readonly Start[] | string => (isDockerfile(path) ? startsOf(text) : text),
  mentions: (parsed, path, tree) => (typeof parsed === "string" ? [] : scriptPaths(parsed.flat(), path, tree)),
  combine: ({ files, unread, tree, uses }): StartScripts => {
    const textAt = new Map(files.map(({ path, parsed }) => [path, parsed]));
    const unreadAt = new Map(unread.map((file) => [file.path, file]));
    const texts = new Map<string, readonly string[]>();
    const missing = new Map<string, UnreadFile>();
    for (const { path, stages, shipped } of uses.dockerfiles.files) {
      const starts = textAt.get(path);
      if (typeof starts !== "object") continue;
      const scripts = scriptPaths(starts[stages.indexOf(shipped)] ?? [], path, tree);
      texts.set(
        path,
        scripts.flatMap((script) => {
          const text = textAt.get(script);
          return typeof text === "string" ? [text] : [];
        }),
      );
      const unreadable = scripts.map((script) => unreadAt.get(script)).find(Boolean);
      if (unreadable) missing.set(path, unreadable);
    }
    return { texts, unread: missing };
  },
});

/** The starts of all stages, in order. */
function startsOf(text: string): readonly Start[] {
  const { stages } = readStages(text);
  return stages.map((stage) => startOf(stage, stages));
}

function startOf(stage: Stage, stages: readonly Stage[]): Start {
  const copies = lineageOf(stage, stages)
    .flatMap(({ instructions, variables }) =>
      instructions
        .filter(({ keyword }) => keyword === "COPY" || keyword === "ADD")
        .map(({ words }) => ({ words, variables })),
    )
    .slice(0, MOST_COPIES)
    .map(({ words, variables }) =>
      words.slice(-MOST_COPIED).map(({ text }) => expand(unquote(text), variables) ?? unquote(text)),
    );
  const start = [stage.entrypoint, stage.command].map((setting) => setting?.value ?? setting?.text ?? "").join(" ");
  const words = (start.match(/[\w./-]+/g) ?? []).filter((word) => word.length <= LONGEST && SCRIPT.test(word));
  return words.slice(0, MOST).map((word) => {
    const copied = copies.flatMap((copy) => {
      const sources = copy.slice(0, -1);
      const isRenamed = sources.length === 1 && nameOf(copy.at(-1) ?? "") === nameOf(word);
      return isRenamed ? sources : sources.filter((source) => nameOf(source) === nameOf(word));
    });
    return [...copied, ...endsOf(word)];
  });
}

/** `/app/bin/run` may be `app/bin/run`, `bin/run` or `run` of the context. */
function endsOf(word: string): readonly string[] {
  const segments = word.split("/").filter((segment) => segment !== "" && segment !== ".");
  return segments.map((_, index) => segments.slice(index).join("/"));
}

/** The context is the Dockerfile's folder or one above it. */
function scriptPaths(start: Start, dockerfile: string, tree: Tree): readonly string[] {
  return start.flatMap((candidates) => {
    const paths = candidates.flatMap((candidate) =>
      ancestorsOf(dockerfile).flatMap((folder) => resolvePath(folder, candidate.replace(/^\/+/, "")) ?? []),
    );
    const found = paths.find((path) => SCRIPT.test(path) && !isDockerfile(path) && tree.has(path));
    return found === undefined ? [] : [found];
  });
}
