import type { TreeEntry } from "../snapshot/snapshot.ts";
import { readSections, type Section } from "./documents/sections.ts";
import { defineFact, globsAnyCase, type UnreadFile } from "./fact.ts";
import { pyprojects } from "./pyprojects.ts";
import { folderOf, nameOf, type Tree } from "./tree.ts";

/** What tells users what changed. */
export interface Changelog {
  readonly path: string;
  readonly line: number;
  readonly kind: "file" | "fragments" | "generated" | "link";
  /** Its newest numbered entry. */
  readonly newest: { readonly version: string; readonly line: number } | undefined;
  /** It has an entry that is not released yet. */
  readonly hasUnreleased: boolean;
  /** Nothing but a title. */
  readonly isEmpty: boolean;
}

export interface Changelogs {
  /** Files first, then fragments of one, tools that write one, links to one. */
  readonly found: readonly Changelog[];
  /** The version that the package's own metadata states literally, when it is a release. */
  readonly version: string | undefined;
  readonly unread: readonly UnreadFile[];
}

const isFile = globsAnyCase(
  "{,.github/,doc?(s)/**/,documentation/**/,*/,*/*/}{changelog,changes,change-log,change_log,history,news,release-notes,release_notes,releasenotes,releases,whatsnew,whats-new,whats_new}{,.md,.markdown,.rst,.txt,.adoc}",
);
const isFolder = globsAnyCase(
  "{,doc?(s)/**/}{changelog,changes,history,whatsnew,whats_new,release-notes,release_notes,releasenotes,releases}/**/*.{md,rst,txt}",
);
const isFragment = globsAnyCase(
  "**/{newsfragments,changelog.d,changes.d,news.d,releasenotes/notes,.changes,.changeset}/*.{md,rst,txt,yaml,yml,feature,bugfix,misc}",
);
const isGenerator = globsAnyCase(
  "{.,}{release-please-config,.release-please-manifest,.releaserc}{,.json,.yml,.yaml,.js}",
  "{cliff.toml,.cliff.toml,.changie.yaml,.chglog/config.yml}",
  ".github/{release.yml,release.yaml,release-drafter.yml,release-drafter.yaml,release-drafter-config.yml}",
);
const isWorkflow = globsAnyCase(".github/workflows/*.{yml,yaml}");
const WRITES_NOTES =
  /^[^#\n]{0,300}(release-please-action|semantic-release|git-cliff|release-drafter\/release-drafter|generate_release_notes: *true|generateReleaseNotes: *true|--generate-notes|(--notes(-file)?|-F|body_path:|body:|bodyFile:)[ =]{0,5}\S{0,80}(change|notes|news))/im;
const TOOL = ["towncrier", "scriv", "semantic_release", "git-cliff", "changelogged"];
const URL_NAME = /change|release.?notes|history|what'?s.?new|news/i;
const VERSION = /(?:^|[^\w.])v?(\d+\.\d+(?:\.\d+)*)(?![\w.]*(?:dev|rc|[ab]\d))/i;
/** Above this a file plainly has entries, and reading it would cost more than it tells. */
const MOST_BYTES = 200_000;

/** Where users read what changed. */
export const changelog = defineFact({
  spans: "repository",
  uses: { pyprojects },
  reads: (path, tree) => isWorkflow(path) || isCandidate(path, tree),
  select: (entries) => {
    const files = entries.filter(({ path }) => !isWorkflow(path));
    const first = nearest(files);
    const isWorthReading = ({ path, size }: { path: string; size: number | null }): boolean =>
      isWorkflow(path) || (path === first && (size ?? 0) <= MOST_BYTES);
    return entries.filter(isWorthReading);
  },
  readsBeginnings: true,
  parse: ({ path, text }): Omit<Changelog, "path"> | undefined =>
    isWorkflow(path) ? inWorkflow(text) : inFile(path, text),
  combine: ({ files, unread, tree, uses }): Changelogs => {
    const read = new Map(files.map(({ path, parsed }) => [path, parsed]));
    const paths = tree.paths.filter((path) => tree.isFirstParty(path));
    const candidates = tree.paths.filter((path) => isCandidate(path, tree));
    const first = nearest(candidates.map((path) => ({ path, size: tree.sizeOf(path) })));
    const own = uses.pyprojects.files.filter(({ path }) => folderOf(path) === "");
    const tools = own.flatMap(({ path, data }) =>
      (data.get("tool")?.entries ?? [])
        .filter(({ key }) => TOOL.includes(key))
        .map(({ line }) => ({ path, ...known("generated", line) })),
    );
    const links = uses.pyprojects.files.flatMap(({ path, data }) =>
      [data.get("project", "urls"), data.get("tool", "poetry", "urls")]
        .flatMap((urls) => urls?.entries ?? [])
        .filter(({ key }) => URL_NAME.test(key))
        .map(({ line }) => ({ path, ...known("link", line) })),
    );
    const generators = paths.filter((path) => isGenerator(path)).map((path) => ({ path, ...known("generated", 1) }));
    const workflows = files.flatMap(({ path, parsed }) => (isWorkflow(path) && parsed ? [{ path, ...parsed }] : []));
    const fragments = paths
      .filter((path) => isFragment(path))
      .slice(0, 1)
      .map((path) => ({ path, ...known("fragments", 1) }));
    const folder = paths.find((path) => isFolder(path));
    return {
      found: [
        ...(first ? [{ path: first, ...known("file", 1), ...read.get(first) }] : []),
        ...(folder && !first ? [{ path: folder, ...known("file", 1) }] : []),
        ...fragments,
        ...tools,
        ...generators,
        ...workflows,
        ...links,
      ],
      version: own.flatMap(({ data }) =>
        releaseOf((data.get("project", "version") ?? data.get("tool", "poetry", "version"))?.text),
      )[0],
      unread: unread.filter(({ path }) => !isWorkflow(path)),
    };
  },
});

function isCandidate(path: string, tree: Tree): boolean {
  return (
    isFile(path) &&
    tree.isFirstParty(path) &&
    !/(^|\/)(tests?|examples?|fixtures|debian|deb|rpm|contribut\w*|develop\w*)\//i.test(path) &&
    !tree.hasFolder(path)
  );
}

/** Nearest to the root; of one folder the one that is called a change log; an empty file only where there is no other. */
function nearest(entries: readonly Pick<TreeEntry, "path" | "size">[]): string | undefined {
  const rank = ({ path, size }: Pick<TreeEntry, "path" | "size">): number =>
    (size === 0 ? 1000 : 0) + path.split("/").length * 10 + (/^change/i.test(nameOf(path)) ? 0 : 1);
  return [...entries].sort((a, b) => rank(a) - rank(b))[0]?.path;
}

function known(kind: Changelog["kind"], line: number): Omit<Changelog, "path"> {
  return { kind, line, newest: undefined, hasUnreleased: false, isEmpty: false };
}

function inWorkflow(text: string): Omit<Changelog, "path"> | undefined {
  const found = WRITES_NOTES.exec(text);
  return found ? known("generated", text.slice(0, found.index + found[0].length).split("\n").length) : undefined;
}

function inFile(path: string, text: string): Omit<Changelog, "path"> {
  const sections = readSections(path, text);
  const hasLines = (section: Section): boolean => section.lines.length > 0;
  const numbered = sections.flatMap(({ title, line }) => {
    const version = VERSION.exec(title)?.[1];
    return version === undefined ? [] : [{ version, line }];
  });
  return {
    ...known("file", 1),
    newest: numbered.sort((a, b) => compareVersions(b.version, a.version) || a.line - b.line)[0],
    hasUnreleased: sections.some(
      (section) => /unreleased|upcoming|next|main|dev/i.test(section.title) && hasLines(section),
    ),
    isEmpty: !sections.some(hasLines),
  };
}

/** A version as its numbers; none for what is not a release. */
function releaseOf(version: string | undefined): readonly string[] {
  return version !== undefined && /^\d+\.\d+(\.\d+)*$/.test(version) ? [version] : [];
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number)) as [number[], number[]];
  const at = left.findIndex((part, index) => part !== (right[index] ?? 0));
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}
