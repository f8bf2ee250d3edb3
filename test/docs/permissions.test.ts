import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { load } from "js-yaml";
import { rules } from "../../rules/index.ts";
import { closureOf } from "../../src/engine/closure.ts";
import { facts } from "../../src/facts/index.ts";
import { settingsPermissions } from "../../src/github/settings/permissions.ts";
import { permissionsWith } from "../../src/setup/features.ts";

const page = readFileSync("docs/permissions.md", "utf8");
const app = load(readFileSync("app.yml", "utf8")) as {
  readonly default_permissions: Readonly<Record<string, string>>;
  readonly default_events: readonly string[];
};
const rowOf = (first: string) => page.split("\n").find((line) => line.startsWith("|") && line.includes(`\`${first}\``));

describe("the page of permissions", () => {
  test.each(Object.entries({ ...app.default_permissions, ...settingsPermissions }))(
    "tells what %s: %s is for",
    (name, level) => {
      expect(rowOf(`${name}: ${level}`)).toBeDefined();
    },
  );

  test.each(app.default_events)("tells what the event %s is for", (event) => {
    expect(rowOf(event)).toBeDefined();
  });

  test("names every permission that a feature asks for", () => {
    for (const [name, level] of Object.entries(permissionsWith({}, ["fix", "settings", "sarif"])))
      expect(page).toContain(`\`${name}: ${level}\``);
  });

  test("names only rules that ask GitHub's settings", () => {
    const named = [...page.matchAll(/`((?:governance|security|ci-cd|dependencies|deployment)\/[a-z0-9-]+)`/g)].map(
      ([, id]) => id,
    );
    const asking = rules
      .filter(({ rule }) => closureOf(rule.needs.map((name) => facts[name])).some(({ isOfToday }) => isOfToday))
      .map(({ id }) => id);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((id) => !asking.includes(id ?? ""))).toEqual([]);
  });
});

test("settings are read under the permissions that registration asks for", () => {
  expect(permissionsWith({}, ["settings"])).toEqual(settingsPermissions);
});
