import { setTimeout as wait } from "node:timers/promises";
import type { ReviewRequest } from "../webhooks/review-request.ts";
import type { Job } from "./run-work.ts";
import { type RunPorts, writeRun } from "./runs.ts";
import { inTurn } from "./turn.ts";

/** A run is shown as in progress only when the review takes longer than this. */
const QUICK_MS = 5000;

/**
 * Shows the run as in progress once the review is not quick. A completed run does not go back to
 * running: it is only written when its new result is there.
 * @returns a function to call when the review is done; it resolves when nothing more is written.
 */
export function showProgress(
  ports: RunPorts,
  job: Job<ReviewRequest>,
  headSha: string,
  wasPublished: boolean,
): () => Promise<void> {
  const stopped = new AbortController();
  const begin = async (): Promise<void> =>
    inTurn(ports.records, job, headSha, await ports.publisher(), async (publisher) => {
      await writeRun(ports, job, headSha, publisher, { status: "in_progress" });
    });
  // What fails here fails again, or is found again, when the result is published.
  const shown = wait(QUICK_MS, true, { signal: stopped.signal })
    .then(() => (wasPublished ? undefined : begin()))
    .catch(() => {});
  return async () => {
    stopped.abort();
    await shown;
  };
}
