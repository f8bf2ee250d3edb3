import { setTimeout as wait } from "node:timers/promises";
import { Limited } from "./failures.ts";
import type { Budget } from "./observed-fetch.ts";
import type { RequestBudget, RequestCost } from "./request-budget.ts";

type Resource = RequestCost["resource"];
interface HourlyBudget {
  readonly remaining: number;
  readonly resetSeconds: number;
}

/** Where budgets are kept for all processes. */
export interface BudgetStore {
  spend(
    installationId: number,
    spending: RequestCost & {
      readonly patience: number;
      readonly reserve: number;
      readonly told: { readonly [resource in Resource]?: HourlyBudget };
    },
  ): Promise<
    | { readonly waitSeconds: number }
    | { readonly refusedSeconds: number; readonly because: "held" | "spent" | "reserved" }
  >;
  /** How long a limit holds of which GitHub says nothing but that it is there. */
  guess(installationId: number, seconds: number): Promise<number>;
  /** Lets nothing be asked in the name of an installation for a time. */
  holdTenant(installationId: number, seconds: number): Promise<void>;
}

/** Seconds for which a request waits where it stands. */
const PATIENCE = 10;
/** The share of an hour's budget that stays, so that GitHub need not refuse anything. */
const LAST = 0.01;
/** The share that what nobody waits for leaves to the rest. */
const FOR_THE_REST = 0.2;

/** The budgets of installations, as their requests are made in this process. */
export function installationBudgets(store: BudgetStore) {
  const told = new Map<number, Map<Resource, Budget>>();

  /** What answers told since the last request of the installation. */
  function news(installationId: number): Partial<Record<Resource, HourlyBudget>> {
    const known = [...(told.get(installationId) ?? [])];
    told.delete(installationId);
    return Object.fromEntries(
      known.map(([resource, { remaining, resetAt }]) => [
        resource,
        { remaining, resetSeconds: (resetAt - Date.now()) / 1000 },
      ]),
    );
  }

  /** @param isUrgent false for work that nobody waits for */
  return (installationId: number, isUrgent: boolean): RequestBudget => {
    const limits = new Map<Resource, number>();
    return {
      async spend(cost) {
        const share = isUrgent ? LAST : FOR_THE_REST;
        const reserve = Math.floor((limits.get(cost.resource) ?? 5000) * share);
        const spending = { ...cost, patience: PATIENCE, reserve, told: news(installationId) };
        const turn = await store.spend(installationId, spending);
        if ("waitSeconds" in turn) {
          if (turn.waitSeconds === 0) return;
          await wait(turn.waitSeconds * 1000);
          // Meanwhile somebody may have met a limit.
          return this.spend({ ...cost, points: 0, isWrite: false });
        }
        const { refusedSeconds, because } = turn;
        const isForAll = because === "spent" || (because === "reserved" && isUrgent);
        if (isForAll) await store.holdTenant(installationId, refusedSeconds);
        throw new Limited("own", new Date(Date.now() + refusedSeconds * 1000));
      },
      learn(budget) {
        const { resource, limit } = budget;
        if (resource !== "core" && resource !== "graphql") return;
        limits.set(resource, limit);
        const known = told.get(installationId) ?? new Map<Resource, Budget>();
        const before = known.get(resource);
        // Answers overtake each other; within an hour the budget only falls.
        if (!before || Math.abs(budget.resetAt - before.resetAt) > 60_000 || budget.remaining < before.remaining)
          told.set(installationId, known.set(resource, budget));
      },
      async hold(limit) {
        const told = Math.max(1, (limit.until.getTime() - Date.now()) / 1000);
        const seconds = limit.isGuess ? await store.guess(installationId, told) : told;
        await store.holdTenant(installationId, seconds);
        return new Limited(limit.kind, new Date(Date.now() + seconds * 1000));
      },
    };
  };
}
