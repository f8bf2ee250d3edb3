import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

/** Where the messages of policy, own rules, waivers, attestations and evidence are written. */
const SOURCES = [
  ...["changes", "document", "floor", "add-waiver", "named-rule", "proposed-waiver"].map((name) => `policy/${name}`),
  ...["attestations", "policy-of", "read-layers", "review-notices", "validate", "waivers"].map(
    (name) => `policy/${name}`,
  ),
  ...["expression", "expression-check", "read", "test-rules", "checks"].map((name) => `own-rules/${name}`),
  "compliance/chain",
  ...["evidence-command", "evidence-folder", "policy-command", "test-policy-command"].map((name) => `cli/${name}`),
  "data",
];
/** Where they are expected; the examples of these pages are run by tests. */
const EXPECTING = [
  ...["test/policy", "test/own-rules", "test/cli", "test/compliance", "test/server", "test/report"].flatMap(filesIn),
  "test/cli.test.ts",
  "test/compose.test.ts",
  "docs/policy.md",
  "docs/own-rules.md",
];

const expected = plain(EXPECTING.map((path) => readFileSync(path, "utf8")).join("\n"));

test.each(SOURCES)("every message of src/%s.ts is expected by a test", (name) => {
  const found = messagesIn(readFileSync(`src/${name}.ts`, "utf8"));
  const untested = found.filter((parts) => !parts.every((part) => expected.includes(plain(part))));
  expect(untested).toEqual([]);
});

test("a message that no test expects is found", () => {
  const [message = []] = messagesIn('const wrong = `The moon of ${name} is made of ${"green"} cheese again.`;');
  expect(message).toEqual(["The moon of", "is made of", "cheese again."]);
  expect(expected.includes(plain(["The moon", "of mars"].join(" ")))).toBe(false);
});

/** The fixed parts of each text that reads like a sentence, whatever stands between them. */
function messagesIn(source: string): readonly (readonly string[])[] {
  const code = source.replace(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "").replace(/^import .*$/gm, "");
  const texts = [...code.matchAll(/"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)];
  return texts
    .map(([, quoted, template]) => (quoted ?? template ?? "").split(/\$\{[^}]*\}|\\n/).map((part) => part.trim()))
    .map((parts) => parts.filter((part) => /[a-z]{2,} [a-z]{2,}/.test(part) && !part.includes("${")))
    .filter((parts) => parts.length > 0);
}

/** The same for a text and for a pattern of it, in any case: what begins a sentence may be told within one. */
function plain(text: string): string {
  return text.replace(/\\(.)/g, "$1").toLowerCase();
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}
