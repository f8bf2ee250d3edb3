import type { Edit } from "../rule.ts";
import { containerUsers } from "./container-users.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { readTestEngines } from "./source/test-engines.ts";
import { folderOf } from "./tree.ts";

/** A user of its own for each image of root's that needs none of its rights, and keeps no database in a file. */
export const rootlessImages = defineSourceFact({
  spans: "repository",
  uses: { containerUsers },
  extract: readTestEngines,
  combine: ({ files, tree, uses }): readonly Edit[] => {
    // SQLite writes beside the code, which belongs to root.
    const keepers = files.filter(({ parsed }) => parsed.some(({ engine }) => engine === "SQLite"));
    const isBelow = (folder: string, path: string): boolean => folder === "" || path.startsWith(`${folder}/`);
    return uses.containerUsers.images.flatMap(({ path, leavesRoot }): readonly Edit[] => {
      const beside = folderOf(path);
      // A folder of Dockerfiles alone builds from elsewhere.
      const folder = tree.paths.some((one) => one.endsWith(".py") && isBelow(beside, one)) ? beside : "";
      if (!leavesRoot || keepers.some((keeper) => isBelow(folder, keeper.path))) return [];
      return [{ kind: "insert", path, after: leavesRoot.line, lines: leavesRoot.lines }];
    });
  },
});
