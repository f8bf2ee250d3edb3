import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { healthy, poor } from "../support/repositories.ts";
import { startTestBed, type TestBed } from "../support/running-server.ts";

let bed: TestBed;

beforeAll(async () => {
  bed = await startTestBed();
}, 60_000);

afterAll(() => bed?.close(), 60_000);

async function readMetrics(url: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const samples = text.split("\n").filter((line) => line && !line.startsWith("#"));
  return new Map(samples.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]));
}

test("a reviewed pull request is in every metric that it concerns", async () => {
  const repository = bed.sandbox.createRepository({ owner: "acme", name: "orders", files: healthy });
  await bed.sandbox.install([repository]);
  const change = { title: "Change", author: "ada", branch: "change", files: poor };
  const pull = await bed.sandbox.openPullRequest(repository, change);
  await bed.sandbox.waitFor("the comment", () => bed.sandbox.ourComments(repository, pull.number)[0]);
  await bed.settled();
  const metrics = await readMetrics(bed.url);
  const value = (name: string) => metrics.get(name);
  expect(value('pyready_deliveries_total{event="pull_request",status="202"}')).toBe(1);
  expect(value("pyready_delivery_seconds_count")).toBeGreaterThanOrEqual(1);
  expect(value('pyready_jobs_total{kind="review",outcome="done"}')).toBe(1);
  expect(value('pyready_job_wait_seconds_count{kind="review"}')).toBe(1);
  expect(value('pyready_publications_total{kind="check_run",result="created"}')).toBeGreaterThanOrEqual(1);
  expect(value('pyready_publications_total{kind="comment",result="created"}')).toBe(1);
  expect(value('pyready_github_requests_total{kind="graphql",status="2xx"}')).toBeGreaterThanOrEqual(1);
  // To judge and to publish; for an organisation's policy there is none where its repository is not installed.
  expect(value('pyready_github_requests_total{kind="token",status="2xx"}')).toBe(2);
  expect(value('pyready_github_budget_remaining_ratio{resource="core"}')).toBeGreaterThan(0.9);
  for (const stage of ["fetch", "judge", "publish", "total"])
    expect(value(`pyready_review_seconds_count{stage="${stage}"}`)).toBe(1);
  const [fetched, judged, published, total] = ["fetch", "judge", "publish", "total"].map(
    (stage) => value(`pyready_review_seconds_sum{stage="${stage}"}`) ?? Number.NaN,
  );
  expect((fetched ?? 0) + (judged ?? 0) + (published ?? 0)).toBeLessThanOrEqual((total ?? 0) + 0.01);
  expect([value("pyready_store_up"), value("pyready_queue_dead"), value("pyready_store_errors_total")]).toEqual([
    1, 0, 0,
  ]);
  expect(
    [...metrics.keys()].filter((name) => /^pyready_build_info\{.*rule_set="[^"]+".*role="all"/.test(name)),
  ).toHaveLength(1);
  expect(value("process_resident_memory_bytes")).toBeGreaterThan(0);
  const text = [...metrics.keys()].join("\n");
  for (const name of ["acme", "orders", "ada", pull.headSha]) expect(text).not.toContain(name);
});

test("a review's id is in its lines of log and in its check run, with what took how long", async () => {
  const repository = bed.sandbox.createRepository({ owner: "acme", name: "payments", files: healthy });
  await bed.sandbox.install([repository]);
  const change = { title: "Change", author: "ada", branch: "change", files: poor };
  const pull = await bed.sandbox.openPullRequest(repository, change);
  await bed.sandbox.waitFor("the comment", () => bed.sandbox.ourComments(repository, pull.number)[0]);
  await bed.settled();
  const [run] = bed.sandbox.checkRuns(repository, pull.headSha);
  const lines = bed.log.map((line) => JSON.parse(line)).filter(({ review }) => review === run?.externalId);
  expect(lines.at(-1)).toMatchObject({
    ...{ msg: "job", kind: "review", outcome: "done", attempt: 1, repository: repository.id },
    ...{ milliseconds: expect.any(Number), waited: expect.any(Number) },
    ...{ fetch: expect.any(Number), judge: expect.any(Number), publish: expect.any(Number) },
  });
  const requests = bed.sandbox.requests.filter(({ path }) => path.includes("payments"));
  expect(lines.filter(({ msg }) => msg === "github").length).toBeGreaterThanOrEqual(requests.length);
});

test("names that a sender makes up become no labels", async () => {
  for (const event of ["made_up_1", "made_up_2"])
    await fetch(`${bed.url}/api/github/webhooks`, { method: "POST", headers: { "x-github-event": event } });
  const metrics = await readMetrics(bed.url);
  expect(metrics.get('pyready_deliveries_total{event="other",status="415"}')).toBe(2);
  expect([...metrics.keys()].filter((name) => name.includes("made_up"))).toEqual([]);
});

test("with a port of their own metrics are nowhere else", async () => {
  const apart = await startTestBed({ metricsPort: 0 });
  try {
    const metricsUrl = /"metricsUrl":"([^"]+)"/.exec(apart.log.join(""))?.[1] ?? "";
    expect((await readMetrics(metricsUrl)).get("pyready_store_up")).toBe(1);
    expect((await fetch(`${apart.url}/metrics`)).status).toBe(404);
    expect((await fetch(`${metricsUrl}/healthz`)).status).toBe(404);
  } finally {
    await apart.close();
  }
}, 60_000);
