import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { load } from "js-yaml";
import { readSettings } from "../../src/settings.ts";

const page = readFileSync("docs/running.md", "utf8");

/** Names that the settings ask the environment for. */
function namesRead(): readonly string[] {
  const names = new Set<string>();
  const environment = new Proxy<Record<string, string>>({}, { get: (_, name) => void names.add(String(name)) });
  expect(() => readSettings(environment)).toThrow();
  return [...names].sort();
}

/** The table's variables, each with its default where that is a value. */
const table = new Map(
  [...page.matchAll(/^\| `([A-Z_]+)` \|.*\|([^|]*)\|$/gm)].map(([, name = "", fallback = ""]) => [name, fallback]),
);

describe("the page on running it", () => {
  test("lists every setting there is, and no other", () => {
    expect([...table.keys()].sort()).toEqual(namesRead());
  });

  test("leads to files that there are, and uses commands that there are", () => {
    const links = [...page.matchAll(/\]\(([^)#:]+)\)/g)].map(([, target = ""]) => target);
    expect(links.filter((target) => !existsSync(join("docs", target)))).toEqual([]);
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
    const commands = [...page.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = ""]) => name);
    for (const command of commands) expect(Object.keys(scripts)).toContain(command);
    const { services } = load(readFileSync("compose.yml", "utf8")) as { services: Record<string, unknown> };
    const used = [...page.matchAll(/docker compose (?:exec -T|stop|run --rm --no-deps -T) ((?:\w+ ?)+)/g)];
    for (const [, names = ""] of used) expect(Object.keys(services)).toContain(names.trim().split(" ")[0]);
  });
});
