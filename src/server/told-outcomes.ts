import { Limited } from "../github/failures.ts";
import { Parked } from "../jobs/outcomes.ts";
import type { Handler, Job } from "../jobs/run-work.ts";
import type { Lanes } from "../store/lanes.ts";
import type { Records } from "../store/records.ts";
import { isSuspension, outcomeOf } from "./failures.ts";
import type { ReviewWatch } from "./review-watch.ts";

interface OutcomeParts {
  readonly lanes: Pick<Lanes, "holdTenant">;
  readonly records: Pick<Records, "isSuspended">;
  readonly watch: Pick<ReviewWatch, "failed">;
}

/** The same handlers, their errors told in the words of jobs; what stops the whole installation holds its other work too. */
export function toldOutcomes({ lanes, records, watch }: OutcomeParts) {
  return function told<Request>({ run, giveUp }: Handler<Request>): Handler<Request> {
    const translated = async ({ installationId }: Job<Request>, work: Promise<void>): Promise<void> =>
      work.catch(async (error: unknown) => {
        watch.failed(error);
        // One that is known to be suspended waits for as long as that lasts, and no longer.
        if (isSuspension(error) && (await records.isSuspended(installationId)))
          throw new Parked(new Date(), "suspended");
        const outcome = outcomeOf(error);
        // What we allow ourselves is a matter of one job, or is noted where it is everybody's.
        const isForAll = !(error instanceof Parked) && !(error instanceof Limited && error.kind === "own");
        if (outcome instanceof Parked && isForAll)
          await lanes.holdTenant(installationId, (outcome.until.getTime() - Date.now()) / 1000);
        throw outcome;
      });
    return { run: (job) => translated(job, run(job)), giveUp: (job) => translated(job, giveUp(job)) };
  };
}
