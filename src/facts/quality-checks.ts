import { defineFact, globs, type UnreadFile } from "./fact.ts";
import { readMetricChecks } from "./source/metric-checks.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { sourceImports } from "./source-imports.ts";
import { isAuxiliary } from "./tree.ts";

export interface QualityCheck {
  readonly by: string;
  readonly path: string;
  readonly line: number;
}

export interface QualityChecks {
  /** What holds models or data against a bound. */
  readonly checks: readonly QualityCheck[];
  /** A schema that single records have to keep to. */
  readonly schema: QualityCheck | undefined;
  readonly unread: readonly UnreadFile[];
}

const isProperties = globs("**/{models,seeds,snapshots,sources}/**/*.{yml,yaml}", "**/schema.{yml,yaml}");
const isSingularTest = globs("**/tests/**/*.sql");
const MOST = 200;

/** Tests of dbt, beside the models or in files of their own. */
export const dbtTests = defineFact({
  reads: (path, tree) => isProperties(path) && tree.isFirstParty(path) && !isAuxiliary(path),
  select: (entries) => entries.slice(0, MOST),
  parse: ({ text }): number | undefined => {
    const found =
      /^version:[ \t]*2/m.test(text) || /^(models|sources|seeds|snapshots):/m.test(text)
        ? /^ {0,60}(- {0,20})?(data_)?tests:/m.exec(text)
        : null;
    return found ? text.slice(0, found.index).split("\n").length : undefined;
  },
  combine: ({ files, tree }): QualityCheck | undefined => {
    const declared = files.flatMap(({ path, parsed }) =>
      parsed === undefined ? [] : [{ by: "dbt", path, line: parsed }],
    );
    const project = tree.paths.some((path) => /(^|\/)dbt_project\.ya?ml$/.test(path));
    const singular = project ? tree.paths.find((path) => isSingularTest(path)) : undefined;
    return declared[0] ?? (singular === undefined ? undefined : { by: "dbt", path: singular, line: 1 });
  },
});

const checksOfTests = defineSourceFact({
  from: "tests",
  extract: readMetricChecks,
  combine: ({ files, unread }) => ({ files, unread }),
});

/** What checks the quality of data and models, in tests and as pipelines run. */
export const qualityChecks = defineSourceFact({
  uses: { checksOfTests, dbtTests, sourceImports },
  extract: readMetricChecks,
  combine: ({ files, unread, uses }): QualityChecks => {
    const inCode = [...uses.checksOfTests.files, ...files].flatMap(({ path, parsed: { bounds, checks } }) => [
      ...(bounds === undefined ? [] : [{ by: "a bound", path, line: bounds }]),
      ...(checks === undefined ? [] : [{ by: "a check of the framework", path, line: checks }]),
    ]);
    const imported = uses.sourceImports.all.find(({ name }) =>
      /^airflow\..*CheckOperator$|^dagster\.asset_check$/.test(name),
    );
    const [schema] = uses.sourceImports.of("pydantic", "marshmallow", "jsonschema");
    return {
      checks: [
        ...inCode,
        ...(uses.dbtTests ? [uses.dbtTests] : []),
        ...(imported ? [{ by: "a check of the framework", path: imported.path, line: imported.line }] : []),
      ],
      schema: schema && { by: schema.name.split(".", 1)[0] ?? "a schema", path: schema.path, line: schema.line },
      unread: [...unread, ...uses.checksOfTests.unread],
    };
  },
});
