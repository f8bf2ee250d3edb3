import { availableParallelism } from "node:os";
import { ruleSetVersion } from "../engine/rule-set.ts";
import type { App } from "../github/app.ts";
import { codeScanningClient } from "../github/code-scanning-client.ts";
import { Limited, NotHeld } from "../github/failures.ts";
import type { HostHealth } from "../github/host-health.ts";
import type { GithubAnswer } from "../github/observed-fetch.ts";
import { repositoryClient } from "../github/repository-client.ts";
import type { RequestBudget } from "../github/request-budget.ts";
import type { Connection } from "../github/requests.ts";
import type { Permissions } from "../github/tokens.ts";
import { knownAdvisories, storedAdvisories } from "../jobs/advisories-job.ts";
import { type CommandPorts, giveUpCommand, runCommand } from "../jobs/command-job.ts";
import { Gone, Parked } from "../jobs/outcomes.ts";
import { ADVISORIES, type AddWork, COMMAND, EVIDENCE, HEADS, RECONCILE, REVIEW, SETTINGS } from "../jobs/requests.ts";
import { giveUpReview, type ReviewPorts, runReview } from "../jobs/review-job.ts";
import type { Handler, Job } from "../jobs/run-work.ts";
import { type Runner, startRunner } from "../jobs/runner.ts";
import { createPythonReader } from "../python/pool.ts";
import type { Settings } from "../settings.ts";
import { settingsWith } from "../snapshot/settings.ts";
import { type Lanes, PRIORITY, type Priority } from "../store/lanes.ts";
import type { Pace } from "../store/paces.ts";
import type { recordsIn } from "../store/records.ts";
import type { CommandRequest, RequestedRepository, ReviewRequest } from "../webhooks/review-request.ts";
import { commandPorts } from "./command-ports.ts";
import { evidenceHandler } from "./evidence.ts";
import { isSuspension, outcomeOf } from "./failures.ts";
import { grantedPermissions } from "./granted.ts";
import { judging, newCaches, weightOf } from "./judging.ts";
import { objectionsTo } from "./objections.ts";
import { READ, READ_FILES, UPLOAD, WRITE } from "./permissions.ts";
import { readingHandlers } from "./readings.ts";
import { reconciliationHandlers } from "./reconciliation.ts";
import { repairing } from "./repairing.ts";
import type { ReviewWatch } from "./review-watch.ts";
import { tenantCaches } from "./tenant-caches.ts";

/** What the server hands to its workers. */
export interface WorkerParts {
  readonly settings: Settings;
  readonly app: App;
  /** How GitHub answers this process. */
  readonly health: HostHealth;
  /** What the requests of an installation may cost; nobody waits for those that are not urgent. */
  budgetOf(installationId: number, isUrgent: boolean): RequestBudget;
  readonly records: ReturnType<typeof recordsIn>;
  readonly lanes: Lanes;
  readonly add: AddWork;
  readonly retrySeconds: number;
  readonly pace: Pace;
  readonly watch: ReviewWatch;
  onWorkerLost(): void;
}

/** Before the first reading. */
const NOT_READ = settingsWith({}, "GitHub's settings are not read yet");
/** Reviews and commands at a time. */
const PLACES = 6;
/** Deliveries are answered by the main thread: one core is left to it where there are several. */
const PYTHON_THREADS = Math.min(4, Math.max(1, availableParallelism() - 1));

