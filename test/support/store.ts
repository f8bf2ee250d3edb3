import { afterAll, afterEach, beforeAll } from "@jest/globals";
import { type Database, openEmbedded } from "../../src/store/database.ts";
import { type Lanes, lanesIn } from "../../src/store/lanes.ts";
import { migrate } from "../../src/store/migrations.ts";
import { type KnownRepository, type Records, recordsIn } from "../../src/store/records.ts";

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
  let database: Database;
  let records: Records;
  let lanes: Lanes;

  beforeAll(async () => {
    database = await openEmbedded(undefined);
    await migrate(database);
    records = recordsIn(database);
    lanes = lanesIn(database);
  }, 60_000);
  afterEach(async () => {
    for (const table of emptied) await database.query(`delete from pyready.${table}`);
  });
  afterAll(() => database?.close());

  return {
    get database(): Database {
      return database;
    },
    get records(): Records {
      return records;
    },
    get lanes(): Lanes {
      return lanes;
    },
  };
}
