import { setTimeout as wait } from "node:timers/promises";
import type { Records } from "../store/records.ts";
import type { ReviewRequest } from "../webhooks/review-request.ts";
import { fenced } from "./fenced.ts";
import { Parked } from "./outcomes.ts";
import type { Job } from "./run-work.ts";

/** How long a review waits in its place for another that publishes on the same head. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 250;

/**
 * Publishes on a head while no other review does: one head can belong to several pull requests.
 * @param publish gets a writer that keeps the turn with each write
 */
export async function inTurn<Writer extends object>(
  records: Pick<Records, "holdHead" | "freeHead">,
  { request: { repository }, fence }: Job<ReviewRequest>,
  headSha: string,
  writer: Writer,
  publish: (writer: Writer) => Promise<void>,
): Promise<void> {
  const hold = (): Promise<boolean> => records.holdHead(repository, headSha, fence);
  const lost = (): Parked => new Parked(new Date(Date.now() + 1000), "another review publishes on this head");
  const until = performance.now() + PATIENCE_MS;
  while (!(await hold())) {
    if (performance.now() > until) throw lost();
    await wait(LOOK_AGAIN_MS);
  }
  const keep = async (): Promise<void> => {
    if (!(await hold())) throw lost();
  };
  await publish(fenced(writer, keep)).finally(() => records.freeHead(repository, headSha, fence));
}
