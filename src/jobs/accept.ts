import type { Records } from "../store/records.ts";
import { requestOf } from "../webhooks/request-of.ts";
import type { Enqueue } from "./requests.ts";

export interface AcceptPorts {
  readonly appId: number;
  readonly records: Pick<Records, "knowsDelivery" | "rememberDelivery" | "noteHead" | "purge">;
  readonly enqueue: Enqueue;
}

/**
 * Takes a verified delivery: what it asks for is stored before this resolves, and nothing else is
 * done. A delivery that comes again is known by its id.
 * @throws when the store cannot be reached; GitHub's delivery then counts as failed.
 */
export async function accept(
  { appId, records, enqueue }: AcceptPorts,
  event: { readonly id: string; readonly name: string; readonly payload: unknown },
): Promise<void> {
  const request = requestOf(event.name, event.payload, appId);
  if (!request || (await records.knowsDelivery(event.id))) return;
  switch (request.kind) {
    case "review": {
      const { repository, subject, headSha } = request.review;
      if (subject.kind === "pull-request" && headSha !== null)
        await records.noteHead(repository, subject.number, headSha);
      await enqueue.review(request.review);
      break;
    }
    case "command":
      await enqueue.command(request.command);
      break;
    case "removal":
      await records.purge(request.installationId, request.repositoryIds ?? undefined);
  }
  await records.rememberDelivery(event.id);
}
