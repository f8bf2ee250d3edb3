import type { Edit } from "../rule.ts";
import { defineFact } from "./fact.ts";
import { imageUses } from "./image-uses.ts";
import { pythonVersions } from "./python-versions.ts";

/** Python's official image: of it a file may say the version, and the kind (`slim`, `alpine`) stays. */
const FLOATING_PYTHON =
  /^((?:docker\.io\/)?(?:library\/)?python)(?::(?:latest|3|(?:3-)?((?:slim|alpine|bookworm|trixie)(?:-[a-z]+)?)))?$/;

/** Floating images of Python at the one version that the project is developed with, else that alone is tested. */
export const imageVersions = defineFact({
  spans: "repository",
  uses: { imageUses, pythonVersions },
  combine: ({ uses }): readonly Edit[] => {
    const { deployed, tested } = uses.pythonVersions;
    const minors = new Set((deployed.length > 0 ? deployed : tested).map(({ minor }) => minor));
    const [minor] = minors;
    if (!minor || minors.size > 1 || !/^\d+\.\d+$/.test(minor)) return [];
    return uses.imageUses.images.flatMap(({ path, line, text, pinning }): readonly Edit[] => {
      const [, name, kind = ""] = FLOATING_PYTHON.exec(text) ?? [];
      const by = `${name}:${minor}${kind === "" ? "" : `-${kind}`}`;
      return name && pinning === "floating" ? [{ kind: "replace", path, line, piece: text, by }] : [];
    });
  },
});
