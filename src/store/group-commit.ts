import { isOutage } from "./database.ts";

/** Items that share one statement at most. */
const MAX_BATCH = 500;

interface Waiting<Item> {
  readonly items: readonly Item[];
  readonly settle: (written: Promise<void>) => void;
}

/**
 * Lets what arrives while a statement is under way share the next one: a commit costs the same for one
 * item as for many. What the database refuses is written again one by one, so that an item that it
 * will not have fails alone; while it is out, everything that waits fails at once.
 * @returns a function that resolves when its items are committed, and rejects when they are not.
 */
export function groupCommit<Item>(
  write: (items: readonly Item[]) => Promise<void>,
): (items: readonly Item[]) => Promise<void> {
  let waiting: Waiting<Item>[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) await writeBatch(waiting.splice(0, MAX_BATCH));
    isWriting = false;
  }

  async function writeBatch(batch: readonly Waiting<Item>[]): Promise<void> {
    const written = write(batch.flatMap(({ items }) => items));
    try {
      await written;
      for (const { settle } of batch) settle(written);
    } catch (error) {
      if (isOutage(error)) {
        const failed = [...batch, ...waiting];
        waiting = [];
        for (const { settle } of failed) settle(written);
      } else {
        for (const { items, settle } of batch) settle(batch.length === 1 ? written : write(items));
      }
    }
  }

  return (items) =>
    new Promise((resolve) => {
      waiting.push({ items, settle: resolve });
      if (isWriting) return;
      isWriting = true;
      // Whatever else arrives in this turn of the loop joins the first batch.
      setImmediate(() => void writeAll());
    });
}
