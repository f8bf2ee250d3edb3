import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { sandboxClient } from "../support/sandbox-client.ts";
import { brokenAnswers, type Effect } from "./faults.ts";
import { type Sandbox, startSandbox } from "./sandbox.ts";
import type { Repository } from "./state.ts";

/** So long is waited for an answer that is not to come. */
const PATIENCE_MS = 100;
const BRANCH_HEAD = /^[0-9a-f]{40}$/;
let sandbox: Sandbox;
let client: ReturnType<typeof sandboxClient>;
let repository: Repository;
let token: string;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 3 });
  client = sandboxClient(sandbox);
  repository = sandbox.createRepository({ owner: "acme", name: "shop", files: { "a.py": "" } });
  await sandbox.install([repository]);
  token = await client.tokenFor(repository);
});

afterEach(() => sandbox.clearFaults());
afterAll(() => sandbox?.close());

const head = () => repository.branches.get("main") ?? "";
const createRun = (signal?: AbortSignal) =>
  fetch(`${sandbox.url}/api/v3/repos/acme/shop/check-runs`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ name: "ready", head_sha: head() }),
    ...(signal ? { signal } : {}),
  });
const readHead = () => client.ask(token, "GET", "/repos/acme/shop/commits/main");

describe("a write that meets a fault", () => {
  test.each<[Effect, "an answer" | "no answer", number]>([
    [{ status: 502 }, "an answer", 0],
    [{ status: 502, afterCommit: true }, "an answer", 1],
    ["reset before commit", "no answer", 0],
    ["reset after commit", "no answer", 1],
    ["hang", "no answer", 0],
    ["hang after commit", "no answer", 1],
    ["endless body", "no answer", 1],
    [{ firstByteMs: 5000 }, "no answer", 1],
    [{ bytesPerSecond: 1 }, "no answer", 1],
  ])("of %j gets %s and has made %d runs", async (effect, outcome, made) => {
    const before = repository.checkRuns.length;
    sandbox.fault({ method: "POST", path: /check-runs$/, effect });
    const asked = sandbox.requests.length;
    const asker = new AbortController();
    const answer = createRun(asker.signal)
      .then((response) => response.text())
      .then(
        () => "an answer",
        () => "no answer",
      );
    await sandbox.waitFor("the request", () => sandbox.requests[asked]);
    if (outcome === "no answer") setTimeout(() => asker.abort(), PATIENCE_MS);
    expect(await answer).toBe(outcome);
    expect(repository.checkRuns.length - before).toBe(made);
    expect((await createRun()).status).toBe(201);
  });
});

test.each(Object.entries(brokenAnswers))("an answer can be %s with 200", async (_, effect) => {
  sandbox.fault({ path: /commits\/main$/, effect });
  const response = await readHead();
  expect([response.status, await response.text()]).toEqual([200, effect.body]);
  expect(await (await readHead()).text()).toMatch(BRANCH_HEAD);
});

test("a fault meets the requests that it selects: by number, by installation, by chance", async () => {
  const statuses = async (count: number) => {
    const found: number[] = [];
    for (let n = 0; n < count; n++) found.push((await readHead()).status);
    return found;
  };
  sandbox.fault({ path: /commits/, after: 1, times: 2, effect: { status: 500 } });
  expect(await statuses(4)).toEqual([200, 500, 500, 200]);
  const end = sandbox.fault({ path: /commits/, installationId: -1, effect: { status: 500 } });
  expect(await statuses(1)).toEqual([200]);
  end();
  sandbox.fault({ path: /commits/, times: Infinity, probability: 0.5, effect: { status: 503 } });
  const met = (await statuses(40)).filter((status) => status === 503).length;
  expect(met).toBeGreaterThan(8);
  expect(met).toBeLessThan(32);
});

test("a hook stands between a request's effect and its answer", async () => {
  const seen: string[] = [];
  const runs = () => repository.checkRuns.length;
  const before = runs();
  const selection = { method: "POST", path: /check-runs$/ };
  sandbox.on(selection, "before", () => void seen.push(`before: ${runs() - before}`));
  sandbox.on(selection, "after commit", async ({ status }) => {
    await Promise.resolve();
    seen.push(`after: ${runs() - before}, ${status}`);
  });
  await createRun().then(() => seen.push("answered"));
  expect(seen).toEqual(["before: 0", "after: 1, 201", "answered"]);
});

test("a hook after the effect waits for a request that has one", async () => {
  let reached = 0;
  sandbox.on({ path: /commits/ }, "after commit", () => void reached++);
  sandbox.fault({ path: /commits/, effect: { status: 500 } });
  await readHead();
  expect(reached).toBe(0);
  await readHead();
  expect(reached).toBe(1);
});

test("the log tells of each request by whom, for what and when, and no secret", async () => {
  await createRun();
  const logged = sandbox.requests.at(-1);
  expect(logged).toMatchObject({
    method: "POST",
    kind: "rest",
    installationId: repository.installationId,
    repositoryId: repository.id,
    isContent: true,
    points: 5,
    status: 201,
  });
  expect(repository.checkRuns.at(-1)?.history).toMatchObject([{ generation: logged?.generation, status: "queued" }]);
  expect(JSON.stringify(sandbox.requests)).not.toContain(token);
});
