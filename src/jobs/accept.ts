import type { Records } from "../store/records.ts";
import { requestOf } from "../webhooks/request-of.ts";
import { type AddWork, commandWork, reviewWork } from "./requests.ts";

export interface AcceptPorts {
  readonly appId: number;
  readonly records: Pick<Records, "purge">;
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
    case "removal":
      return records.purge(request.installationId, request.repositoryIds ?? undefined);
  }
}
