import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { load } from "js-yaml";
import { createMetrics } from "../../src/server/metrics.ts";

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

const { groups } = load(readFileSync("deploy/prometheus/alerts.yml", "utf8")) as {
  groups: readonly { readonly rules: readonly Alert[] }[];
};
const alerts = groups.flatMap(({ rules }) => rules);
const { panels } = JSON.parse(readFileSync("deploy/grafana/dashboard.json", "utf8")) as { panels: readonly Panel[] };

const metrics = createMetrics({
  ...{ role: "all", ruleSet: "1", version: "1" },
  queue: async () => ({ depths: [], dead: 0 }),
  droppedLogLines: () => 0,
  githubPauseMs: () => 0,
});
/** Labels by the names that Prometheus stores; its own come on top. */
const known = new Map<string, readonly string[]>([["up", ["job", "instance"]]]);
for (const { name, type, labels } of metrics.described()) {
  const names = type === "histogram" ? ["_bucket", "_sum", "_count"].map((suffix) => name + suffix) : [name];
  for (const stored of names) known.set(stored, [...labels, "le", "job", "instance"]);
}

/** The metrics of an expression, each with the labels that it picks by. */
function selectorsOf(expr: string) {
  return [...expr.matchAll(/\b(up|(?:pyready|process|nodejs)_\w+)\b(?:\{([^}]*)\})?/g)].map(
    ([, name = "", picks = ""]) => ({
      name,
      labels: [...picks.matchAll(/(\w+)\s*[=!]/g)].map(([, label]) => label ?? ""),
    }),
  );
}

describe.each<[string, (readonly [string, readonly string[]])[]]>([
  ["an alert", alerts.map(({ alert, expr }) => [alert, [expr]] as const)],
  ["a panel", panels.map(({ title, targets }) => [title, targets.map(({ expr }) => expr)] as const)],
])("%s uses only metrics and labels that there are:", (_, users) => {
  test.each(users)("%s", (_, exprs) => {
    const selectors = exprs.flatMap(selectorsOf);
    expect(selectors.length).toBeGreaterThanOrEqual(exprs.length);
    for (const { name, labels } of selectors) {
      expect(known.keys().toArray()).toContain(name);
      for (const label of labels) expect(known.get(name)).toContain(label);
    }
  });
});

test("every metric of pyready is on the dashboard", () => {
  const shown = new Set(
    panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => selectorsOf(expr))).map(({ name }) => name),
  );
  const isShown = (name: string) => ["", "_bucket", "_sum", "_count"].some((suffix) => shown.has(name + suffix));
  const own = metrics.described().filter(({ name }) => name.startsWith("pyready_"));
  expect(own.map(({ name }) => name).filter((name) => !isShown(name))).toEqual([]);
});

test("the page on running it says of every alert what it means", () => {
  const page = readFileSync("docs/running.md", "utf8");
  expect(alerts.map(({ alert }) => alert).filter((alert) => !page.includes(`\`${alert}\``))).toEqual([]);
  for (const { labels, annotations } of alerts) {
    expect(["page", "warn", "info"]).toContain(labels.severity);
    expect(annotations.summary).toMatch(/^\S/);
  }
});
