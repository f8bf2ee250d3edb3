import { afterEach, describe, expect, test } from "@jest/globals";
import type { PullRequest, Repository } from "../sandbox/state.ts";
import { useTestBed } from "../support/scene.ts";

const scene = useTestBed({ retryDelaySeconds: 0.2 });
const ALL = { contents: "read", metadata: "read", checks: "write", pull_requests: "write", merge_queues: "read" };

afterEach(() => {
  scene.bed.sandbox.state.clockSkewMs = 0;
});

const mintsOf = ({ installationId }: Repository): number =>
  scene.bed.sandbox.requests.filter(
    ({ path, status }) => path.endsWith(`/installations/${installationId}/access_tokens`) && status === 201,
  ).length;
const conclusions = (repository: Repository, { headSha }: PullRequest) =>
  scene.bed.sandbox.checkRuns(repository, headSha).map(({ conclusion }) => conclusion);

/** Does something to the repository when the review reads its tree. */
const whileReading = (what: () => void) =>
  scene.bed.sandbox.fault({ path: /git\/trees/, effect: "none", meanwhile: what });

describe("a review comes all the same, once,", () => {
  test.each<[string, (repository: Repository) => void, number]>([
    ["when new tokens are not known everywhere yet", (one) => scene.bed.sandbox.delayTokens(one, 2500), 2],
    ["when what they may do is not", (one) => scene.bed.sandbox.delayTokens(one, 2500, 403), 2],
    [
      "when its token is revoked in its midst",
      (one) => void whileReading(() => scene.bed.sandbox.revokeTokens(one)),
      3,
    ],
    [
      "when its token ends in its midst",
      (one) => {
        scene.bed.sandbox.limitTokens(one, 60_000);
        whileReading(() => {
          for (const token of scene.bed.sandbox.state.tokens.values())
            if (token.installationId === one.installationId) Object.assign(token, { expiresAt: 0 });
        });
      },
      3,
    ],
  ])("%s", async (_, befall, mints) => {
    const repository = await scene.newRepository();
    befall(repository);
    const pull = await scene.openChange(repository);
    await scene.bed.sandbox.waitFor("a comment", () => scene.comments(repository)[0]);
    await scene.bed.settled();
    expect(conclusions(repository, pull)).toHaveLength(1);
    expect(scene.comments(repository)).toHaveLength(1);
    expect(mintsOf(repository)).toBeLessThanOrEqual(mints + 1);
  });

  test.each([
    ["ten minutes behind", 600_000],
    ["ten minutes ahead", -600_000],
  ])("when this machine's clock is %s", async (_, skew) => {
    scene.bed.sandbox.state.clockSkewMs = skew;
    const repository = await scene.newRepository();
    const pull = await scene.openChange(repository);
    expect((await scene.completedRun(repository, pull.headSha)).conclusion).not.toBe("action_required");
  });
});

describe("a permission that is not there", () => {
  test("to comment leaves the check run to say it all", async () => {
    const repository = await scene.newRepository();
    await scene.bed.sandbox.grant(repository, { ...ALL, pull_requests: "read" });
    const pull = await scene.openChange(repository);
    expect((await scene.completedRun(repository, pull.headSha)).conclusion).not.toBe("action_required");
    await scene.bed.settled();
    expect(scene.comments(repository)).toEqual([]);
  });

  test.each([
    ["to read the repository is told in the check run", { contents: undefined }, ["action_required"]],
    ["to write check runs leaves nobody to be told", { checks: undefined }, []],
  ])(
    "%s, without many tries",
    async (_, without, expected) => {
      const repository = await scene.newRepository();
      const granted = Object.entries({ ...ALL, ...without }).filter(([, level]) => level !== undefined);
      await scene.bed.sandbox.grant(repository, Object.fromEntries(granted) as Record<string, string>);
      const pull = await scene.openChange(repository);
      await scene.bed.settled();
      expect(conclusions(repository, pull)).toEqual(expected);
      const refused = scene.bed.sandbox.requests.filter(
        ({ installationId, status }) => installationId === repository.installationId && status === 403,
      );
      expect(refused.length).toBeLessThan(60);
    },
    90_000,
  );
});
