import ignore from "ignore";
import { defineFact } from "./fact.ts";
import { type Exclusion, folderOf, nameOf } from "./tree.ts";

/** `.gitattributes`: what linguist is told to be vendored or generated is not first-party. */
export const attributes = defineFact({
  spans: "repository",
  reads: (path) => nameOf(path) === ".gitattributes",
  parse: ({ text }): readonly string[] =>
    text.split(/\r?\n/).flatMap((line) => {
      const [pattern, ...settings] = line.trim().split(/\s+/);
      const excludes = settings.some((setting) => /^linguist-(vendored|generated)(=true)?$/.test(setting));
      return pattern && excludes && !pattern.startsWith("#") ? [pattern] : [];
    }),
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
