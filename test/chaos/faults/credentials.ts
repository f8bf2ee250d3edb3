import { resolve } from "node:path";
import { type Fault, nothing } from "./fault.ts";
import { someRepository } from "./limits.ts";

const MINUTE_MS = 60_000;
const WRONG_CLOCK = `--import=${resolve("test/chaos/wrong-clock.ts")}`;
/** By how many minutes the processes' clocks are off, in turn: at first, and after ten seconds. */
const CLOCKS: readonly (readonly [number, number])[] = [
  [10, -10],
  [0, 0],
  [-10, 10],
];

/** What happens to tokens, permissions and clocks. */
export const credentialFaults: readonly Fault[] = [
  ...([401, 403] as const).map(
    (status): Fault => ({
      name: `fresh-tokens-are-refused-with-${status}`,
      proves: [24],
      begin(chaos, met) {
        const repository = someRepository(chaos);
        const { sandbox } = chaos;
        sandbox.revokeTokens(repository);
        sandbox.delayTokens(repository, 2000, status);
        const stop = sandbox.on({ path: new RegExp(`/${repository.name}/`) }, "after commit", (request) => {
          if (request.status === status) met();
        });
        return () => {
          stop();
          if (repository.installationId !== null) sandbox.delayTokens(repository, 0, status);
        };
      },
    }),
  ),
  {
    name: "tokens-are-revoked",
    proves: [24],
    begin({ sandbox, random }, met) {
      const inAReview = { path: /\/(pulls|git|check-runs)\b/, after: random.between(0, 4), times: 1 };
      const stop = sandbox.on(inAReview, "before", ({ installationId }) => {
        for (const { token } of sandbox.requests)
          if (token !== null && token.installationId === installationId) token.revoked = true;
      });
      const stopCounting = sandbox.on({}, "after commit", ({ token, status }) => {
        if (token?.revoked && status === 401) met();
      });
      return () => {
        stop();
        stopCounting();
      };
    },
  },
  {
    name: "tokens-live-for-moments",
    proves: [25],
    begin(chaos, met) {
      const { sandbox } = chaos;
      const repository = someRepository(chaos);
      // Those that live longer must not be used.
      sandbox.revokeTokens(repository);
      sandbox.limitTokens(repository, 700);
      const stop = sandbox.on({}, "after commit", ({ token, status }) => {
        if (token && !token.revoked && token.expiresAt <= sandbox.state.now() && status === 401) met();
      });
      return () => {
        stop();
        if (repository.installationId !== null) sandbox.limitTokens(repository, 60 * MINUTE_MS);
        sandbox.revokeTokens(repository);
      };
    },
  },
  {
    name: "permissions-are-taken-away",
    proves: [26],
    async begin({ sandbox, people, random }, met) {
      const { repository } = random.pick(people.projects);
      const installation = sandbox.state.installations.get(repository.installationId ?? 0);
      if (!installation) return nothing;
      const { permissions } = installation;
      people.do(sandbox.grant(repository, { contents: "read", metadata: "read" }));
      met();
      return () => {
        people.do(sandbox.grant(repository, permissions));
        // What could not be said meanwhile is said at the next event.
        for (const open of people.openPulls()) {
          if (open.project.repository.installationId === installation.id)
            people.push(open.project, open.pull, false, false);
        }
      };
    },
  },
  ...[10, -10].map(
    (minutes): Fault => ({
      name: `clock-is-${minutes > 0 ? "behind" : "ahead"}`,
      proves: [15],
      isFromTheStart: true,
      begin({ sandbox }, met) {
        sandbox.state.clockSkewMs = minutes * MINUTE_MS;
        met();
        return nothing;
      },
    }),
  ),
  {
    name: "clocks-differ-and-jump",
    proves: [15],
    isFromTheStart: true,
    environmentAt(place) {
      const minutes = CLOCKS[place % CLOCKS.length] ?? [0, 0];
      return { NODE_OPTIONS: WRONG_CLOCK, CLOCK_OFFSETS_MS: minutes.map((one) => one * MINUTE_MS).join() };
    },
    begin(_, met) {
      met();
      return nothing;
    },
  },
];
