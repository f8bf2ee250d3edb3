import { textOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { namesOf, qualifiedName } from "./names.ts";
import type { Expression, Module } from "./syntax.ts";
import { statementsOf, within } from "./walk.ts";

/** What one module holds against a bound, or a schema. */
export interface MetricChecks {
  /** Where a measure of a model's quality is compared with a bound, and failing stops. */
  readonly bounds: number | undefined;
  /** Where a tool of the framework checks data or a model. */
  readonly checks: number | undefined;
}

const METRIC =
  /(^|_|\b)(accuracy|auc|roc_auc|f1|f1_score|rmse|mse|mae|mape|r2|r2_score|loss|precision|recall|iou|bleu|rouge|perplexity|score|metrics?|error_rate|map50)(_|\b|$)/i;
const CHECKS =
  /^(mlflow\.(models\.)?evaluate|mlflow\.validate_evaluation_results|dagster\.asset_check|dagster\.build_\w+_checks|airflow\..*CheckOperator|tfx\.\w+\.(ExampleValidator|Evaluator))$/;
const FRAMEWORK = /mlflow|dagster|airflow|tfx/;

/** Where a module checks the quality of models or data. */
export function readMetricChecks(module: Module): MetricChecks {
  const mayBound = mentions(module, /assert/) && mentions(module, METRIC);
  if (!mayBound && !mentions(module, FRAMEWORK)) return { bounds: undefined, checks: undefined };
  const names = namesOf(module);
  let bounds: number | undefined;
  let checks: number | undefined;
  for (const { node, expressions } of statementsOf(module)) {
    if (node.kind === "Assert" && bounds === undefined && isBound(node.values, true)) bounds = node.line;
    for (const inner of expressions) {
      if (checks === undefined && CHECKS.test(qualifiedName(inner, names) ?? "")) checks = inner.line;
      if (bounds !== undefined || inner.kind !== "Call" || inner.func.kind !== "Attribute") continue;
      if (/^assert(Greater|Less)(Equal)?$/.test(inner.func.attr) && isBound(inner.args, false)) bounds = inner.line;
    }
  }
  return { bounds, checks };
}

function isBound(values: readonly Expression[], needsOrder: boolean): boolean {
  const all = values.flatMap((value) => [...within(value)]);
  const isOrdered = all.some((one) => one.kind === "Compare" && one.ops.some((op) => /^[<>]=?$/.test(op)));
  return (!needsOrder || isOrdered) && all.some((one) => METRIC.test(wordOf(one)));
}

function wordOf(node: Expression): string {
  if (node.kind === "Name") return node.id;
  return node.kind === "Attribute" ? node.attr : (textOf(node) ?? "").slice(0, 200);
}
