import { availableParallelism } from "node:os";
import type { Logger } from "pino";
import { rules } from "../../rules/index.ts";
import { reviewSnapshot } from "../engine/review-snapshot.ts";
import { ruleSetVersion } from "../engine/rule-set.ts";
import { createParseCache } from "../facts/parse-cache.ts";
import type { createApp } from "../github/app.ts";
import { Limited, NotInstalled } from "../github/failures.ts";
import { repositoryClient } from "../github/repository-client.ts";
import { runCommand } from "../jobs/command-job.ts";
import { Gone, Parked } from "../jobs/outcomes.ts";
import { type AddWork, COMMAND, HEADS, RECONCILE, REVIEW } from "../jobs/requests.ts";
import { giveUpReview, type ReviewPorts, runReview } from "../jobs/review-job.ts";
import type { Ending, Handler, Job } from "../jobs/run-work.ts";
import { type Runner, startRunner } from "../jobs/runner.ts";
import { createPythonReader } from "../python/pool.ts";
import type { Settings } from "../settings.ts";
import { changedPaths } from "../snapshot/changed-paths.ts";
import { createSnapshotCache, githubSnapshot } from "../snapshot/github.ts";
import type { Lanes } from "../store/lanes.ts";
import type { Pace } from "../store/paces.ts";
import type { recordsIn } from "../store/records.ts";
import type { CommandRequest, RequestedRepository, ReviewRequest } from "../webhooks/review-request.ts";
import { outcomeOf } from "./failures.ts";
import { reconciliationHandlers } from "./reconciliation.ts";
import { tenantCaches } from "./tenant-caches.ts";

/** What the server hands to its workers. */
export interface WorkerParts {
  readonly settings: Settings;
  readonly log: Logger;
  readonly app: Awaited<ReturnType<typeof createApp>>;
  readonly records: ReturnType<typeof recordsIn>;
  readonly lanes: Lanes;
  readonly add: AddWork;
  readonly retrySeconds: number;
  readonly pace: Pace;
}

const READ = { contents: "read", metadata: "read", pull_requests: "read" } as const;
const WRITE = { checks: "write", pull_requests: "write" } as const;
/** Reviews and commands at a time. */
const PLACES = 6;
/** Deliveries are answered by the main thread: one core is left to it where there are several. */
const PYTHON_THREADS = Math.min(4, Math.max(1, availableParallelism() - 1));

