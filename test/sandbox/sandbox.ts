import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { installationActions } from "./actions/installations.ts";
import { peopleActions } from "./actions/people.ts";
import { pullActions } from "./actions/pulls.ts";
import { repositoryActions } from "./actions/repositories.ts";
import { type Fault, Faults, type Hook, type Selection } from "./faults.ts";
import { Limits } from "./limits.ts";
import { type Delivery, Postman } from "./postman.ts";
import { seededRandom } from "./random.ts";
import { pullRequestOf, type Representations } from "./representations.ts";
import type { LoggedRequest } from "./request-log.ts";
import { createSandboxServer } from "./server.ts";
import { type CheckRun, type Comment, type PullRequest, type Repository, State } from "./state.ts";

export type { NewPullRequest } from "./actions/pulls.ts";

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** One for all that a process starts: to make a key takes longer than to start the rest. */
let keyOfApp: string | undefined;

/**
 * Starts a GitHub on this machine: stateful, over real HTTP, with real git objects and signed deliveries.
 * The seed decides whom faults with a probability meet.
 */
export async function startSandbox({ port = 0, seed = 1 } = {}) {
  const state = new State();
  keyOfApp ??= generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }).privateKey;
  const app = { id: 4242, slug: "pyready", privateKey: keyOfApp, webhookSecret: randomBytes(24).toString("hex") };
  const bot = state.user(`${app.slug}[bot]`, "Bot");
  const requests: LoggedRequest[] = [];
  const faults = new Faults(seededRandom(seed));
  const limits = new Limits(state);
  const violations: string[] = [];
  const postman = new Postman(state, () => app.webhookSecret);
  let origin = "";
  let web: RequestListener | undefined;
  const context = (): Representations => ({ apiUrl: `${origin}/api/v3`, app });
  const world = { state, postman, app, bot, context };
  const server = createSandboxServer({ ...world, requests, faults, limits, violations, web: () => web });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: origin,
    /** `host:port`, for GHE_HOST. */
    host: origin.slice("http://".length),
    /** Its webhook secret may be changed, and signs what is sent from then on. */
    app,
    state,
    limits,
    /** The network between GitHub and the App. */
    postman,
    requests,
    deliveries: postman.deliveries,
    violations,
    ...installationActions(world),
    ...repositoryActions(world),
    ...pullActions(world),
    ...peopleActions(world),

    /** Deliveries go to each of these in turn. */
    setWebhookUrl(...urls: readonly string[]): void {
      postman.urls = urls;
    },

    /** Shows its pages to people, beside the API. */
    serveWeb(listener: RequestListener): void {
      web = listener;
    },

    /** Makes the next matching requests go wrong, one unless told; the answer ends it. */
    fault: (fault: Fault): (() => void) => faults.add(fault),

    /** Calls back at this point of every matching request, before it is answered; the answer ends it. */
    on: (selection: Selection, phase: Hook["phase"], callback: Hook["callback"]): (() => void) =>
      faults.addHook(selection, { phase, callback }),

    /** Nothing goes wrong from now on. */
    clearFaults: (): void => faults.clear(),

    /** The next reads show the pull request as it is now, whatever happens to it meanwhile. */
    lag(repository: Repository, pull: PullRequest, times: number): void {
      const body = JSON.stringify(pullRequestOf(context(), repository, pull));
      const path = new RegExp(`/${repository.name}/pulls/${pull.number}$`);
      faults.add({ method: "GET", path, times, effect: { status: 200, body } });
    },

    /** Sends a delivery again, as GitHub does: with the same id. */
    redeliver: (delivery: Delivery): Promise<number> => postman.redeliver(delivery),

    checkRuns: (repository: Repository, sha: string): readonly CheckRun[] =>
      repository.checkRuns.filter(({ headSha }) => headSha === sha),

    ourComments: (repository: Repository, number: number): readonly Comment[] =>
      repository.comments.filter((comment) => comment.number === number && comment.appId === app.id),

    /** Resolves with the first value that is not undefined; looked at again whenever the state changes. */
    waitFor<Value>(what: string, look: () => Value | undefined, timeoutMs = 20_000): Promise<Value> {
      return new Promise((resolve, reject) => {
        const attempt = (): void => {
          const value = look();
          if (value === undefined) return;
          clearTimeout(timer);
          stop();
          resolve(value);
        };
        const stop = state.onChange(attempt);
        const timer = setTimeout(() => {
          stop();
          const recent = requests.slice(-12).map(({ method, path, status }) => `${method} ${path} ${status}`);
          reject(
            new Error(`waited in vain for ${what}; the last requests:\n${recent.join("\n")}\n${violations.join("\n")}`),
          );
        }, timeoutMs);
        attempt();
      });
    },

    /** @throws when a request or response broke GitHub's description. */
    async close(): Promise<void> {
      await postman.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (violations.length > 0)
        throw new Error(`against GitHub's description:\n${[...new Set(violations)].join("\n")}`);
    },
  };
}
