import type { Edit } from "../rule.ts";
import { defineFact } from "./fact.ts";
import { pythonCoverage } from "./python-coverage.ts";
import { versionLists } from "./version-lists.ts";

/** Quotes around the versions that are read as numbers, else the claimed ones that a matrix lacks at its ends. */
export const missingVersions = defineFact({
  uses: { pythonCoverage, versionLists },
  combine: ({ uses: { pythonCoverage: covered, versionLists: lists } }): readonly Edit[] => {
    if (covered.misread.length > 0)
      return covered.misread.map(({ path, line, minor }) => {
        return { kind: "replace", path, line, piece: minor, by: `"${minor}"` };
      });
    return covered.untested.flatMap(({ path, line, minor, end }): readonly Edit[] => {
      // An application is tested on one version, and people say which follows the other.
      const list = end !== "running" && lists.find((one) => one.path === path && one.lines.includes(line));
      if (!list) return [];
      return [{ kind: "add", path, at: list.at, value: minor, before: end === "lowest" ? 0 : undefined }];
    });
  },
});
