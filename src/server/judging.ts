import { createHash } from "node:crypto";
import { rules } from "../../rules/index.ts";
import { changeBetween } from "../engine/change.ts";
import { compare } from "../engine/compare.ts";
import type { Change } from "../engine/comparison.ts";
import type { PythonReader } from "../engine/extraction.ts";
import type { Review } from "../engine/review.ts";
import { reviewSnapshot } from "../engine/review-snapshot.ts";
import { ruleSetVersion } from "../engine/rule-set.ts";
import { createParseCache } from "../facts/parse-cache.ts";
import { MAX_SOURCES } from "../facts/source/sources.ts";
import type { Base } from "../jobs/base.ts";
import type { Judged } from "../jobs/review-job.ts";
import { defaultPolicy } from "../policy/policy.ts";
import { changedPaths } from "../snapshot/changed-paths.ts";
import { createSnapshotCache, githubSnapshot, type RepositoryReader } from "../snapshot/github.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Records } from "../store/records.ts";
import type { RequestedRepository } from "../webhooks/review-request.ts";
import type { ReviewWatch } from "./review-watch.ts";
import type { TenantCaches } from "./tenant-caches.ts";

/** What judging needs beside the repository. */
export interface JudgingParts {
  readonly python: PythonReader;
  readonly records: Pick<Records, "baseReview" | "rememberBaseReview">;
  readonly caches: TenantCaches<Caches>;
}

/** What is kept of an installation's repositories between reviews. */
export function newCaches() {
  return { snapshots: createSnapshotCache(), parsed: createParseCache() };
}

export type Caches = ReturnType<typeof newCaches>;

/** What one review is judged with. */
export interface JudgedRepository {
  readonly repository: RequestedRepository;
  readonly reader: RepositoryReader;
  readonly watched: ReturnType<ReviewWatch["of"]>;
}

/** Judges heads and their bases: a base once, by the same rules, policy and day as the head. */
export function judging({ python, records, caches }: JudgingParts) {
  return async function judge(of: JudgedRepository, headSha: string, base: Base): Promise<Judged> {
    const date = new Date().toISOString().slice(0, 10);
    const { parsed } = caches.of(of.repository.installationId);
    const options = { rules, date, cache: parsed, python };
    const head = await snapshotOf(of, headSha);
    let asked: Promise<Snapshot | null> | undefined;
    const before = (): Promise<Snapshot | null> => (asked ??= baseSnapshot(of, base));
    const changed = async (): Promise<ReadonlySet<string>> => {
      const known = await before();
      return known ? changedPaths(known.tree, head.tree) : new Set();
    };
    const review = await reviewSnapshot(head, { ...options, changed });
    const isInPart = review.lookedAt.sources.of > MAX_SOURCES;
    if (base.isOfBranch && !isInPart) await remember(of, headSha, review);
    const from = await before();
    if (!from) return { review, comparison: null, baseSha: null };
    const change = changeBetween(from.tree, head.tree);
    const judgeBase = (): Promise<Review> => reviewSnapshot(from, options);
    // Of a repository that is read in part the base is read where the change is.
    const baseReview = isInPart
      ? await reviewSnapshot(from, { ...options, changed: async () => pathsAtBase(change) })
      : await judgedOnce(of, from.commit ?? "", date, judgeBase);
    return { review, comparison: compare(review, baseReview, change), baseSha: from.commit };
  };

  async function snapshotOf({ repository, reader, watched }: JudgedRepository, commit: string): Promise<Snapshot> {
    const { installationId, owner, name, visibility, ownerType, defaultBranch } = repository;
    const { snapshots } = caches.of(installationId);
    const info = { name: `${owner}/${name}`, visibility, owner: ownerType, defaultBranch };
    return watched.fetchedBy(await watched.fetching(() => githubSnapshot(reader, info, commit, snapshots)));
  }

  /** Null where there is no base, or a branch was forced away from it and GitHub forgot it. */
  async function baseSnapshot(of: JudgedRepository, base: Base): Promise<Snapshot | null> {
    const commit = await base.commit();
    if (commit === null) return null;
    return snapshotOf(of, commit).catch((error: { status?: number }) => {
      if (base.isOfBranch && (error.status === 404 || error.status === 422)) return null;
      throw error;
    });
  }

  async function judgedOnce(
    of: JudgedRepository,
    commit: string,
    date: string,
    judgeIt: () => Promise<Review>,
  ): Promise<Review> {
    const stored = await records.baseReview(of.repository, commit, inputsOf(date));
    if (stored !== undefined) return JSON.parse(stored) as Review;
    const review = await judgeIt();
    await remember(of, commit, review);
    return review;
  }

  async function remember({ repository }: JudgedRepository, commit: string, review: Review): Promise<void> {
    await records.rememberBaseReview(repository, commit, inputsOf(review.date), JSON.stringify(review));
  }
}

/** What a base's review depends on beside its commit. */
function inputsOf(date: string): string {
  const inputs = JSON.stringify([ruleSetVersion, date, defaultPolicy]);
  return createHash("sha256").update(inputs).digest("hex").slice(0, 16);
}

/** What a change touches, by the names that it had. */
function pathsAtBase({ touched, removed, renames }: Change): ReadonlySet<string> {
  return new Set([...removed, ...[...touched].map((path) => renames.get(path) ?? path)]);
}
