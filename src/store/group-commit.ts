/** Items that share one statement at most. */
const MAX_BATCH = 500;

/**
 * Lets what arrives while a statement is under way share the next one: a commit costs the same for one
 * item as for many. A batch that fails is written again one by one, so that an item that the database
 * refuses fails alone.
 * @returns a function that resolves when its item is committed, and rejects when it is not.
 */
export function groupCommit<Item>(
  write: (items: readonly Item[]) => Promise<void>,
): (items: readonly Item[]) => Promise<void> {
  const waiting: { readonly items: readonly Item[]; readonly settle: (written: Promise<void>) => void }[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_BATCH);
      const written = write(batch.flatMap(({ items }) => items));
      const isWritten = await written.then(
        () => true,
        () => false,
      );
      for (const { items, settle } of batch) settle(isWritten || batch.length === 1 ? written : write(items));
    }
    isWriting = false;
  }

  return (items) =>
    new Promise((resolve) => {
      waiting.push({ items, settle: resolve });
      // Whatever else arrives in this turn of the loop joins the first batch.
      if (!isWriting) {
        isWriting = true;
        setImmediate(() => void writeAll());
      }
    });
}
