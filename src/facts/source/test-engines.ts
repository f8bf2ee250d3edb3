import { readConnections } from "./connections.ts";
import { textOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { dottedName } from "./names.ts";
import type { Module } from "./syntax.ts";
import { statementsOf } from "./walk.ts";

/** A database that a module of tests or settings names. */
export interface NamedEngine {
  readonly engine: "SQLite" | "PostgreSQL" | "MySQL";
  readonly line: number;
  /** The classes and the variable that it stands in. */
  readonly within: readonly string[];
}

const SQLITE = /^sqlite(\+\w{1,20})?:\/\/|^django\.(db|contrib\.gis\.db)\.backends\.(sqlite3|spatialite)$/;
/** Texts and settings that lead to a database, and the names of those that are told apart. */
const LEADS = /sqlite|spatialite|:\/\/|ENGINE/;
const NAMES = /sqlite|spatialite|postg|psql|psycopg|asyncpg|aiopg|cockroach|timescale|mysql|mariadb|asyncmy/i;

/** The databases that a module names, each with its place. */
export function readTestEngines(module: Module): readonly NamedEngine[] {
  if (!mentions(module, LEADS) || !mentions(module, NAMES)) return [];
  const servers = readConnections(module).flatMap(({ store, line, within: inside }): readonly NamedEngine[] =>
    store === "PostgreSQL" || store === "MySQL" ? [{ engine: store, line, within: inside }] : [],
  );
  const files = statementsOf(module).flatMap(({ node, scope, expressions }) => {
    // A text that stands alone is a comment.
    if (node.kind === "Expr" && node.values.some((value) => textOf(value) !== undefined)) return [];
    const targets = node.kind === "Assign" ? node.targets.flatMap((target) => dottedName(target) ?? []) : [];
    return expressions
      .filter((one) => SQLITE.test(textOf(one) ?? ""))
      .map(
        ({ line }): NamedEngine => ({
          engine: "SQLite",
          line,
          within: [...scope.definitions.map(({ name }) => name), ...targets],
        }),
      );
  });
  return [...servers, ...files];
}
