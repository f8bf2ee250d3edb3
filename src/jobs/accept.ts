import type { NewWork } from "../store/lanes.ts";
import { requestOf } from "../webhooks/request-of.ts";
import type { ReviewRequest } from "../webhooks/review-request.ts";
import { type HeedPorts, heed } from "./life-cycle.ts";
import { type AddWork, commandWork, reviewWork, settingsWork } from "./requests.ts";

export interface AcceptPorts extends HeedPorts {
  readonly appId: number;
  readonly add: AddWork;
  /** False where nothing is asked of GitHub but what a review needs. */
  readonly readsSettings: boolean;
}

/**
 * Takes a verified delivery: what it asks for is durable when this resolves, and nothing else is done.
 * A delivery that comes again is known by its id.
 * @throws when the store cannot be reached; GitHub's delivery then counts as failed.
 */
export async function accept(
  ports: AcceptPorts,
  event: { readonly id: string; readonly name: string; readonly payload: unknown },
): Promise<void> {
  const request = requestOf(event.name, event.payload, ports.appId);
  switch (request?.kind) {
    case "review":
      return ports.add([reviewWork(request.review, event.id), ...settingsAfter(request.review, ports)]);
    case "command":
      return ports.add([commandWork(request.command, event.id)]);
    case "life-cycle":
      return heed(ports, request.change);
  }
}

/** What is pushed to the default branch may well have come with other settings. */
function settingsAfter(
  { subject, asked, repository }: ReviewRequest,
  { readsSettings }: AcceptPorts,
): readonly NewWork[] {
  return readsSettings && subject.kind === "branch" && !asked ? [settingsWork(repository)] : [];
}
