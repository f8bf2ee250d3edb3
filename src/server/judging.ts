import { createHash } from "node:crypto";
import { rules } from "../../rules/index.ts";
import { changeBetween } from "../engine/change.ts";
import type { Change } from "../engine/comparison.ts";
import type { PythonReader } from "../engine/extraction.ts";
import type { Review } from "../engine/review.ts";
import { type BaseSource, isMoreThanRead, reviewChange } from "../engine/review-change.ts";
import { reviewSnapshot } from "../engine/review-snapshot.ts";
import { ruleSetVersion } from "../engine/rule-set.ts";
import { silences, trusted } from "../engine/trusted.ts";
import { createParseCache } from "../facts/parse-cache.ts";
import type { Base } from "../jobs/base.ts";
import type { PolicyPlace } from "../jobs/policy-place.ts";
import type { Judged } from "../jobs/review-job.ts";
import { OWN_RULES_PATH } from "../own-rules/read.ts";
import type { Notice } from "../policy/assessment.ts";
import { changeNotices, silencingNotices } from "../policy/changes.ts";
import { type EffectivePolicy, policyMaker } from "../policy/policy-of.ts";
import { policyPaths } from "../policy/read-layers.ts";
import { reviewNotices } from "../policy/review-notices.ts";
import type { CataloguedRule } from "../rule.ts";
import type { AdvisorySource } from "../snapshot/advisories.ts";
import { createSnapshotCache, githubSnapshot, type RepositoryReader } from "../snapshot/github.ts";
import type { RepositorySettings } from "../snapshot/settings.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Records } from "../store/records.ts";
import type { RequestedRepository } from "../webhooks/review-request.ts";
import {
  type OrganisationPolicyParts,
  type OrganisationReader,
  organisationPolicies,
} from "./organisation-policies.ts";
import { type OwnRulesHeld, ownRulesAt, ownRulesNotices } from "./own-rules.ts";
import { type PolicyParts, type PolicyReading, policyOwners, repositoryPolicies } from "./policies.ts";
import type { ReviewWatch } from "./review-watch.ts";
import type { TenantCaches } from "./tenant-caches.ts";

/** What judging needs beside the repository. */
export interface JudgingParts {
  readonly python: PythonReader;
  readonly records: Pick<Records, "baseReview" | "rememberBaseReview" | "advisoriesChanged"> &
    PolicyParts["records"] &
    OrganisationPolicyParts["records"];
  readonly caches: TenantCaches<Caches>;
}

/** What is kept of an installation's repositories between reviews. */
export function newCaches() {
  return { snapshots: createSnapshotCache(), parsed: createParseCache() };
}

/** What an entry of a tree weighs, in characters of source. */
const TREE_ENTRY = 200;

/** What they hold, in characters of source. */
export function weightOf({ snapshots: { trees, blobs }, parsed }: Caches): number {
  return trees.calculatedSize * TREE_ENTRY + blobs.calculatedSize + parsed.weight;
}

export type Caches = ReturnType<typeof newCaches>;

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

