import { createParseCache } from "../facts/parse-cache.ts";
import type { AdvisorySource } from "../snapshot/advisories.ts";
import { createSnapshotCache, githubSnapshot, type RepositoryReader } from "../snapshot/github.ts";
import type { RepositorySettings } from "../snapshot/settings.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { RequestedRepository } from "../webhooks/review-request.ts";
import type { OrganisationReader } from "./organisation-policies.ts";
import type { ReviewWatch } from "./review-watch.ts";
import type { TenantCaches } from "./tenant-caches.ts";

/** What one review is judged with. */
export interface JudgedRepository {
  readonly repository: RequestedRepository;
  readonly reader: RepositoryReader;
  readonly watched: ReturnType<ReviewWatch["of"]>;
  /** What GitHub told of it beside its files. */
  readonly settings: RepositorySettings;
  /** What is known of locked versions; absent where none is read. */
  readonly advisories?: AdvisorySource;
  /** Reads the `.github` repository of its organisation. */
  organisation(): Promise<OrganisationReader>;
}

/** What is kept of an installation's repositories between reviews. */
export function newCaches() {
  return { snapshots: createSnapshotCache(), parsed: createParseCache() };
}

export type Caches = ReturnType<typeof newCaches>;

/** What an entry of a tree weighs, in characters of source. */
const TREE_ENTRY = 200;

/** What they hold, in characters of source. */
export function weightOf({ snapshots: { trees, blobs }, parsed }: Caches): number {
  return trees.calculatedSize * TREE_ENTRY + blobs.calculatedSize + parsed.weight;
}

/** Reads a repository at a commit, with what its installation's caches hold of it. */
export type SnapshotOf = (of: JudgedRepository, commit: string) => Promise<Snapshot>;

/** Snapshots from GitHub, each reading watched. */
export function snapshotsFrom(caches: TenantCaches<Caches>): SnapshotOf {
  return async ({ repository, reader, watched, settings }, commit) => {
    const { installationId, owner, name, visibility, ownerType, defaultBranch } = repository;
    const { snapshots } = caches.of(installationId);
    const info = { name: `${owner}/${name}`, visibility, owner: ownerType, defaultBranch };
    const files = watched.fetchedBy(await watched.fetching(() => githubSnapshot(reader, info, commit, snapshots)));
    return { ...files, settings };
  };
}

/** The ISO day that end-of-life and expiry are counted from. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
