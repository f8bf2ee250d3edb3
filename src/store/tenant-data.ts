import type { Database, Row } from "./database.ts";

/** A row of an installation, and the table that it stands in. */
export interface TenantRow {
  readonly table: string;
  readonly row: unknown;
}

interface TenantTable {
  readonly name: string;
  /** False where its rows are about the installation as a whole. */
  readonly isOfRepositories: boolean;
}

/** Rows that are held in memory at a time. */
const PAGE = 1000;

/** Everything that is held of an installation; the schema itself tells where, so that no table is forgotten. */
export function tenantDataIn(database: Database) {
  async function tables(): Promise<readonly TenantTable[]> {
    const rows = await database.query(
      `select table_name, bool_or(column_name = 'repository_id') as is_of_repositories
       from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where table_schema = 'pyready' and table_type = 'BASE TABLE'
       group by table_name having bool_or(column_name = 'installation_id') order by table_name`,
    );
    return rows.map(tenantTableOf);
  }

  return {
    /** Every row of an installation, table by table. */
    async *exported(installationId: number): AsyncGenerator<TenantRow> {
      for (const { name } of await tables()) {
        let after = "(0,0)";
        for (;;) {
          const rows = await database.query(
            `select ctid::text as place, to_jsonb(held) as row from pyready.${name} held
             where installation_id = $1 and ctid > $2::tid order by ctid limit ${PAGE}`,
            [installationId, after],
          );
          for (const { row } of rows) yield { table: name, row };
          if (rows.length < PAGE) break;
          after = String(rows.at(-1)?.place);
        }
      }
    },

    /** Deletes what is held of an installation, waiting work included, or of some of its repositories. */
    async purge(installationId: number, repositoryIds?: readonly number[]): Promise<void> {
      for (const { name, isOfRepositories } of await tables()) {
        if (!repositoryIds)
          await database.query(`delete from pyready.${name} where installation_id = $1`, [installationId]);
        else if (isOfRepositories)
          await database.query(
            `delete from pyready.${name} where installation_id = $1 and repository_id = any($2::bigint[])`,
            [installationId, [...repositoryIds]],
          );
      }
    },

    /** Deletes what a review that was under way still wrote of an installation after it was deleted. */
    async purgeOrphans(): Promise<void> {
      for (const { name } of await tables())
        if (name !== "installations")
          await database.query(
            `delete from pyready.${name} where installation_id not in (select installation_id from pyready.installations)`,
          );
    },
  };
}

function tenantTableOf({ table_name, is_of_repositories }: Row): TenantTable {
  return { name: String(table_name), isOfRepositories: is_of_repositories === true };
}
