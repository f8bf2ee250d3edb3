import type { Limited } from "./failures.ts";
import type { Budget } from "./observed-fetch.ts";

/** What a request costs of GitHub's limits. */
export interface RequestCost {
  /** Of those that GitHub counts by the minute. */
  readonly points: number;
  readonly isWrite: boolean;
  /** Which of the hour's budgets it is taken from. */
  readonly resource: "core" | "graphql";
}

/** What one installation's requests may cost, in all processes together. */
export interface RequestBudget {
  /** Resolves when the request may be sent. @throws Limited when that is not soon */
  spend(cost: RequestCost): Promise<void>;
  /** Heeds what an answer tells of the hour's budget. */
  learn(budget: Budget): void;
  /** Lets everybody heed a limit. @returns it, for as long as it holds */
  hold(limit: Limited): Promise<Limited>;
}

/** GitHub counts a write as five reads; GraphQL is only used to read. */
export function costOf(url: string, method = "GET"): RequestCost {
  if (url.endsWith("/graphql")) return { points: 1, isWrite: false, resource: "graphql" };
  const isWrite = !/^(GET|HEAD)$/i.test(method);
  return { points: isWrite ? 5 : 1, isWrite, resource: "core" };
}
