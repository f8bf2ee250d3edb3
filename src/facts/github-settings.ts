import type { RepositorySettings } from "../snapshot/settings.ts";
import { defineFact } from "./fact.ts";

export type { RepositorySettings } from "../snapshot/settings.ts";

/** What GitHub tells of the repository beside its files. */
export const githubSettings = defineFact({
  spans: "repository",
  isOfToday: true,
  combine: ({ settings }): RepositorySettings => settings,
});
