import { defineFact } from "./fact.ts";

/** Files of systems in which changes are approved outside of GitHub's rules. */
const SYSTEMS: readonly (readonly [path: RegExp, system: string])[] = [
  [/^\.gitreview$/, "Gerrit"],
  [/^(\.zuul\.yaml|zuul\.yaml|\.?zuul\.d\/.*)$/, "Zuul"],
  [/^(OWNERS|OWNERS_ALIASES|\.prow\.ya?ml|\.prow\/.*)$/, "Prow"],
  [/^(bors\.toml|\.github\/bors\.toml|rust-bors\.toml)$/, "bors"],
];

/** A system that reviews and merges, whose approvals GitHub's settings do not show. */
export const reviewElsewhere = defineFact({
  spans: "repository",
  combine: ({ tree }): { readonly system: string; readonly path: string } | undefined => {
    for (const [pattern, system] of SYSTEMS) {
      const path = tree.paths.find((one) => pattern.test(one));
      if (path !== undefined) return { system, path };
    }
    return undefined;
  },
});
