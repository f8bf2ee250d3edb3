import { expect, test } from "@jest/globals";
import { lowestBudgets } from "../../src/server/lowest-budgets.ts";

test("the least share of any installation is told, until its hour is over", () => {
  let now = 1000;
  const budgets = lowestBudgets(() => now);
  expect([...budgets.lowest()]).toEqual([]);
  budgets.learn(1, { resource: "core", remaining: 4000, limit: 5000, resetAt: 2000 });
  budgets.learn(2, { resource: "core", remaining: 500, limit: 5000, resetAt: 1500 });
  budgets.learn(2, { resource: "graphql", remaining: 5000, limit: 5000, resetAt: 2000 });
  budgets.learn(2, { resource: "made_up", remaining: 0, limit: 5000, resetAt: 2000 });
  budgets.learn(3, { resource: "core", remaining: 0, limit: 0, resetAt: 2000 });
  expect([...budgets.lowest()]).toEqual([
    ["core", 0.1],
    ["graphql", 1],
  ]);
  now = 1600;
  expect(budgets.lowest().get("core")).toBe(0.8);
});
