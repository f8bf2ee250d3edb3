import { codeOwners, ownersOf } from "../facts/code-owners.ts";
import { FormatError } from "../facts/formats/node.ts";
import { POLICY_PATH } from "../policy/document.ts";
import type { EffectivePolicy, PolicyMaker, PolicySources } from "../policy/policy-of.ts";
import { type OrganisationFiles, type PolicyFiles, policyPaths } from "../policy/read-layers.ts";
import { readPaths } from "../snapshot/read-paths.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Records, RepositoryKey } from "../store/records.ts";

/** What reading the policies of repositories needs. */
export interface PolicyParts {
  readonly maker: PolicyMaker;
  readonly records: Pick<Records, "lastPolicy" | "rememberPolicy">;
}

/** What the policy of a repository is made of. */
export interface PolicyReading {
  readonly repository: RepositoryKey;
  /** The branch whose last policy holds where this one cannot be used; null where none is known. */
  readonly branch: string | null;
  /** True where it stands at the branch's tip, and is remembered. */
  readonly isTip: boolean;
  readonly date: string;
  /** The organisation's files, with more of them where they are built on; undefined where there is none. */
  organisation(also: readonly string[]): Promise<OrganisationFiles | undefined>;
}

/** The policies of repositories, each with what it falls back to. */
export function repositoryPolicies({ maker, records }: PolicyParts) {
  /** The policy that stands in a snapshot; it is remembered for the day when another cannot be used. */
  async function policyIn(snapshot: Snapshot | null, reading: PolicyReading): Promise<EffectivePolicy> {
    const { repository, branch, isTip } = reading;
    const files = snapshot ? await readPaths(snapshot, policyPaths) : {};
    const effective = await complete({ files, date: reading.date }, reading);
    if (branch === null || snapshot?.commit == null) return effective;
    const last = await records.lastPolicy(repository, branch);
    if (!effective.isValid)
      return last
        ? complete({ files, date: reading.date, last: { commit: last.commit, files: filesIn(last.files) } }, reading)
        : effective;
    // Most repositories have no policy, and nothing to remember.
    if (isTip && (last || Object.keys(files).length > 0))
      await records.rememberPolicy(repository, branch, { commit: snapshot.commit, files: JSON.stringify(files) });
    return effective;
  }

  /** The policy that a head brings. */
  async function policyOfHead(head: Snapshot, reading: PolicyReading): Promise<EffectivePolicy> {
    return complete({ files: await readPaths(head, policyPaths), date: reading.date }, reading);
  }

  /** What files of the organisation a policy builds on is known once it was read. */
  async function complete(sources: PolicySources, { organisation }: PolicyReading): Promise<EffectivePolicy> {
    const made = async (also: readonly string[]): Promise<EffectivePolicy> => {
      const files = await organisation(also);
      return maker.policyOf({ ...sources, ...(files && { organisation: files }) });
    };
    const first = await made([]);
    return first.wanted.length > 0 ? made(first.wanted) : first;
  }

  return { policyIn, policyOfHead };
}

const OWNERS_FILES = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/** The code owners of the policy's file; null where nobody could read who they are. */
export async function policyOwners(snapshot: Snapshot): Promise<readonly string[] | null> {
  const files = await readPaths(snapshot, OWNERS_FILES);
  const path = OWNERS_FILES.find((one) => files[one] !== undefined);
  if (path === undefined) return [];
  const content = files[path];
  if (content?.kind !== "text") return null;
  try {
    return ownersOf(codeOwners.parse({ path, text: content.text, cut: false }), POLICY_PATH);
  } catch (error) {
    if (error instanceof FormatError) return null;
    throw error;
  }
}

function filesIn(files: string): PolicyFiles {
  return JSON.parse(files) as PolicyFiles;
}