/** Judges heads and their bases: a base once, by the same rules, policy and day as the head. */
export function judging({ python, records, caches }: JudgingParts) {
  const maker = policyMaker(rules);
  const policies = repositoryPolicies({ maker, records });
  const organisations = organisationPolicies({ maker, records });

  /** Where a policy stands, and what it says; rules of one's own are part of it. */
  async function policyAt(of: JudgedRepository, place: PolicyPlace): Promise<EffectivePolicy> {
    const snapshot = await standingAt(of, place);
    const policy = await policies.policyIn(snapshot, readingOf(of, place));
    const { key, notices } = await ownRules(of, place);
    return { ...policy, hash: `${policy.hash}${key}`, notices: [...policy.notices, ...notices] };
  }

  async function standingAt(of: JudgedRepository, { commit }: PolicyPlace): Promise<Snapshot | null> {
    return commit === null ? null : snapshotOf(of, commit);
  }

  async function ownRules(of: JudgedRepository, place: PolicyPlace): Promise<OwnRulesHeld> {
    return ownRulesAt(await standingAt(of, place), await readingOf(of, place).organisation([]));
  }

  /** The policy that a snapshot brings, whatever stood there before. */
  const policyIn = (of: JudgedRepository, place: PolicyPlace, snapshot: Snapshot): Promise<EffectivePolicy> =>
    policies.policyOfHead(snapshot, readingOf(of, place));

  async function judge(of: JudgedRepository, headSha: string, base: Base, place: PolicyPlace): Promise<Judged> {
    const date = today();
    const { parsed } = caches.of(of.repository.installationId);
    const { advisories } = of;
    const around = await surroundingsOf(of);
    const whole = await snapshotOf(of, headSha);
    const standing = place.isOfChange && place.commit !== null ? await snapshotOf(of, place.commit) : null;
    const head = standing ? trusted(whole, standing) : whole;
    let policy: Promise<EffectivePolicy> | undefined;
    // Asked once the head was read: then most of what it is made of is known.
    const effective = (): Promise<EffectivePolicy> => (policy ??= policyAt(of, place));
    const terms = async () => (await effective()).policy;
    // Asked before the head is read: these rules read files of their own.
    const own = await ownRules(of, place);
    const all = [...rules, ...own.rules];
    const options = { rules: all, date, cache: parsed, python, terms, ...(advisories && { advisories }) };
    let asked: Promise<Snapshot | null> | undefined;
    const before = (): Promise<Snapshot | null> => (asked ??= baseSnapshot(of, base));
    const source: BaseSource = {
      isProposed: standing !== null,
      snapshot: async () => {
        const from = await before();
        return from && standing ? trusted(from, standing) : from;
      },
      review: async (from, judgeBase) =>
        judgedOnce(of, from, inputsOf(from, date, (await effective()).hash, around), judgeBase),
    };
    const { review, comparison } = await reviewChange(head, source, options);
    const held = await effective();
    if (base.isOfBranch && !isMoreThanRead(head))
      await remember(of, headSha, inputsOf(head, date, held.hash, around), review);
    const from = await before();
    const told = [...held.notices, ...reviewNotices(held.policy, review)];
    if (!from) return { review, comparison, baseSha: null, policy: held, notices: told };
    const change = changeBetween(from.tree, whole.tree);
    const ofChange = standing
      ? await changesOf(of, { whole, head, standing, change, held, review, place, rules: all })
      : [];
    return { review, comparison, baseSha: from.commit, policy: held, notices: [...told, ...ofChange] };
  }

  /** What a change does to the policy and to files that silence findings: told, and never applied to itself. */
  async function changesOf(of: JudgedRepository, brought: BroughtChange): Promise<readonly Notice[]> {
    const { whole, head, standing, change, held, review, place } = brought;
    const paths = [...change.touched, ...change.removed].sort();
    const silencing = [...silencingNotices(paths.filter(silences)), ...ownRulesNotices(paths)];
    if (!policyPaths.some((path) => paths.includes(path))) return silencing;
    const after = await policyIn(of, place, whole);
    const { parsed } = caches.of(of.repository.installationId);
    const terms = async () => after.policy;
    const { advisories } = of;
    const reviewAfter =
      after.hash === held.hash
        ? review
        : await reviewSnapshot(head, {
            ...{ rules: brought.rules, date: review.date, cache: parsed, python, terms },
            ...(advisories && { advisories }),
          });
    const owners = await policyOwners(standing);
    return [...changeNotices({ before: held, after, review, reviewAfter, owners }), ...silencing];
  }

  function readingOf({ repository, organisation }: JudgedRepository, { branch, isTip }: PolicyPlace): PolicyReading {
    const { installationId, owner, ownerType, name } = repository;
    const cache = caches.of(installationId).snapshots;
    return {
      repository,
      branch,
      isTip,
      date: today(),
      organisation: async (also) =>
        ownerType === "organization"
          ? organisations({ installationId, owner, isChanged: name === ".github", cache, client: organisation }, [
              ...also,
              OWN_RULES_PATH,
            ])
          : undefined,
    };
  }

  /** What names the state of all that is known beside the files: a base is judged again when more is. */
  async function surroundingsOf({ repository, settings, advisories }: JudgedRepository) {
    const changed = advisories ? await records.advisoriesChanged(repository.installationId) : null;
    return [settings.readAt, changed];
  }

  async function snapshotOf(of: JudgedRepository, commit: string): Promise<Snapshot> {
    const { repository, reader, watched, settings } = of;
    const { installationId, owner, name, visibility, ownerType, defaultBranch } = repository;
    const { snapshots } = caches.of(installationId);
    const info = { name: `${owner}/${name}`, visibility, owner: ownerType, defaultBranch };
    const files = watched.fetchedBy(await watched.fetching(() => githubSnapshot(reader, info, commit, snapshots)));
    return { ...files, settings };
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
    { commit }: Snapshot,
    inputs: string,
    judgeIt: () => Promise<Review>,
  ): Promise<Review> {
    if (commit === null) return judgeIt();
    const stored = await records.baseReview(of.repository, commit, inputs);
    if (stored !== undefined) return JSON.parse(stored) as Review;
    const review = await judgeIt();
    await remember(of, commit, inputs, review);
    return review;
  }

  async function remember({ repository }: JudgedRepository, commit: string, inputs: string, review: Review) {
    await records.rememberBaseReview(repository, commit, inputs, JSON.stringify(review));
  }

  return { judge, policyAt, policyIn, ownRules, snapshotOf };
}

/** What is at hand where the changes to a policy are told. */
interface BroughtChange {
  readonly whole: Snapshot;
  /** The same with what silences findings as it stands at the base. */
  readonly head: Snapshot;
  /** Where the policy stands that holds. */
  readonly standing: Snapshot;
  readonly change: Change;
  readonly held: EffectivePolicy;
  readonly review: Review;
  readonly place: PolicyPlace;
  readonly rules: readonly CataloguedRule[];
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Raised when a review says something that it did not say before: older ones are then judged again. */
const SHAPE = 2;

/** What a base's review depends on beside its commit: what silences findings in it may be of another. */
function inputsOf({ tree }: Snapshot, date: string, policyHash: string, around: readonly (string | null)[]): string {
  const silencing = tree.filter(({ path }) => silences(path)).map(({ path, sha }) => [path, sha]);
  const inputs = JSON.stringify([SHAPE, ruleSetVersion, date, policyHash, ...around, silencing]);
  return createHash("sha256").update(inputs).digest("hex").slice(0, 16);
}
