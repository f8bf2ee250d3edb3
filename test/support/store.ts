import { afterAll, afterEach, beforeAll } from "@jest/globals";
import type { Database } from "../../src/store/database.ts";
import { type Lanes, lanesIn } from "../../src/store/lanes.ts";
import { type KnownRepository, type Records, recordsIn } from "../../src/store/records.ts";
import { openPrepared } from "./prepared-store.ts";

/** A repository that the store knows. */
export const orders: KnownRepository = {
  installationId: 1,
  repositoryId: 10,
  owner: "acme",
  name: "orders",
  visibility: "private",
  ownerType: "organization",
  defaultBranch: "main",
  archived: false,
};

/**
 * An embedded database in memory for one file of tests.
 * @param emptied tables whose rows no test leaves to the next
 */
export function useStore(...emptied: readonly string[]) {
  let store: { readonly database: Database; readonly records: Records; readonly lanes: Lanes } | undefined;

  beforeAll(async () => {
    const database = await openPrepared();
    store = { database, records: recordsIn(database), lanes: lanesIn(database) };
  }, 60_000);
  afterEach(async () => {
    for (const table of emptied) await store?.database.query(`delete from pyready.${table}`);
  });
  afterAll(async () => {
    await store?.database.close();
    // The process that ran these tests runs others: its memory is theirs.
    store = undefined;
  });

  const open = () => {
    if (!store) throw new Error("the store is open during tests alone");
    return store;
  };
  return {
    get database(): Database {
      return open().database;
    },
    get records(): Records {
      return open().records;
    },
    get lanes(): Lanes {
      return open().lanes;
    },
  };
}
