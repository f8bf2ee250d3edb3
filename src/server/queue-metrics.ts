import { Gauge, type Registry } from "prom-client";
import type { QueueState } from "../store/queue-state.ts";

const PRIORITIES = ["asked", "live", "backlog"];
/** However often metrics are read, the store is asked no more often than this. */
const REMEMBERED_MS = 5000;
/** A store that does not answer by then is told to be down. */
const PATIENCE_MS = 2000;

/** Gauges of the queue, asked of the store when they are read; every replica on one store tells the same. */
export function addQueueMetrics(register: Registry, read: () => Promise<QueueState>): void {
  const state = remembered(() => within(PATIENCE_MS, read()));
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    fill: (gauge: Gauge<Label>, state: QueueState | undefined) => void,
  ): void => {
    new Gauge({
      name: `pyready_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [register],
      async collect() {
        this.reset();
        fill(this, await state());
      },
    });
  };

  gauge("store_up", "1 where the store answers", [], (up, told) => up.set(told ? 1 : 0));
  gauge("queue_lanes", "Lanes that hold work, by state and priority", ["state", "priority"], (lanes, told) => {
    for (const { priority, waiting, running, parked } of told?.depths ?? [])
      for (const [name, count] of Object.entries({ waiting, running, parked }))
        lanes.set({ state: name, priority: PRIORITIES[priority] ?? "other" }, count);
  });
  gauge("queue_oldest_seconds", "Age of the oldest work that could run", ["priority"], (oldest, told) => {
    for (const { priority, oldestSeconds } of told?.depths ?? [])
      oldest.set({ priority: PRIORITIES[priority] ?? "other" }, oldestSeconds);
  });
  gauge("queue_dead", "Work that was given up without that anybody could be told", [], (count, told) => {
    if (told) count.set(told.dead);
  });
}

/** Asks once for all that want to know within a few seconds; undefined where there was no answer. */
function remembered<Value>(read: () => Promise<Value>): () => Promise<Value | undefined> {
  let known: Promise<Value | undefined> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - readAt > REMEMBERED_MS) {
      readAt = performance.now();
      known = read().catch(() => undefined);
    }
    return known as Promise<Value | undefined>;
  };
}

function within<Value>(milliseconds: number, value: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("no answer")), milliseconds);
  return Promise.race([value, promise]).finally(() => clearTimeout(timer));
}
