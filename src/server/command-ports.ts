import { rules } from "../../rules/index.ts";
import type { App } from "../github/app.ts";
import { lineReviews } from "../github/line-reviews.ts";
import { proposalClient } from "../github/proposal-client.ts";
import { repositoryClient } from "../github/repository-client.ts";
import type { Connection } from "../github/requests.ts";
import type { Permissions } from "../github/tokens.ts";
import type { CommandPorts } from "../jobs/command-job.ts";
import type { Found } from "../jobs/fix.ts";
import type { PolicyPlace } from "../jobs/policy-place.ts";
import type { AddWork } from "../jobs/requests.ts";
import type { DefaultBranch } from "../jobs/waive.ts";
import { statusOf } from "../publish/write-errors.ts";
import type { Settings } from "../settings.ts";
import { githubSnapshot, type SnapshotCache } from "../snapshot/github.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Records } from "../store/records.ts";
import type { RequestedRepository } from "../webhooks/review-request.ts";
import { PROPOSE, READ, WRITE } from "./permissions.ts";
import type { RepairsWanted } from "./repairing.ts";

/** What a command on a pull request of this repository is given to work with. */
export interface CommandParts {
  readonly settings: Settings;
  readonly app: App;
  readonly records: Records;
  readonly add: AddWork;
  readonly repository: RequestedRepository;
  readonly snapshots: SnapshotCache;
  /** A connection with a token of these permissions, for this repository alone. */
  connect(permissions: Permissions): Promise<Connection>;
  /** The rules that the repository and its organisation wrote, as they stand there. */
  ownRules(branch: DefaultBranch): ReturnType<CommandPorts["ownRules"]>;
  objectionsTo: CommandPorts["objectionsTo"];
  repairsAt(headSha: string, place: PolicyPlace, wanted: RepairsWanted): Promise<Found>;
  /** The same writer, watched. */
  publishing<Writer extends object>(writer: Writer): Writer;
}

/** The narrow ports that commands ask for. */
export function commandPorts(parts: CommandParts): CommandPorts {
  const { settings, app, records, add, repository, connect, publishing } = parts;
  const { installationId, owner, name, visibility, ownerType } = repository;
  const reading = async () => repositoryClient(await connect(READ), repository);

  async function snapshotAt(commit: string, defaultBranch = repository.defaultBranch): Promise<Snapshot> {
    const info = { name: `${owner}/${name}`, visibility, owner: ownerType, defaultBranch };
    return githubSnapshot((await reading()).reader, info, commit, parts.snapshots);
  }

  async function defaultBranch(paths: readonly string[]): Promise<DefaultBranch> {
    const client = await reading();
    const { defaultBranch: branch } = await client.repository();
    const commit = await client.commitOf(branch);
    const snapshot = await snapshotAt(commit, branch);
    const entries = snapshot.tree.filter(({ path }) => paths.includes(path));
    const contents = await snapshot.read(entries);
    // Who writes where a link stands takes the link away.
    const textOf = ({ path, mode }: (typeof entries)[number]): string | null => {
      const content = contents.get(path);
      return mode.startsWith("100") && content?.kind === "text" && !content.cut ? content.text : null;
    };
    // Where not every path could be listed, what was not found may be there.
    const unknown = snapshot.complete ? [] : paths.map((path) => [path, null] as const);
    const known = entries.map((entry) => [entry.path, textOf(entry)] as const);
    return { name: branch, commit, texts: new Map([...unknown, ...known]) };
  }

  const repairs: CommandPorts["repairs"] = ({ headSha, baseSha, baseRef }, only) =>
    parts.repairsAt(
      headSha,
      { commit: baseSha, branch: baseRef, isTip: true, isOfChange: true },
      { only, tags: { commitOf } },
    );

  /** A tag goes before a branch of the same name. */
  async function commitOf(ofOwner: string, ofName: string, ref: string): Promise<string | undefined> {
    const other = repositoryClient(await connect(READ), { owner: ofOwner, name: ofName });
    for (const kind of ["tags", "heads"])
      try {
        return await other.commitOf(`${kind}/${ref}`);
      } catch (error) {
        const status = statusOf(error);
        if (status !== 404 && status !== 422 && status !== 409) throw error;
      }
    return undefined;
  }

  return {
    appId: settings.appId,
    docsUrl: settings.docsUrl,
    repositoryUrl: `${settings.webUrl}/${owner}/${name}`,
    rules,
    records,
    add,
    now: Date.now,
    permissionOf: async (login) => (await reading()).permissionOf(login),
    publisher: async () => publishing(repositoryClient(await connect(WRITE), repository)),
    permissions: () => app.permissionsOf(installationId),
    defaultBranch,
    ownRules: async () => parts.ownRules(await defaultBranch([])),
    objectionsTo: parts.objectionsTo,
    pullRequest: async (number) => (await reading()).pullRequest(number),
    repairs,
    lines: async () => publishing(lineReviews(await connect(WRITE), repository)),
    proposer: async () => publishing(proposalClient(await connect(PROPOSE), repository)),
  };
}
