import { rules } from "../../rules/index.ts";
import type { PolicyPlace } from "../jobs/policy-place.ts";
import { OWN_RULES_PATH } from "../own-rules/read.ts";
import { type EffectivePolicy, policyMaker } from "../policy/policy-of.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { type Caches, type JudgedRepository, type SnapshotOf, today } from "./judged-repository.ts";
import { type OrganisationPolicyParts, organisationPolicies } from "./organisation-policies.ts";
import { type OwnRulesHeld, ownRulesAt } from "./own-rules.ts";
import { type PolicyParts, type PolicyReading, repositoryPolicies } from "./policies.ts";
import type { TenantCaches } from "./tenant-caches.ts";

/** What finding the policy of a review needs beside the repository. */
export interface StandingPolicyParts {
  readonly records: PolicyParts["records"] & OrganisationPolicyParts["records"];
  readonly caches: TenantCaches<Caches>;
  readonly snapshotOf: SnapshotOf;
}

/** The policies and rules of one's own that stand in a place, under those of the organisation. */
export interface StandingPolicies {
  /** What the policy there says; rules of one's own are part of it. */
  policyAt(of: JudgedRepository, place: PolicyPlace): Promise<EffectivePolicy>;
  /** The policy that a snapshot brings, whatever stood there before. */
  policyIn(of: JudgedRepository, place: PolicyPlace, snapshot: Snapshot): Promise<EffectivePolicy>;
  ownRules(of: JudgedRepository, place: PolicyPlace): Promise<OwnRulesHeld>;
}

/** Reads them from GitHub, with what each falls back to. */
export function standingPolicies({ records, caches, snapshotOf }: StandingPolicyParts): StandingPolicies {
  const maker = policyMaker(rules);
  const policies = repositoryPolicies({ maker, records });
  const organisations = organisationPolicies({ maker, records });

  async function policyAt(of: JudgedRepository, place: PolicyPlace): Promise<EffectivePolicy> {
    const policy = await policies.policyIn(await standingAt(of, place), readingOf(of, place));
    const { key, notices } = await ownRules(of, place);
    return { ...policy, hash: `${policy.hash}${key}`, notices: [...policy.notices, ...notices] };
  }

  async function ownRules(of: JudgedRepository, place: PolicyPlace): Promise<OwnRulesHeld> {
    return ownRulesAt(await standingAt(of, place), await readingOf(of, place).organisation([]));
  }

  async function standingAt(of: JudgedRepository, { commit }: PolicyPlace): Promise<Snapshot | null> {
    return commit === null ? null : snapshotOf(of, commit);
  }

  function readingOf({ repository, organisation }: JudgedRepository, { branch, isTip }: PolicyPlace): PolicyReading {
    const { installationId, owner, ownerType, name } = repository;
    const cache = caches.of(installationId).snapshots;
    const asked = { installationId, owner, isChanged: name === ".github", cache, client: organisation };
    return {
      ...{ repository, branch, isTip, date: today() },
      organisation: async (also) =>
        ownerType === "organization" ? organisations(asked, [...also, OWN_RULES_PATH]) : undefined,
    };
  }

  return {
    policyAt,
    policyIn: (of, place, snapshot) => policies.policyOfHead(snapshot, readingOf(of, place)),
    ownRules,
  };
}
