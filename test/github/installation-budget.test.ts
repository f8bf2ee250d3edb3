import { beforeEach, describe, expect, jest, test } from "@jest/globals";
import { Limited } from "../../src/github/failures.ts";
import { type BudgetStore, installationBudgets } from "../../src/github/installation-budget.ts";
import { costOf } from "../../src/github/request-budget.ts";

const spend = jest.fn<BudgetStore["spend"]>();
const holdTenant = jest.fn<BudgetStore["holdTenant"]>(async () => {});
const guess = jest.fn<BudgetStore["guess"]>(async () => 240);
const budgetOf = installationBudgets({ spend, holdTenant, guess });
const GET = costOf("https://api.github.com/repos/acme/orders");

beforeEach(() => {
  jest.clearAllMocks();
  spend.mockResolvedValue({ waitSeconds: 0 });
});

const budget = (remaining: number, limit = 5000, resource = "core") => ({
  ...{ resource, limit, remaining },
  resetAt: Date.now() + 600_000,
});

test.each([
  ["GET", "/repos/acme/orders", { points: 1, isWrite: false, resource: "core" }],
  ["POST", "/repos/acme/orders/check-runs", { points: 5, isWrite: true, resource: "core" }],
  ["DELETE", "/repos/acme/orders/issues/comments/1", { points: 5, isWrite: true, resource: "core" }],
  ["POST", "/graphql", { points: 1, isWrite: false, resource: "graphql" }],
])("%s %s costs what GitHub counts", (method, path, cost) => {
  expect(costOf(`https://api.github.com${path}`, method)).toEqual(cost);
});

describe("the store", () => {
  test("is told once, and by the next request, what answers told", async () => {
    const one = budgetOf(1, true);
    one.learn(budget(90));
    one.learn(budget(100));
    one.learn(budget(5, 30, "search"));
    await budgetOf(2, true).spend(GET);
    await budgetOf(1, true).spend(GET);
    await one.spend(GET);
    const told = spend.mock.calls.map(([id, spending]) => [id, spending.told.core?.remaining]);
    expect(told).toEqual([
      [2, undefined],
      [1, 90],
      [1, undefined],
    ]);
  });

  test("keeps the last fifth of the hour's budget for what somebody waits for", async () => {
    const [urgent, backlog] = [budgetOf(1, true), budgetOf(1, false)];
    for (const one of [urgent, backlog]) {
      one.learn(budget(9000, 10_000));
      await one.spend(GET);
    }
    expect(spend.mock.calls.map(([, { reserve }]) => reserve)).toEqual([100, 2000]);
  });
});

describe("a request that may not be sent soon", () => {
  test.each<[string, boolean, "held" | "spent" | "reserved", boolean]>([
    ["because others found a limit lets its job wait", true, "held", false],
    ["because too much was asked holds the installation's other work as well", true, "spent", true],
    ["because of the hour's budget holds it too", true, "reserved", true],
    ["because the rest of the budget is not for it lets only its job wait", false, "reserved", false],
  ])("%s", async (_, isUrgent, because, holds) => {
    spend.mockResolvedValue({ refusedSeconds: 90, because });
    const error: unknown = await budgetOf(1, isUrgent)
      .spend(GET)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Limited);
    expect(error).toMatchObject({ kind: "own" });
    expect(holdTenant.mock.calls).toEqual(holds ? [[1, 90]] : []);
  });
});

test("a request that has waited is not sent where somebody has met a limit meanwhile", async () => {
  spend.mockResolvedValueOnce({ waitSeconds: 0.01 }).mockResolvedValueOnce({ refusedSeconds: 60, because: "held" });
  await expect(budgetOf(1, true).spend(GET)).rejects.toBeInstanceOf(Limited);
  expect(spend.mock.calls.map(([, { points, isWrite }]) => [points, isWrite])).toEqual([
    [1, false],
    [0, false],
  ]);
});

describe("a limit that GitHub tells of", () => {
  test("is noted for everybody", async () => {
    const limit = new Limited("primary", new Date(Date.now() + 60_000));
    expect((await budgetOf(1, true).hold(limit)).kind).toBe("primary");
    expect(holdTenant.mock.calls.map(([id, seconds]) => [id, Math.round(seconds)])).toEqual([[1, 60]]);
  });

  test("without its length holds as long as the store makes of it", async () => {
    const held = await budgetOf(1, true).hold(new Limited("secondary", new Date(), { isGuess: true }));
    expect(Math.round((held.until.getTime() - Date.now()) / 1000)).toBe(240);
    expect(holdTenant).toHaveBeenCalledWith(1, 240);
  });
});
