import { POLICY_PATH } from "../policy/document.ts";
import type { PolicyMaker } from "../policy/policy-of.ts";
import type { OrganisationFiles, PolicyFiles } from "../policy/read-layers.ts";
import { githubSnapshot, type RepositoryReader, type SnapshotCache } from "../snapshot/github.ts";
import { readPaths } from "../snapshot/read-paths.ts";
import type { StoredOrganisation } from "../store/policies.ts";
import type { Records } from "../store/records.ts";

/** Seconds for which what was read of an organisation is not looked at again. */
const FRESH_SECONDS = 600;

/** The organisation's `.github` repository, as far as the App may read it. */
export interface OrganisationReader {
  readonly reader: RepositoryReader;
  commitOf(ref: string): Promise<string>;
}

/** What reading the policy of an organisation needs. */
export interface OrganisationPolicyParts {
  readonly maker: PolicyMaker;
  readonly records: Pick<Records, "organisationPolicy" | "rememberOrganisationPolicy">;
}

/** An organisation of an installation. */
export interface Organisation {
  readonly installationId: number;
  readonly owner: string;
  /** True to look again, however lately that was done. */
  readonly isChanged: boolean;
  readonly cache: SnapshotCache;
  client(): Promise<OrganisationReader>;
}

/**
 * The policy of an organisation, out of its `.github` repository: kept in the store, with its absence. What
 * was once seen is kept while it cannot be read, and that is said.
 */
export function organisationPolicies({ maker, records }: OrganisationPolicyParts) {
  /** @param also files that a repository builds on */
  return async function filesOf(organisation: Organisation, also: readonly string[] = []): Promise<OrganisationFiles> {
    const { installationId, owner, isChanged } = organisation;
    const known = await records.organisationPolicy(installationId, owner);
    const held = known ? filesIn(known) : {};
    const isFresh = known !== undefined && known.age < FRESH_SECONDS && !isChanged;
    if (isFresh && also.every((path) => path in held)) return given(owner, known, held);
    const next = await lookedAt(organisation, known, [...new Set([...Object.keys(held), ...also])]);
    await records.rememberOrganisationPolicy(installationId, owner, next);
    return given(owner, next, filesIn(next));
  };

  /** @throws where nothing was ever seen and GitHub fails: without the floor nobody can be judged */
  async function lookedAt(
    organisation: Organisation,
    known: StoredOrganisation | undefined,
    paths: readonly string[],
  ): Promise<Omit<StoredOrganisation, "age">> {
    const repository = `${organisation.owner}/.github`;
    try {
      const { commit, files } = await filesNow(organisation, paths);
      const { isValid, complaints } = maker.check({ repository, files });
      const before = known?.commit && maker.check({ repository, files: filesIn(known) }).isValid ? known.commit : null;
      if (isValid || !known || before === null)
        return { commit, files: JSON.stringify(files), seen: commit, stale: null };
      const [{ line, message } = { line: null, message: "" }] = complaints;
      const stale = `The policy of ${repository} cannot be used; the one of commit ${before.slice(0, 7)} holds until it is mended. ${line === null ? "" : `Line ${line}: `}${message}`;
      return { ...known, seen: commit, stale };
    } catch (error) {
      const { status } = error as { status?: number };
      const isGone = status === 404 || status === 409 || status === 422;
      if (!known?.commit) {
        const absent = JSON.stringify(Object.fromEntries(paths.map((path) => [path, null])));
        if (isGone) return { commit: null, files: absent, seen: null, stale: null };
        throw error;
      }
      const stale = `${repository} cannot be read; what its commit ${known.commit.slice(0, 7)} says holds until it can.`;
      return { ...known, stale };
    }
  }

  async function filesNow(
    { owner, cache, client }: Organisation,
    paths: readonly string[],
  ): Promise<{ readonly commit: string; readonly files: PolicyFiles }> {
    const { reader, commitOf } = await client();
    const commit = await commitOf("HEAD");
    const info = {
      name: `${owner}/.github`,
      visibility: "unknown",
      owner: "organization",
      defaultBranch: null,
    } as const;
    const snapshot = await githubSnapshot(reader, info, commit, cache);
    let files: PolicyFiles = await readPaths(snapshot, [POLICY_PATH]);
    const more = [...paths, ...maker.check({ repository: info.name, files }).wanted].filter(
      (path) => path !== POLICY_PATH,
    );
    const read = await readPaths(snapshot, more);
    files = { ...files, ...Object.fromEntries(more.map((path) => [path, read[path] ?? null])) };
    return { commit, files };
  }
}

function given(owner: string, { stale }: Pick<StoredOrganisation, "stale">, files: PolicyFiles): OrganisationFiles {
  return { repository: `${owner}/.github`, files, ...(stale !== null && { stale }) };
}

function filesIn({ files }: Pick<StoredOrganisation, "files">): PolicyFiles {
  return JSON.parse(files) as PolicyFiles;
}
