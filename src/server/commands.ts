import type { App } from "../github/app.ts";
import { repositoryClient } from "../github/repository-client.ts";
import type { Permissions } from "../github/tokens.ts";
import { type CommandPorts, giveUpCommand, runCommand } from "../jobs/command-job.ts";
import type { PolicyPlace } from "../jobs/policy-place.ts";
import type { AddWork } from "../jobs/requests.ts";
import type { Handler, Job } from "../jobs/run-work.ts";
import type { DefaultBranch } from "../jobs/waive.ts";
import type { Settings } from "../settings.ts";
import type { Records } from "../store/records.ts";
import type { CommandRequest } from "../webhooks/review-request.ts";
import { commandPorts } from "./command-ports.ts";
import type { Connections } from "./connections.ts";
import type { Caches, SnapshotOf } from "./judged-repository.ts";
import type { KnownRepositories } from "./known-repositories.ts";
import { objectionsTo } from "./objections.ts";
import { READ } from "./permissions.ts";
import type { RepairsAt } from "./repairing.ts";
import type { ReviewWatch } from "./review-watch.ts";
import type { StandingPolicies } from "./standing-policies.ts";
import type { TenantCaches } from "./tenant-caches.ts";

/** What commands are composed of. */
export interface CommandHandlerParts {
  readonly settings: Settings;
  readonly app: App;
  readonly records: Records;
  readonly add: AddWork;
  readonly watch: ReviewWatch;
  readonly caches: TenantCaches<Caches>;
  readonly connect: Connections;
  readonly known: KnownRepositories;
  readonly policies: StandingPolicies;
  readonly snapshotOf: SnapshotOf;
  readonly repairsAt: RepairsAt;
}

/** Runs the commands on pull requests, each with the narrow ports that it asks for. */
export function commandHandler(parts: CommandHandlerParts): Handler<CommandRequest> {
  const { settings, app, records, add, watch, caches, connect, known, policies, snapshotOf, repairsAt } = parts;

  async function portsFor({ request, reviewId, priority }: Job<CommandRequest>): Promise<CommandPorts> {
    const repository = await known.current(request.repository);
    const watched = watch.of(repository.installationId, reviewId);
    const to = (permissions: Permissions) => connect.to(repository, permissions, priority, watched.answered);
    const { reader } = repositoryClient(await to(READ), repository);
    const organisation = () => connect.organisation(repository, priority, watched.answered);
    const around = await known.surroundingsOfRepairs(repository);
    const of = { repository, reader, watched, organisation, ...around };
    return commandPorts({
      ...{ settings, app, records, add, repository, connect: to },
      snapshots: caches.of(repository.installationId).snapshots,
      publishing: watched.publishing,
      repairsAt: (...which) => repairsAt(of, ...which),
      ownRules: async (branch) => (await policies.ownRules(of, tipOf(branch))).rules,
      objectionsTo: (branch, change) => objectionsTo({ snapshotOf, ...policies }, of, tipOf(branch), change),
    });
  }

  return {
    run: async (job) => runCommand(await portsFor(job), job),
    giveUp: async (job) => giveUpCommand(await portsFor(job), job),
  };
}

/** Where the policy of a branch stands. */
function tipOf({ name, commit }: Pick<DefaultBranch, "name" | "commit">): PolicyPlace & { readonly commit: string } {
  return { commit, branch: name, isTip: true, isOfChange: false };
}
