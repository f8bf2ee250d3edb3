import { requestOf } from "../webhooks/request-of.ts";
import { type HeedPorts, heed } from "./life-cycle.ts";
import { type AddWork, commandWork, reviewWork } from "./requests.ts";

export interface AcceptPorts extends HeedPorts {
  readonly appId: number;
  readonly add: AddWork;
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
      return ports.add([reviewWork(request.review, event.id)]);
    case "command":
      return ports.add([commandWork(request.command, event.id)]);
    case "life-cycle":
      return heed(ports, request.change);
  }
}