/** Takes reviews and commands off their lanes, each with the narrow ports that its job asks for. */
export function startWorkers(parts: WorkerParts): Runner {
  const { settings, app, health, budgetOf, records, lanes, add, retrySeconds, pace, watch, onWorkerLost } = parts;
  const python = createPythonReader({ threads: PYTHON_THREADS, onLost: onWorkerLost });
  const caches = tenantCaches(newCaches, weightOf);
  const { judge, ...at } = judging({ python, records, caches });
  const repairsAt = repairing({ python, caches, ...at });
  const granted = grantedPermissions(app);
  const reviews: Handler<ReviewRequest> = {
    run: (job) => whileHeld(job, async () => runReview(await portsFor(job), job)),
    giveUp: (job) => lastWords(job),
  };
  const commands: Handler<CommandRequest> = {
    run: async (job) => runCommand(await commandPortsFor(job), job),
    giveUp: async (job) => giveUpCommand(await commandPortsFor(job), job),
  };
  const addWhereIdle: AddWork = async (works) => {
    await lanes.addWhereIdle(works);
    runner.wake();
  };
  const reconciliation = reconciliationHandlers({ settings, app, records, addWhereIdle, watch, health, budgetOf });
  const readings = readingHandlers({ settings, app, records, add, watch, health, budgetOf });
  const evidence = evidenceHandler({
    ...{ records, watch, judge, current, surroundingsOf },
    clientFor: (...about) => clientFor(about[0], READ, PRIORITY.backlog, about[1]),
    organisation: (...about) => organisationClient(about[0], PRIORITY.backlog, about[1]),
    readDue: readings.advisories.run,
  });
  const runner = startRunner({
    lanes,
    handlers: {
      [REVIEW]: told(reviews),
      [COMMAND]: told(commands),
      [RECONCILE]: told(reconciliation.all),
      [HEADS]: told(reconciliation.heads),
      [SETTINGS]: told(readings.repositorySettings),
      [ADVISORIES]: told(readings.advisories),
      [EVIDENCE]: told(evidence),
    },
    places: PLACES,
    pauseMs: health.pauseMs,
    retrySeconds,
    onEnd: watch.ended,
    onStoreError: watch.storeFailed,
  });
  return runner;

  /** What is known beside files. Advisories are asked for where something reads them: else nobody would ever answer. */
  async function surroundingsOf(request: ReviewRequest) {
    const read = await records.settings(request.repository);
    const advisories = settings.reconcileSeconds > 0 && { advisories: storedAdvisories(records, add, request) };
    return { settings: read?.settings ?? NOT_READ, ...advisories };
  }

  /** The same for repairs, which are tried: they say nothing of what the repository was judged by. */
  async function surroundingsOfRepairs(repository: RequestedRepository) {
    const read = await records.settings(repository);
    const advisories = knownAdvisories(records, repository.installationId);
    return { settings: read?.settings ?? NOT_READ, ...(settings.reconcileSeconds > 0 && { advisories }) };
  }

  /** The same handler, its errors told in the words of jobs; what stops the whole installation holds its other work too. */
  function told<Request>({ run, giveUp }: Handler<Request>): Handler<Request> {
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

  /** Where what a review is about is gone, nobody is left to be told that it failed. */
  async function lastWords(job: Job<ReviewRequest>): Promise<void> {
    try {
      await giveUpReview(await portsFor(job), job);
    } catch (error) {
      const { status } = error as { status?: number };
      throw status === 404 || status === 403 || status === 410 || status === 422 ? new Gone("nobody to tell") : error;
    }
  }

  /** The repository under the name that it has now. */
  async function current(repository: RequestedRepository): Promise<RequestedRepository> {
    const known = await records.repository(repository);
    if (known?.archived) throw new Gone("the repository is archived and takes no writes");
    return known ?? repository;
  }

  async function connectionFor(
    { installationId, repositoryId }: RequestedRepository,
    permissions: Permissions,
    priority: Priority,
    onAnswer: (answer: GithubAnswer) => void,
  ): Promise<Connection> {
    const from = await records.tokensFrom(installationId);
    const credentials = app.credentials(installationId, repositoryId, permissions, from);
    const budget = budgetOf(installationId, priority !== PRIORITY.backlog);
    return { apiUrl: settings.apiUrl, credentials, budget, health, onAnswer };
  }

  async function clientFor(
    repository: RequestedRepository,
    ...how: [permissions: Permissions, priority: Priority, onAnswer: (answer: GithubAnswer) => void]
  ) {
    return repositoryClient(await connectionFor(repository, ...how), repository);
  }

  /**
   * Reads the `.github` repository of an organisation, with a token for it alone. Where the installation does
   * not hold it, it may still be public: the token of the repository that is reviewed reads that, and no other.
   */
  async function organisationClient(
    { installationId, repositoryId, owner }: RequestedRepository,
    priority: Priority,
    onAnswer: (answer: GithubAnswer) => void,
  ) {
    const from = await records.tokensFrom(installationId);
    const own = app.credentials(installationId, ".github", READ_FILES, from);
    const isHeld = await own.current().then(
      () => true,
      (error: unknown) => {
        if (error instanceof NotHeld) return false;
        throw error;
      },
    );
    const credentials = isHeld ? own : app.credentials(installationId, repositoryId, READ, from);
    const budget = budgetOf(installationId, priority !== PRIORITY.backlog);
    return repositoryClient(
      { apiUrl: settings.apiUrl, credentials, budget, health, onAnswer },
      { owner, name: ".github" },
    );
  }

  async function portsFor({ request, reviewId, priority }: Job<ReviewRequest>): Promise<ReviewPorts> {
    const repository = await current(request.repository);
    const watched = watch.of(repository.installationId, reviewId);
    let requests = 0;
    const answered = (answer: GithubAnswer): void => {
      requests++;
      watched.answered(answer);
    };
    const client = await clientFor(repository, READ, priority, answered);
    const organisation = () => organisationClient(repository, priority, answered);
    const around = await surroundingsOf({ ...request, repository });
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
      policyAt: (place) => at.policyAt(of, place),
      judge: (headSha, base, place) => watched.judging(() => judge(of, headSha, base, place)),
      async mayWrite() {
        const { installationId } = repository;
        const may = await granted(installationId, await records.tokensFrom(installationId));
        return { contents: may.contents === "write", workflows: may.workflows === "write" };
      },
      async repairable(headSha, place) {
        const around = await surroundingsOfRepairs(repository);
        const found = await repairsAt({ ...of, ...around }, headSha, place, {}).catch((error: unknown) => {
          // What is offered beside a verdict must not keep it back.
          watch.failed(error);
          return { repairs: [] };
        });
        return found.repairs.map(({ ruleId }) => ruleId);
      },
      requests: () => requests,
      publisher: async () => watched.publishing(await clientFor(repository, WRITE, priority, answered)),
      codeScanning: async () =>
        codeScanningClient(await connectionFor(repository, UPLOAD, priority, answered), repository),
      now: Date.now,
    };
  }

  async function commandPortsFor({ request, reviewId, priority }: Job<CommandRequest>): Promise<CommandPorts> {
    const repository = await current(request.repository);
    const watched = watch.of(repository.installationId, reviewId);
    const connect = (permissions: Permissions) => connectionFor(repository, permissions, priority, watched.answered);
    const { reader } = repositoryClient(await connect(READ), repository);
    const organisation = () => organisationClient(repository, priority, watched.answered);
    const around = await surroundingsOfRepairs(repository);
    const of = { repository, reader, watched, organisation, ...around };
    return commandPorts({
      ...{ settings, app, records, add, repository, connect },
      snapshots: caches.of(repository.installationId).snapshots,
      publishing: watched.publishing,
      repairsAt: (...which) => repairsAt(of, ...which),
      ownRules: async ({ name, commit }) =>
        (await at.ownRules(of, { commit, branch: name, isTip: true, isOfChange: false })).rules,
      objectionsTo: ({ name, commit }, change) =>
        objectionsTo(at, of, { commit, branch: name, isTip: true, isOfChange: false }, change),
    });
  }
}
