import type { RepositoryInfo } from "../snapshot/snapshot.ts";
import { defineFact } from "./fact.ts";

/** What is known of the repository beside its files: visibility, owner, default branch. */
export const repositoryInfo = defineFact({
  spans: "repository",
  combine: ({ repository }): RepositoryInfo => repository,
});
