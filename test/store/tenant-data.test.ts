import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Database } from "../../src/store/database.ts";
import { forgetOld } from "../../src/store/retention.ts";
import { tenantDataIn } from "../../src/store/tenant-data.ts";
import { openPrepared } from "../support/prepared-store.ts";

let database: Database;
let tables: readonly string[];

beforeAll(async () => {
  database = await openPrepared();
  const columns = "select table_name from information_schema.columns where table_schema = 'pyready'";
  const rows = await database.query(`${columns} and column_name = 'installation_id' order by table_name`);
  tables = rows.map(({ table_name }) => String(table_name));
}, 60_000);

afterAll(() => database?.close());

/** One row in a table, whatever its columns are: those that ask for a value get one. */
async function fill(table: string, values: Readonly<Record<string, unknown>>): Promise<void> {
  const columns = await database.query(
    `select column_name, data_type from information_schema.columns
     where table_schema = 'pyready' and table_name = $1 and is_nullable = 'NO' and column_default is null`,
    [table],
  );
  const made: Readonly<Record<string, unknown>> = {
    text: "x",
    jsonb: "{}",
    boolean: false,
    "timestamp with time zone": new Date(),
  };
  const row = {
    ...Object.fromEntries(columns.map(({ column_name, data_type }) => [column_name, made[String(data_type)] ?? 1])),
    ...values,
  };
  const names = Object.keys(row);
  await database.query(
    `insert into pyready.${table} (${names.join(", ")}) values (${names.map((_, index) => `$${index + 1}`).join(", ")})`,
    Object.values(row),
  );
}

async function held(installationId: number): Promise<readonly string[]> {
  const lines = await Array.fromAsync(tenantDataIn(database).exported(installationId));
  return [...new Set(lines.map(({ table }) => table))];
}

describe("of an installation", () => {
  test("every table that names installations is exported, and emptied by a deletion that leaves others alone", async () => {
    expect(tables.length).toBeGreaterThan(8);
    for (const table of tables) for (const id of [41, 42]) await fill(table, { installation_id: id });
    expect(await held(41)).toEqual(tables);
    await tenantDataIn(database).purge(41);
    expect([await held(41), await held(42)]).toEqual([[], tables]);
  });

  test("an export goes on where a page ends", async () => {
    await database.query(
      `insert into pyready.commands (installation_id, repository_id, number, comment_id, login, state)
       select 43, 1, 1, id, 'ada', 'done' from generate_series(1, 2500) id`,
    );
    const lines = await Array.fromAsync(tenantDataIn(database).exported(43));
    expect(new Set(lines.map(({ row }) => (row as { comment_id: number }).comment_id)).size).toBe(2500);
  });

  test("what was written after it was deleted goes as well", async () => {
    await fill("check_runs", { installation_id: 44 });
    await tenantDataIn(database).purgeOrphans();
    expect([await held(44), await held(42)]).toEqual([[], tables]);
  });
});

describe("after the days of retention", () => {
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000);

  test.each([
    ["check_runs", "published_at"],
    ["open_runs", "opened_at"],
    ["commands", "created_at"],
    ["settings", "read_at"],
    ["advisory_waits", "noted_at"],
    ["dead", "died_at"],
  ])("rows of %s are forgotten", async (table, column) => {
    await fill(table, { installation_id: 51, repository_id: 1, [column]: ago(31) });
    await fill(table, { installation_id: 52, repository_id: 1, [column]: ago(29) });
    await forgetOld(database, 30);
    expect([await held(51), await held(52)]).toEqual([[], [table]]);
    await tenantDataIn(database).purge(52);
  });

  test("versions that no review asked for are forgotten", async () => {
    await fill("advisories", { installation_id: 51, wanted_at: ago(31) });
    await fill("advisories", { installation_id: 52, wanted_at: ago(29) });
    await forgetOld(database, 400);
    expect([await held(51), await held(52)]).toEqual([[], ["advisories"]]);
    await tenantDataIn(database).purge(52);
  });

  test("of a pull request it stays known that its comment was deleted, or who waits", async () => {
    await fill("pull_requests", { installation_id: 61, number: 1 });
    await fill("pull_requests", { installation_id: 61, number: 2, comment_deleted: true });
    await fill("pull_requests", { installation_id: 61, number: 3 });
    await fill("lanes", { installation_id: 61, lane: "pull/3" });
    await forgetOld(database, 30);
    const lines = await Array.fromAsync(tenantDataIn(database).exported(61));
    const pulls = lines.filter(({ table }) => table === "pull_requests");
    expect(pulls.map(({ row }) => (row as { number: number }).number)).toEqual([2, 3]);
  });
});
