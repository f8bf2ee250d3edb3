import { defineFact } from "./fact.ts";
import { packages } from "./packages.ts";
import { folderOf } from "./tree.ts";

/** What the package nearest to the component's root says of itself, over all manifests of its folder. */
export interface PackageMetadata {
  readonly path: string;
  /** Of the section that describes it. */
  readonly line: number;
  readonly hasPython: boolean;
  /** Keys of `[build-system]` that are missing. */
  readonly unbuilt: readonly string[];
  /** Parts that describe it and are missing. */
  readonly undescribed: readonly string[];
  /** How many parts describe a package. */
  readonly describable: number;
  /** True where a program makes the metadata, so that it may state more. */
  readonly isComputed: boolean;
}

const BUILD_KEYS = ["requires", "build-backend"] as const;
const DESCRIPTIVE = ["version", "description", "readme", "license", "urls"] as const;

/** The metadata of the component's package; undefined where no manifest describes one. */
export const packageMetadata = defineFact({
  uses: { packages },
  combine: ({ uses }): PackageMetadata | undefined => {
    const [nearest] = uses.packages.all;
    if (!nearest) return undefined;
    const described = uses.packages.all.filter(({ path }) => folderOf(path) === folderOf(nearest.path));
    const states = new Set(described.flatMap((one) => [...one.states]));
    const keys = new Set(described.flatMap(({ buildSystem }) => [...buildSystem]));
    return {
      path: nearest.path,
      line: nearest.line,
      hasPython: states.has("requires-python"),
      unbuilt: BUILD_KEYS.filter((key) => !keys.has(key)),
      undescribed: DESCRIPTIVE.filter((part) => !states.has(part)),
      describable: DESCRIPTIVE.length,
      isComputed: described.some((one) => one.isComputed),
    };
  },
});
