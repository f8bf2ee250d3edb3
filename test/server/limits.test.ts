import { describe, expect, test } from "@jest/globals";
import type { Repository } from "../sandbox/state.ts";
import { useTestBed } from "../support/scene.ts";

const scene = useTestBed({ retryDelaySeconds: 0.2 });

/** Requests about a repository, or in the name of its installation, since some time. */
const since = (repository: Repository, at: number) =>
  scene.bed.sandbox.requests.filter(
    ({ installationId, at: then }) => installationId === repository.installationId && then >= at,
  );

const installationOf = ({ installationId }: Repository): number => installationId ?? 0;

describe("nothing is asked in the name of an installation, and its review comes all the same,", () => {
  test.each<[string, (id: number) => void, number]>([
    ["once its hour's budget is spent", (id) => scene.bed.sandbox.limits.exhaust(id, 4000), 2000],
    ["once GraphQL's is", (id) => scene.bed.sandbox.limits.exhaust(id, 4000, "graphql"), 2000],
    ["while a secondary limit holds", (id) => scene.bed.sandbox.limits.block(id, 4000), 2000],
    [
      "whose limits come as 429",
      (id) => {
        scene.bed.sandbox.limits.set(id, { form: 429 });
        scene.bed.sandbox.limits.exhaust(id, 4000);
      },
      2000,
    ],
  ])("%s", async (_, limit, quietMs) => {
    const repository = await scene.newRepository();
    const other = await scene.newRepository();
    limit(installationOf(repository));
    const pull = await scene.openChange(repository);
    const refused = await scene.bed.sandbox.waitFor("a refusal", () => since(repository, 0).find((one) => one.limited));
    const elsewhere = await scene.openChange(other);
    await scene.completedRun(repository, pull.headSha);
    await scene.completedRun(other, elsewhere.headSha);
    const early = since(repository, refused.at + 1).filter(({ at }) => at < (refused.limited?.until ?? 0));
    expect(early).toEqual([]);
    expect((refused.limited?.until ?? 0) - refused.at).toBeGreaterThan(quietMs);
    expect(since(repository, 0).filter((one) => one.limited)).toHaveLength(1);
  });

  test("while GitHub is maintained", async () => {
    const repository = await scene.newRepository();
    const answer = { status: 503, headers: { "retry-after": "3" } };
    scene.bed.sandbox.fault({ installationId: installationOf(repository), effect: answer });
    const pull = await scene.openChange(repository);
    await scene.completedRun(repository, pull.headSha);
    const [first, second] = since(repository, 0);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(3000);
  });
});

test("a GitHub that answers nobody is let alone, and asked again when it may be well", async () => {
  const repository = await scene.newRepository();
  const isOver = scene.bed.sandbox.fault({ effect: { status: 502 }, times: Number.POSITIVE_INFINITY });
  const before = scene.bed.sandbox.requests.length;
  const pull = await scene.openChange(repository);
  await scene.bed.sandbox.waitFor("five requests in vain", () => scene.bed.sandbox.requests[before + 5]);
  const metrics = async () => (await fetch(`${scene.bed.url}/metrics`)).text();
  const paused = /^pyready_github_pause_seconds ([\d.]+)$/m.exec(await metrics())?.[1];
  isOver();
  expect(Number(paused)).toBeGreaterThan(0);
  await scene.completedRun(repository, pull.headSha);
  expect(await metrics()).toMatch(/^pyready_github_pause_seconds 0$/m);
});

test("what others spend of an hour's budget is heeded before GitHub has to refuse anything", async () => {
  const repository = await scene.newRepository();
  const id = installationOf(repository);
  const first = await scene.openChange(repository);
  await scene.completedRun(repository, first.headSha);
  await scene.bed.settled();
  scene.bed.sandbox.limits.set(id, { windowMs: 6000 });
  scene.bed.sandbox.limits.exhaust(id, 6000);
  scene.bed.sandbox.limits.spendElsewhere(id, -45);
  const second = await scene.openChange(repository, { branch: "other", title: "Other" });
  await scene.completedRun(repository, second.headSha);
  expect(since(repository, 0).filter((one) => one.limited)).toEqual([]);
});
