import type { Budget } from "../github/observed-fetch.ts";

const RESOURCES = new Set(["core", "graphql"]);

/** Remembers each installation's budget until it is full again, and tells the least of them alone. */
export function lowestBudgets(now: () => number = Date.now) {
  const known = new Map<string, Budget>();
  const forgetOver = (): void => {
    for (const [key, { resetAt }] of known) if (resetAt <= now()) known.delete(key);
  };
  return {
    learn(installationId: number, budget: Budget): void {
      if (RESOURCES.has(budget.resource) && budget.limit > 0) known.set(`${budget.resource} ${installationId}`, budget);
    },
    /** The least share that is left, by resource. */
    lowest(): ReadonlyMap<string, number> {
      forgetOver();
      const least = new Map<string, number>();
      for (const { resource, remaining, limit } of known.values())
        least.set(resource, Math.min(least.get(resource) ?? 1, remaining / limit));
      return least;
    },
  };
}
