import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ruleSets, ruleSetVersion } from "../src/engine/rule-set.ts";
import { categories } from "../src/engine/weights.ts";

/** Writes a rule and its test: `npm run new:rule category/claim`. */
const id = process.argv[2] ?? "";
const [category, claim] = id.split("/");
const path = `rules/${id}.ts`;
const testPath = `test/rules/${id}.test.ts`;

if (!/^[a-z-]+\/[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || !categories.some((known) => known === category)) {
  stop(`Name the rule as category/claim-in-small-letters. Categories: ${categories.join(", ")}.`);
}
if (existsSync(path)) stop(`${path} exists already.`);

write(path, ruleText());
write(testPath, testText());
console.log(`Wrote ${path} and ${testPath}.`);
console.log(
  ruleSets.length === 1
    ? "Add the next rule set to src/engine/rule-set.ts, and name it as the rule's since: it is shown there, and counts from the one after."
    : `It is shown in rule set ${ruleSetVersion}, and counts from the one after.`,
);
console.log(`Then: npm run generate, and npm run test:unit -- ${claim}`);

function stop(reason: string): never {
  console.error(reason);
  process.exit(2);
}

function write(to: string, text: string): void {
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, text);
}

function ruleText(): string {
  return `import { defineRule, failIfAny, skip } from "../../src/rule.ts";

export default defineRule({
  title: "State the claim, in the present tense, as it is true of a healthy repository",
  severity: "medium",
  why: "Say what goes wrong without it.",
  fix: "Say what to write, and in which file.",
  byHand: "say why it has no repair, or write one in place of this",
  references: [],
  since: "${ruleSetVersion}",
  needs: ["pythonFiles"],
  check({ pythonFiles }) {
    if (pythonFiles.paths.length === 0) return skip("there is no Python here");
    return failIfAny(pythonFiles.paths.map((path) => ({ path, line: 1, found: {} })));
  },
  message: () => "Say what is wrong at this place.",
  examples: {
    passes: { "README.md": "# shop\\n" },
    fails: { "shop.py": "print('hello')\\n" },
  },
});
`;
}

function testText(): string {
  return `import rule from "../../../rules/${id}.ts";
import { describeRule } from "../../support/describe-rule.ts";

describeRule(rule, [
  { name: "no Python at all", repo: { "README.md": "# shop" }, expect: "skip" },
  { name: "a module of the product", repo: { "shop/api.py": "x = 1\\n" }, expect: "fail", evidence: ["shop/api.py:1"] },
]);
`;
}
