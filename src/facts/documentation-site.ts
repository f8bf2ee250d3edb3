import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { packages } from "./packages.ts";
import { systemOf } from "./pipelines/systems.ts";
import { type Readme, readme } from "./readme.ts";
import { targetFiles } from "./target-files.ts";
import { folderOf, nameOf, type Tree } from "./tree.ts";

/** A place that says how the documentation is built. */
export interface SitePlace {
  readonly path: string;
  readonly line: number;
  /** The generator, or what builds it. */
  readonly name: string;
}

export interface DocumentationSite {
  /** The settings of a generator, nearest to the root. */
  readonly generator: SitePlace | undefined;
  /** What builds it: CI, or Read the Docs by a valid file. */
  readonly builds: readonly SitePlace[];
  /** Files of Read the Docs that it refuses, with the reason. */
  readonly refused: readonly (SitePlace & { readonly reason: string })[];
  /** A first page of the documentation, where there are pages without a generator. */
  readonly page: string | undefined;
  readonly readme: string | undefined;
  /** The README, where it is long enough to be the manual, or leads to one. */
  readonly manual: string | undefined;
  /** A package here says on which shelf of an index it belongs. */
  readonly isForAnIndex: boolean;
  readonly unread: readonly UnreadFile[];
}

const GENERATORS: readonly (readonly [matches: (path: string) => boolean, name: string])[] = [
  [globs("**/{doc,docs,documentation,sphinx}/{,*/}conf.py", "conf.py"), "Sphinx"],
  [globs("{,doc?(s)/,documentation/,website/}{mkdocs,properdocs}{,.*}.{yml,yaml}"), "MkDocs"],
  [globs("{,*/}zensical.toml"), "Zensical"],
  [globs("{,doc?(s)/,website/}_quarto.{yml,yaml}"), "Quarto"],
  [globs("{,doc?(s)/}{_toc.yml,myst.yml}"), "Jupyter Book"],
  [globs("{,doc?(s)/,website/}{docusaurus.config,.vitepress/config,astro.config}.{js,ts,mjs,mts}"), "a site generator"],
  [globs("{,*/}{docs.json,mint.json}", "{,*/}book.toml", "**/antora.yml", "docs/_config.yml"), "a site generator"],
];
const isReadTheDocs = globs("{,.}readthedocs.{yml,yaml}");
const isPage = globs("{doc,docs,documentation}/**/*.{md,rst,adoc,ipynb}");
/** A command, or an action, that builds or publishes a site, on one line that is no comment. */
const BUILDS =
  /^(?![ \t]*#)[^\n]{0,300}?(\b(sphinx-build|sphinx-multiversion|zensical +build|mkdocs +(build|gh-deploy)|mike +deploy|quarto +(render|publish)|jupyter-book +build|jb +build|pdoc3?|pydoctor|pdoctor)\b|\b(make|tox|nox|hatch|poe|just|task|invoke|pixi|pdm|uv|npm|yarn)\b[^\n#]{0,120}[ :,=]((build|test|check|publish|deploy|ci)[-_])?(docs?|html|dirhtml|linkcheck|documentation)\b|(sphinx-action|actions-gh-pages|deploy-pages|upload-pages-artifact|mkdocs-deploy\S*|github-pages-deploy-action|publish-sphinx\S*)@|-docs-pti\b|-tox-docs\b)/im;

/** Letters of prose from which on a README is a manual. */
const MANUAL = 1500;

type Parsed = { readonly build: SitePlace | undefined } | { readonly refused: DocumentationSite["refused"][number] };

/** The site with the reference documentation: what generates it, and what builds it. */
export const documentationSite = defineFact({
  spans: "repository",
  uses: { targetFiles, readme, packages },
  reads: (path, tree) => (isReadTheDocs(path) || isPipeline(path)) && tree.isFirstParty(path),
  parse: ({ path, text }): Parsed =>
    isReadTheDocs(path) ? readTheDocs(path, text) : { build: inPipeline(path, text) },
  combine: ({ files, unread, tree, uses }): DocumentationSite => ({
    generator: generatorOf(tree),
    builds: [
      ...files.flatMap(({ parsed }) => ("build" in parsed && parsed.build ? [parsed.build] : [])),
      ...[...uses.targetFiles.files].flatMap(([path, file]) =>
        file.kind === "shell"
          ? [...file.targets.values()].flat().flatMap(({ text }) => inPipeline(path, text) ?? [])
          : [],
      ),
    ],
    refused: files.flatMap(({ parsed }) => ("refused" in parsed ? [parsed.refused] : [])),
    page: tree.paths.find((path) => isPage(path) && tree.isFirstParty(path)),
    readme: uses.readme.readme?.path,
    manual: isManual(uses.readme.readme) ? uses.readme.readme?.path : undefined,
    isForAnIndex: uses.packages.all.some(({ classifiers }) => classifiers.length > 0),
    // Where no generator is set up, no script can run one.
    unread: [
      ...unread,
      ...(generatorOf(tree) ? [...uses.targetFiles.unread].map(([path, reason]) => ({ path, reason })) : []),
    ],
  }),
});

function isManual(found: Readme | undefined): boolean {
  return found !== undefined && (found.proseLength >= MANUAL || found.linksToSite);
}

function isPipeline(path: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) || systemOf(path) !== undefined;
}

function generatorOf(tree: Tree): SitePlace | undefined {
  const found = tree.paths.flatMap((path) => {
    const [, name] = GENERATORS.find(([matches]) => matches(path)) ?? [];
    return name && tree.isFirstParty(path) && !/(^|\/)(tests?|examples?|fixtures)\//.test(path)
      ? [{ path, line: 1, name }]
      : [];
  });
  return found.sort((a, b) => folderOf(a.path).length - folderOf(b.path).length)[0];
}

/** Read the Docs refuses what does not say its version, its system and its tools. */
function readTheDocs(path: string, text: string): Parsed {
  const data = parseYamlDocument(text);
  const refused = (line: number, reason: string): Parsed => ({
    refused: { path, line, name: nameOf(path), reason },
  });
  if (data?.kind !== "map") return refused(1, "it is empty");
  const version = data.get("version");
  if (version?.text !== "2") return refused(version?.line ?? 1, "it does not say version: 2");
  const build = data.get("build");
  const former = build?.has("image") ? "build.image" : data.get("python", "version") && "python.version";
  if (!build?.has("os") && former)
    return refused(data.lineOfKey("build") ?? 1, `it does not say build.os, and ${former} is no key any more`);
  if (!build?.has("os")) return refused(data.lineOfKey("build") ?? 1, "it does not say build.os");
  if (!build.has("tools") && !build.has("commands"))
    return refused(data.lineOfKey("build") ?? 1, "it does not say build.tools");
  return { build: { path, line: data.lineOfKey("build") ?? 1, name: "Read the Docs" } };
}

function inPipeline(path: string, text: string): SitePlace | undefined {
  const found = BUILDS.exec(text);
  if (!found) return undefined;
  return { path, line: text.slice(0, found.index + found[0].length).split("\n").length, name: "CI" };
}
