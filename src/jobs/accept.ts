import { PRIORITY } from "../store/lanes.ts";
import type { Records } from "../store/records.ts";
import { requestOf } from "../webhooks/request-of.ts";
import type { LifeCycle } from "../webhooks/review-request.ts";
import { type AddWork, commandWork, headsWork, reviewWork } from "./requests.ts";

export interface AcceptPorts {
  readonly appId: number;
  readonly records: Pick<Records, "noteRepositories" | "purge" | "renewTokens" | "suspend">;
  readonly add: AddWork;
}

/**
 * Takes a verified delivery: what it asks for is durable when this resolves, and nothing else is done.
 * A delivery that comes again is known by its id.
 * @throws when the store cannot be reached; GitHub's delivery then counts as failed.
 */
export async function accept(
  { appId, records, add }: AcceptPorts,
  event: { readonly id: string; readonly name: string; readonly payload: unknown },
): Promise<void> {
  const request = requestOf(event.name, event.payload, appId);
  switch (request?.kind) {
    case "review":
      return add([reviewWork(request.review, event.id)]);
    case "command":
      return add([commandWork(request.command, event.id)]);
    case "life-cycle":
      return heed(records, add, request.change);
  }
}

/** Each change may be heard of twice: it is the same the second time. */
async function heed(records: AcceptPorts["records"], add: AddWork, change: LifeCycle): Promise<void> {
  const { installationId } = change;
  switch (change.kind) {
    case "removal":
      return records.purge(installationId, change.repositoryIds ?? undefined);
    case "suspension":
      await records.suspend(installationId, change.suspended);
      // What happened meanwhile was not told.
      return change.suspended ? undefined : add([headsWork(installationId, PRIORITY.backlog)]);
    case "permissions":
      return records.renewTokens(installationId);
    case "repositories":
      await records.noteRepositories(change.repositories);
      // Default branches are judged when nothing else waits; open pull requests at their next event.
      return add([headsWork(installationId, PRIORITY.backlog)]);
  }
}
