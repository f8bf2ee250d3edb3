import { createHash } from "node:crypto";
import type { CataloguedRule } from "../rule.ts";
import type { Notice } from "./assessment.ts";
import { checkedAttestations } from "./attestations.ts";
import { type Complaint, POLICY_PATH } from "./document.ts";
import { floorOf, heldTo } from "./floor.ts";
import { layered, type Origins } from "./layers.ts";
import type { Policy } from "./policy.ts";
import {
  complaining,
  joined,
  type LayerReader,
  layerReader,
  type OrganisationFiles,
  type PolicyFiles,
  type ReadLayers,
} from "./read-layers.ts";
import { checkedWaivers } from "./waivers.ts";

/** All that the policy of one repository is made of. */
export interface PolicySources {
  /** Its own files, at the base. */
  readonly files: PolicyFiles;
  /** Those of the last commit of the same branch whose policy could be used. */
  readonly last?: { readonly files: PolicyFiles; readonly commit: string };
  readonly organisation?: OrganisationFiles;
  /** ISO day that expiry is counted from. */
  readonly date: string;
}

/** What holds for a repository, and why. */
export interface EffectivePolicy {
  readonly policy: Policy;
  readonly notices: readonly Notice[];
  /** Where each value that is not the default comes from. */
  readonly origins: Origins;
  /** The same policy has the same hash, wherever it was written. */
  readonly hash: string;
  /** False where its own files could not be used as a whole. */
  readonly isValid: boolean;
  /** Files of the organisation that it builds on, and that were not among the sources. */
  readonly wanted: readonly string[];
  /** Whether the organisation has a policy; null where there is no organisation, or nobody looked. */
  readonly organisation: "found" | "absent" | null;
}

/** Makes policies. */
export interface PolicyMaker {
  policyOf(sources: PolicySources): EffectivePolicy;
  /** Whether an organisation's files can be used as a whole, and what else they build on. */
  check(organisation: OrganisationFiles): Pick<ReadLayers, "isValid" | "wanted" | "complaints">;
}

/** Makes policies for this catalogue. */
export function policyMaker(rules: readonly CataloguedRule[]): PolicyMaker {
  const reader = layerReader(rules);
  const formerly = new Map(rules.flatMap(({ id, rule }) => (rule.formerly ?? []).map((old) => [old, id])));
  const idOf = (id: string): string => formerly.get(id) ?? id;
  const catalogue = new Map(rules.map(({ id, rule }) => [id, rule.severity]));

  return {
    check: (organisation) => reader.shared(organisation),
    policyOf(sources) {
      const { isValid, ...own } = ownOrLast(reader, sources);
      const organisation = organisationOf(reader, sources, own);
      const all = joined(organisation, { ...own, isValid });
      const ofOrganisation = layered(organisation.layers, idOf).policy;
      const floor = floorOf(organisation.layers, ofOrganisation, rules, idOf);
      const held = heldTo(layered(all.layers, idOf), ofOrganisation, floor);
      const severityOf = (id: string) => held.policy.rules[id]?.severity ?? catalogue.get(id) ?? "medium";
      const checked = checkedWaivers(held.policy.waivers, severityOf, sources.date);
      const attested = checkedAttestations(held.policy.attestations, sources.date);
      const policy = { ...held.policy, waivers: checked.waivers, attestations: attested.attestations };
      const complaints = [all, held, checked, attested].flatMap((part) => part.complaints);
      return {
        policy,
        origins: held.origins,
        hash: hashOf(policy),
        isValid,
        wanted: all.wanted,
        organisation: sources.organisation ? presenceOf(sources.organisation) : null,
        notices: complaints.map(noticeOf),
      };
    },
  };
}

/** The repository's own layer; where it cannot be used, the last one that could, and no other is invented. */
function ownOrLast(reader: LayerReader, { files, last, organisation }: PolicySources): ReadLayers {
  const own = reader.own(files);
  if (own.isValid) return own;
  // What else was wrong with the old one was said when it was new.
  const layers = last ? reader.own(last.files).layers : [];
  const instead = layers[0]
    ? `The last policy that could be used, of commit ${last?.commit.slice(0, 7)}, holds until it is mended.`
    : `${organisation ? "The organisation's policy" : "The default policy"} holds until it is mended.`;
  const at = { path: own.complaints[0]?.path ?? "", line: null };
  return { ...joined(own, complaining(instead, at)), layers };
}

/** The organisation's layers, and those that the repository asks for. */
function organisationOf(
  reader: LayerReader,
  { organisation }: PolicySources,
  own: Omit<ReadLayers, "isValid">,
): ReadLayers {
  const shared = organisation ? reader.shared(organisation) : undefined;
  const extended = own.layers.map((layer) => reader.extendedBy(layer, organisation));
  const enforcing = own.layers
    .filter(({ data }) => data.enforce)
    .map(({ path, lineOf }) => complaining(ENFORCES_NOTHING, { path, line: lineOf(["enforce"]) }));
  const stale = organisation?.stale
    ? [complaining(organisation.stale, { path: organisation.repository, line: null })]
    : [];
  return [...stale, ...(shared ? [shared] : []), ...extended, ...enforcing].reduce(joined, {
    layers: [],
    complaints: [],
    isValid: true,
    wanted: [],
  });
}

function presenceOf({ files }: OrganisationFiles): "found" | "absent" {
  return files[POLICY_PATH] ? "found" : "absent";
}

const ENFORCES_NOTHING = "enforce has an effect in the organisation's .github repository alone.";

function noticeOf({ message, path, line }: Complaint): Notice {
  return { kind: "error", message, path, line };
}

/** Where a value was written is no part of what holds. */
function hashOf({ waivers, attestations, rules, ...rest }: Policy): string {
  const plain = {
    ...rest,
    rules: Object.entries(rules).map(([id, { off, severity }]) => [id, off, severity]),
    waivers: waivers.map(({ origin: _, ...waiver }) => waiver),
    ...(attestations.length > 0 && { attestations: attestations.map(({ origin: _, ...attestation }) => attestation) }),
  };
  return createHash("sha256").update(JSON.stringify(plain)).digest("hex").slice(0, 16);
}
