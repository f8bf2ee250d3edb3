import { expect, test } from "@jest/globals";
import { type NewWork, PRIORITY } from "../../src/store/lanes.ts";
import { queueState } from "../../src/store/queue-state.ts";
import { useStore } from "../support/store.ts";

const store = useStore();

const work = (installationId: number, lane: string, priority: NewWork["priority"]): NewWork => ({
  ...{ installationId, repositoryId: 10, lane, priority },
  ...{ kind: "review", request: { headSha: "a" }, reviewId: `rv_${lane}` },
});

test("work waits, runs, or is parked with its installation, by priority", async () => {
  expect(await queueState(store.database)).toEqual({ depths: [], dead: 0 });
  await store.lanes.add([
    ...[work(1, "pull/1", PRIORITY.live), work(1, "pull/2", PRIORITY.live), work(1, "pull/3", PRIORITY.backlog)],
    ...[work(2, "pull/1", PRIORITY.live), work(3, "pull/1", PRIORITY.asked)],
  ]);
  await store.lanes.holdTenant(2, 60);
  await store.database.query("update pyready.installations set suspended = true where installation_id = 3");
  await store.database.query(
    "update pyready.lanes set queued_at = now() - interval '1 hour', not_before = now() - interval '20 seconds'",
  );
  expect(await store.lanes.claim(1, [])).toHaveLength(1);
  const { depths } = await queueState(store.database);
  const byPriority = new Map(depths.map(({ priority, oldestSeconds, ...counts }) => [priority, counts]));
  expect(byPriority.get(PRIORITY.live)).toEqual({ waiting: 1, running: 1, parked: 1 });
  expect(byPriority.get(PRIORITY.backlog)).toEqual({ waiting: 1, running: 0, parked: 0 });
  expect(byPriority.get(PRIORITY.asked)).toEqual({ waiting: 0, running: 0, parked: 1 });
  // Time for which it could not run does not count.
  const [live] = depths.filter(({ priority }) => priority === PRIORITY.live);
  expect(Math.round(live?.oldestSeconds ?? 0)).toBe(20);
});
