import { ruleSetVersion } from "../engine/rule-set.ts";
import type { App } from "../github/app.ts";
import { codeScanningClient } from "../github/code-scanning-client.ts";
import type { GithubAnswer } from "../github/observed-fetch.ts";
import { Gone } from "../jobs/outcomes.ts";
import type { AddWork } from "../jobs/requests.ts";
import { giveUpReview, type ReviewPorts, runReview } from "../jobs/review-job.ts";
import type { Handler, Job } from "../jobs/run-work.ts";
import type { Settings } from "../settings.ts";
import type { Pace } from "../store/paces.ts";
import type { Records } from "../store/records.ts";
import type { ReviewRequest } from "../webhooks/review-request.ts";
import type { Connections } from "./connections.ts";
import { grantedPermissions } from "./granted.ts";
import type { Judge } from "./judging.ts";
import type { KnownRepositories } from "./known-repositories.ts";
import { READ, UPLOAD, WRITE } from "./permissions.ts";
import type { RepairsAt } from "./repairing.ts";
import type { ReviewWatch } from "./review-watch.ts";
import type { StandingPolicies } from "./standing-policies.ts";

/** What reviews are composed of. */
export interface ReviewParts {
  readonly settings: Settings;
  readonly app: App;
  readonly records: Records;
  readonly add: AddWork;
  readonly pace: Pace;
  readonly watch: ReviewWatch;
  readonly connect: Connections;
  readonly known: KnownRepositories;
  readonly policies: StandingPolicies;
  readonly judge: Judge;
  readonly repairsAt: RepairsAt;
}

/** Runs the reviews of heads, each with the narrow ports that it asks for. */
export function reviewHandler(parts: ReviewParts): Handler<ReviewRequest> {
  const { settings, app, records, add, pace, watch, connect, known, policies, judge, repairsAt } = parts;
  const granted = grantedPermissions(app);

  async function portsFor({ request, reviewId, priority }: Job<ReviewRequest>): Promise<ReviewPorts> {
    const repository = await known.current(request.repository);
    const { installationId } = repository;
    const watched = watch.of(installationId, reviewId);
    let requests = 0;
    const answered = (answer: GithubAnswer): void => {
      requests++;
      watched.answered(answer);
    };
    const client = await connect.client(repository, READ, priority, answered);
    const organisation = () => connect.organisation(repository, priority, answered);
    const around = await known.surroundingsOf({ ...request, repository });
    const of = { repository, reader: client.reader, watched, organisation, ...around };
    return {
      appId: settings.appId,
      docsUrl: settings.docsUrl,
      repositoryUrl: `${settings.webUrl}/${repository.owner}/${repository.name}`,
      ruleSet: ruleSetVersion,
      pace,
      records,
      add,
      pulls: client,
      policyAt: (place) => policies.policyAt(of, place),
      judge: (headSha, base, place) => watched.judging(() => judge(of, headSha, base, place)),
      async mayWrite() {
        const may = await granted(installationId, await records.tokensFrom(installationId));
        return { contents: may.contents === "write", workflows: may.workflows === "write" };
      },
      async repairable(headSha, place) {
        const around = await known.surroundingsOfRepairs(repository);
        const found = await repairsAt({ ...of, ...around }, headSha, place, {}).catch((error: unknown) => {
          // What is offered beside a verdict must not keep it back.
          watch.failed(error);
          return { repairs: [] };
        });
        return found.repairs.map(({ ruleId }) => ruleId);
      },
      requests: () => requests,
      publisher: async () => watched.publishing(await connect.client(repository, WRITE, priority, answered)),
      codeScanning: async () =>
        codeScanningClient(await connect.to(repository, UPLOAD, priority, answered), repository),
      now: Date.now,
    };
  }

  /** What is not found may come: but not in a repository that is gone itself, however good its tokens still are. */
  async function whileHeld({ request: { repository } }: Job<ReviewRequest>, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const isHeld = () => app.holds(repository.installationId, repository.repositoryId).catch(() => true);
      if ((error as { status?: unknown }).status !== 404 || (await isHeld())) throw error;
      throw new Gone("the installation does not hold the repository any more");
    }
  }

  return {
    run: (job) => whileHeld(job, async () => runReview(await portsFor(job), job)),
    async giveUp(job) {
      try {
        await giveUpReview(await portsFor(job), job);
      } catch (error) {
        const { status } = error as { status?: number };
        // Where what a review is about is gone, nobody is left to be told that it failed.
        throw status === 404 || status === 403 || status === 410 || status === 422 ? new Gone("nobody to tell") : error;
      }
    },
  };
}
