import ignore from "ignore";
import { defineFact } from "./fact.ts";
import { checkPatterns } from "./formats/ignore-patterns.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { ancestorsOf, type Exclusion, folderOf, nameOf } from "./tree.ts";

/** Patterns of one file: every path is compared with all of them. */
const MAX_PATTERNS = 200;
/** Longer paths are not compared. */
const MAX_PATH = 500;
/** Patterns of files that list locked versions: these are made by tools, and the project's own all the same. */
const OF_LISTS = /(\.lock|conda-lock\.ya?ml|pylock[\w.*-]*\.toml|requirements[\w.*-]*\.txt)$/i;

/**
 * What the repository itself says is not first-party: paths that `.gitattributes` calls vendored or
 * generated, but for lists of versions, and the skeleton that a copier template renders.
 */
export const attributes = defineFact({
  spans: "repository",
  reads: (path) => nameOf(path) === ".gitattributes" || isCopier(path),
  parse: ({ path, text }): readonly string[] => (isCopier(path) ? skeletonOf(text) : excludedBy(text)),
  combine: ({ files }): Exclusion => {
    const byFolder = Map.groupBy(
      files.filter(({ parsed }) => parsed.length > 0),
      ({ path }) => folderOf(path),
    );
    if (byFolder.size === 0) return () => false;
    const matchers = new Map(
      [...byFolder].map(([folder, own]) => [folder, ignore().add(own.flatMap(({ parsed }) => parsed))]),
    );
    return (path) =>
      path.length <= MAX_PATH &&
      ancestorsOf(path).some((folder) => {
        const below = folder === "" ? path : path.slice(folder.length + 1);
        const patterns = matchers.get(folder);
        return patterns !== undefined && ignore.isPathValid(below) && patterns.ignores(below);
      });
  },
});

function isCopier(path: string): boolean {
  return path === "copier.yml" || path === "copier.yaml";
}

/** @throws FormatError for patterns that cannot be compared with every path. */
function excludedBy(text: string): readonly string[] {
  const patterns = text.split(/\r?\n/).flatMap((line) => {
    const [pattern, ...settings] = line.trim().split(/\s+/);
    const marks = settings.map((setting) => /^linguist-(vendored|generated)(=true)?$/.exec(setting)?.[1]);
    const excludes = marks.includes("vendored") || (marks.includes("generated") && !OF_LISTS.test(pattern ?? ""));
    return pattern && excludes && !pattern.startsWith("#") ? [pattern] : [];
  });
  checkPatterns(patterns, MAX_PATTERNS);
  return patterns;
}

/** The folder that copier renders, as far as it is named literally. */
function skeletonOf(text: string): readonly string[] {
  const folder = parseYamlDocument(text)
    ?.get("_subdirectory")
    ?.text?.replace(/^(\.?\/)+|(?<!\/)\/+$/g, "");
  return folder && /^[\w./-]+$/.test(folder) && folder !== "." ? [`/${folder}/`] : [];
}
