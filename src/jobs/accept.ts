import type { NewWork } from "../store/lanes.ts";
import { requestOf } from "../webhooks/request-of.ts";
import type { RequestedRepository, ReviewRequest } from "../webhooks/review-request.ts";
import { type HeedPorts, heed } from "./life-cycle.ts";
import { type AddWork, commandWork, reviewWork, settingsWork } from "./requests.ts";

export interface AcceptPorts extends HeedPorts {
  readonly appId: number;
  readonly add: AddWork;
  /** False where nothing is asked of GitHub but what a review needs. */
  readonly readsSettings: boolean;
  /** Whether the policy has pushes to this branch reviewed; asked of others than the default one. */
  isNamed(repository: RequestedRepository, branch: string): Promise<boolean>;
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
      if (!(await isWanted(request.review, ports))) return;
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
  return readsSettings && subject.kind === "branch" && subject.branch === repository.defaultBranch && !asked
    ? [settingsWork(repository)]
    : [];
}

/** Of pushes those to the default branch are reviewed, and those to branches that the policy names. */
async function isWanted({ subject, repository, asked }: ReviewRequest, { isNamed }: AcceptPorts): Promise<boolean> {
  if (subject.kind !== "branch" || asked || subject.branch === repository.defaultBranch) return true;
  return isNamed(repository, subject.branch);
}
