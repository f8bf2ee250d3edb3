import type { Data, Edit } from "../rule.ts";
import { dependabotGaps } from "./dependabot-gaps.ts";
import { defineFact } from "./fact.ts";
import { updateBots } from "./update-bots.ts";
import { isHasty, SETTLED_DAYS } from "./update-coverage.ts";

/** The entries that Dependabot lacks, and those that it has with a week to settle and a group. */
export const updateSettings = defineFact({
  spans: "repository",
  uses: { updateBots, dependabotGaps },
  combine: ({ uses: { updateBots: bots, dependabotGaps: gaps } }): readonly Edit[] => {
    if (bots.renovate || !bots.dependabot) return [];
    const { path, entries } = bots.dependabot;
    const set = (line: number, at: readonly string[], value: Data): Edit => {
      return { kind: "set", path, line, key: "package-ecosystem", at, value };
    };
    return [
      ...gaps.map(({ entry: value }): Edit => ({ kind: "add", path, at: ["updates"], value })),
      ...entries.filter(isHasty).map(({ line }) => set(line, ["cooldown", "default-days"], SETTLED_DAYS)),
      ...entries
        .filter(({ isGrouped, proposesUpdates }) => proposesUpdates && !isGrouped)
        .map(({ line, ecosystem }) => set(line, ["groups"], { [ecosystem]: { patterns: ["*"] } })),
    ];
  },
});
