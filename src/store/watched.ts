import type { Database } from "./database.ts";

/** The same database, that tells how long each statement took and whether it failed. */
export function watched(database: Database, onAnswer: (seconds: number, isError: boolean) => void): Database {
  return {
    async query(sql, parameters) {
      const startedAt = performance.now();
      const tell = (isError: boolean): void => onAnswer((performance.now() - startedAt) / 1000, isError);
      try {
        const rows = await database.query(sql, parameters);
        tell(false);
        return rows;
      } catch (error) {
        tell(true);
        throw error;
      }
    },
    close: () => database.close(),
  };
}
