import ignore from "ignore";
import { defineFact } from "./fact.ts";
import { parseYamlDocument } from "./formats/yaml.ts";
import { type Exclusion, folderOf, nameOf } from "./tree.ts";

/**
 * What the repository itself says is not first-party: paths that `.gitattributes` calls vendored or
 * generated, and the skeleton that a copier template renders.
 */
export const attributes = defineFact({
  spans: "repository",
  reads: (path) => nameOf(path) === ".gitattributes" || isCopier(path),
  parse: ({ path, text }): readonly string[] => (isCopier(path) ? skeletonOf(text) : excludedBy(text)),
  combine: ({ files }): Exclusion => {
    const matchers = files
      .filter(({ parsed }) => parsed.length > 0)
      .map(({ path, parsed }) => ({ folder: folderOf(path), patterns: ignore().add([...parsed]) }));
    return (path) =>
      matchers.some(({ folder, patterns }) => {
        const below = folder === "" ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : "";
        return below !== "" && ignore.isPathValid(below) && patterns.ignores(below);
      });
  },
});

function isCopier(path: string): boolean {
  return path === "copier.yml" || path === "copier.yaml";
}

function excludedBy(text: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [pattern, ...settings] = line.trim().split(/\s+/);
    const excludes = settings.some((setting) => /^linguist-(vendored|generated)(=true)?$/.test(setting));
    return pattern && excludes && !pattern.startsWith("#") ? [pattern] : [];
  });
}

/** The folder that copier renders, as far as it is named literally. */
function skeletonOf(text: string): readonly string[] {
  const folder = parseYamlDocument(text)
    ?.get("_subdirectory")
    ?.text?.replace(/^(\.?\/)+|\/+$/g, "");
  return folder && /^[\w./-]+$/.test(folder) && folder !== "." ? [`/${folder}/`] : [];
}