/** Takes reviews and commands off their lanes, each with the narrow ports that its job asks for. */
export function startWorkers({ settings, log, app, records, lanes, add, retrySeconds, pace }: WorkerParts): Runner {
  const caches = tenantCaches(() => ({ snapshots: createSnapshotCache(), parsed: createParseCache() }));
  const python = createPythonReader({ threads: PYTHON_THREADS });
  const reviews: Handler<ReviewRequest> = {
    run: async (job) => runReview(await portsFor(job), job),
    giveUp: (job) => lastWords(job),
  };
  const commands: Handler<CommandRequest> = {
    async run({ request }) {
      const repository = await current(request.repository);
      const reader = await clientFor(repository, READ);
      const writer = await clientFor(repository, WRITE);
      await runCommand({ records, add, permissionOf: reader.permissionOf, react: writer.react }, request);
    },
    // Nobody waits for more than a reaction: the log has it.
    giveUp: async () => {},
  };
  const reconciliation = reconciliationHandlers({ settings, app, records, add });
  return startRunner({
    lanes,
    handlers: {
      [REVIEW]: told(reviews),
      [COMMAND]: told(commands),
      [RECONCILE]: told(reconciliation.all),
      [HEADS]: told(reconciliation.heads),
    },
    places: PLACES,
    retrySeconds,
    onEnd: logEnding,
    onStoreError: (error) => log.warn({ kind: (error as Error).name }, "the store could not be asked for work"),
  });

  /** The same handler, its errors told in the words of jobs; what stops the whole installation holds its other work too. */
  function told<Request>({ run, giveUp }: Handler<Request>): Handler<Request> {
    const translated = async ({ installationId }: Job<Request>, work: Promise<void>): Promise<void> =>
      work.catch(async (error: unknown) => {
        const outcome = outcomeOf(error);
        if (outcome instanceof Parked && (error instanceof Limited || error instanceof NotInstalled))
          await lanes.holdTenant(installationId, (outcome.until.getTime() - Date.now()) / 1000);
        throw outcome;
      });
    return { run: (job) => translated(job, run(job)), giveUp: (job) => translated(job, giveUp(job)) };
  }

  /** Where what a review is about is gone, nobody is left to be told that it failed. */
  async function lastWords(job: Job<ReviewRequest>): Promise<void> {
    try {
      await giveUpReview(await portsFor(job), job);
    } catch (error) {
      const { status } = error as { status?: number };
      throw status === 404 || status === 403 || status === 410 || status === 422 ? new Gone("nobody to tell") : error;
    }
  }

  function logEnding({ installationId, repositoryId, reviewId, error, milliseconds, waitedSeconds, ...rest }: Ending) {
    const { name, status } = (error ?? {}) as { name?: string; status?: number };
    const ids = { installation: installationId, repository: repositoryId, review: reviewId };
    const times = { milliseconds: Math.round(milliseconds), waited: Math.round(waitedSeconds) };
    const level =
      rest.outcome === "failed" || rest.outcome === "given up" || rest.outcome === "buried" ? "warn" : "info";
    log[level]({ ...ids, ...rest, ...times, ...(error === undefined ? {} : { error: name, status }) }, "job");
  }

  /** The repository under the name that it has now. */
  async function current(repository: RequestedRepository): Promise<RequestedRepository> {
    const known = await records.repository(repository);
    if (known?.archived) throw new Gone("the repository is archived and takes no writes");
    return known ?? repository;
  }

  async function clientFor(
    { installationId, repositoryId, owner, name }: RequestedRepository,
    permissions: typeof READ | typeof WRITE,
    onRequest: () => void = () => {},
  ) {
    const from = await records.tokensFrom(installationId);
    const { token, mintedAt } = await app.tokenFor(installationId, repositoryId, permissions, from);
    return repositoryClient({ apiUrl: settings.apiUrl, owner, name, token, tokenMintedAt: mintedAt, onRequest });
  }

  async function portsFor({ request }: Job<ReviewRequest>): Promise<ReviewPorts> {
    const repository = await current(request.repository);
    let requests = 0;
    const count = (): void => {
      requests++;
    };
    const reading = () => clientFor(repository, READ, count);
    return {
      appId: settings.appId,
      docsUrl: settings.docsUrl,
      repositoryUrl: `${settings.webUrl}/${repository.owner}/${repository.name}`,
      ruleSet: ruleSetVersion,
      pace,
      records,
      add,
      pulls: {
        pullRequest: async (number) => (await reading()).pullRequest(number),
        pullRequestsOf: async (sha) => (await reading()).pullRequestsOf(sha),
      },
      judge: async (headSha, baseSha) => {
        const { snapshots, parsed } = caches.of(repository.installationId);
        const { owner, name, visibility, ownerType, defaultBranch } = repository;
        const info = { name: `${owner}/${name}`, visibility, owner: ownerType, defaultBranch };
        const { reader } = await reading();
        const snapshot = await githubSnapshot(reader, info, headSha, snapshots);
        const changed = async (base: string) =>
          changedPaths((await githubSnapshot(reader, info, base, snapshots)).tree, snapshot.tree);
        return reviewSnapshot(snapshot, {
          rules,
          date: new Date().toISOString().slice(0, 10),
          cache: parsed,
          python,
          ...(baseSha !== undefined && { changed: () => changed(baseSha) }),
        });
      },
      requests: () => requests,
      publisher: () => clientFor(repository, WRITE, count),
      now: Date.now,
    };
  }
}
