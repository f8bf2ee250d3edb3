import { availableParallelism } from "node:os";
import type { Logger } from "pino";
import { rules } from "../../rules/index.ts";
import { reviewSnapshot } from "../engine/review-snapshot.ts";
import { ruleSetVersion } from "../engine/rule-set.ts";
import { createParseCache } from "../facts/parse-cache.ts";
import { type createApp, NotInstalled } from "../github/app.ts";
import { repositoryClient } from "../github/repository-client.ts";
import { runCommand } from "../jobs/command-job.ts";
import type { Job, openQueue } from "../jobs/queue.ts";
import { COMMANDS, type Enqueue, type QueuedReview, REVIEWS } from "../jobs/requests.ts";
import { giveUpReview, type ReviewPorts, runReview } from "../jobs/review-job.ts";
import { createPythonReader } from "../python/pool.ts";
import type { Settings } from "../settings.ts";
import { changedPaths } from "../snapshot/changed-paths.ts";
import { createSnapshotCache, githubSnapshot } from "../snapshot/github.ts";
import type { recordsIn } from "../store/records.ts";
import { type CommandRequest, laneOf, type RequestedRepository } from "../webhooks/review-request.ts";
import { tenantCaches } from "./tenant-caches.ts";

/** What the server hands to its workers. */
export interface WorkerParts {
  readonly settings: Settings;
  readonly log: Logger;
  readonly app: Awaited<ReturnType<typeof createApp>>;
  readonly records: ReturnType<typeof recordsIn>;
  readonly queue: Awaited<ReturnType<typeof openQueue>>;
  readonly enqueue: Enqueue;
}

const READ = { contents: "read", metadata: "read", pull_requests: "read" } as const;
const WRITE = { checks: "write", pull_requests: "write" } as const;
const REVIEWS_AT_A_TIME = 4;
const COMMANDS_AT_A_TIME = 2;
/** Deliveries are answered by the main thread: one core is left to it where there are several. */
const PYTHON_THREADS = Math.min(4, Math.max(1, availableParallelism() - 1));

/** Takes reviews and commands off the queue, each with the narrow ports that its job asks for. */
export async function startWorkers({ settings, log, app, records, queue, enqueue }: WorkerParts): Promise<void> {
  const caches = tenantCaches(() => ({ snapshots: createSnapshotCache(), parsed: createParseCache() }));
  const python = createPythonReader({ threads: PYTHON_THREADS });
  await queue.work<QueuedReview>({
    name: REVIEWS,
    laneOf,
    concurrency: REVIEWS_AT_A_TIME,
    run: (job) => settle(job, "reviewed", runReview),
    giveUp: (job) => settle(job, "given up", giveUpReview),
  });
  await queue.work<CommandRequest>({
    name: COMMANDS,
    concurrency: COMMANDS_AT_A_TIME,
    run: async ({ data }) => {
      const reader = await clientFor(data.repository, READ);
      const writer = await clientFor(data.repository, WRITE);
      await runCommand({ records, enqueue, permissionOf: reader.permissionOf, react: writer.react }, data);
    },
    giveUp: async ({ data }) =>
      log.error({ installation: data.repository.installationId, comment: data.commentId }, "a command was given up"),
  });

  /** Does a job's work; what is no longer installed has nothing left to do. */
  async function settle(
    job: Job<QueuedReview>,
    done: string,
    work: (ports: ReviewPorts, job: Job<QueuedReview>) => Promise<void>,
  ): Promise<void> {
    const { repository, reviewId } = job.data;
    const ids = { installation: repository.installationId, repository: repository.repositoryId, review: reviewId };
    try {
      await work(portsFor(repository), job);
      log.info(ids, done);
    } catch (error) {
      if (error instanceof NotInstalled) {
        log.info(ids, "not installed any more");
        return;
      }
      const { name, status } = error as { name?: string; status?: number };
      log.warn({ ...ids, kind: name, status }, "a review failed and is tried again");
      throw new Error(`${name ?? "error"} ${status ?? ""}`.trim());
    }
  }

  async function clientFor(
    { installationId, repositoryId, owner, name }: RequestedRepository,
    permissions: typeof READ | typeof WRITE,
    onRequest: () => void = () => {},
  ) {
    const { token, mintedAt } = await app.tokenFor(installationId, repositoryId, permissions);
    return repositoryClient({ apiUrl: settings.apiUrl, owner, name, token, tokenMintedAt: mintedAt, onRequest });
  }

  function portsFor(repository: RequestedRepository): ReviewPorts {
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
      records,
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
