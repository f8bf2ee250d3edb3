import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "@jest/globals";

/**
 * Who may import what: the first row that matches a file holds. Own folders are always allowed.
 * Packages are named as they are imported; `node:` stands for all of Node's own modules.
 */
const TABLE: readonly { files: RegExp; own?: readonly RegExp[]; packages?: readonly string[] }[] = [
  { files: /^rules\/index\.ts$/, own: [/^rules\//, /^src\/rule\.ts$/] },
  { files: /^rules\/checklists\/index\.ts$/, own: [/^src\/compliance\/checklist\.ts$/] },
  { files: /^rules\//, own: [/^src\/rule\.ts$/] },
  { files: /^src\/rule\.ts$/, own: [/^src\/facts\/(index|fact)\.ts$/, /^src\/edit\.ts$/] },
  {
    files: /^src\/facts\//,
    own: [/^src\/rule\.ts$/, /^src\/snapshot\/(snapshot|settings|advisories)\.ts$/],
    packages: [
      "js-yaml",
      "toml",
      "smol-toml",
      "jsonc-parser",
      "picomatch",
      "ignore",
      "lru-cache",
      "@renovatebot/pep440",
      "node:crypto",
      // For checksums alone.
      "node:zlib",
    ],
  },
  {
    files: /^src\/engine\/repair\//,
    own: [/^src\/(edit|rule)\.ts$/, /^src\/facts\//, /^src\/snapshot\/snapshot\.ts$/],
    packages: ["yaml", "toml-eslint-parser", "node:crypto"],
  },
  {
    files: /^src\/engine\//,
    own: [/^src\/rule\.ts$/, /^src\/facts\//, /^src\/snapshot\/(snapshot|settings|advisories)\.ts$/],
    // For fingerprints alone.
    packages: ["node:crypto"],
  },
  {
    files: /^src\/python\//,
    own: [/^src\/facts\/source\//],
    packages: ["node:", "web-tree-sitter", "@astral-sh/ruff-wasm-nodejs"],
  },
  {
    files: /^src\/policy\//,
    own: [
      /^rules\/checklists\/index\.ts$/,
      /^src\/rule\.ts$/,
      /^src\/engine\//,
      /^src\/facts\/formats\//,
      /^src\/snapshot\/snapshot\.ts$/,
    ],
    packages: ["ajv/dist/2020.js", "fastest-levenshtein", "node:crypto"],
  },
  {
    files: /^src\/compliance\//,
    own: [/^rules\/checklists\/index\.ts$/, /^src\/engine\/(findings|review)\.ts$/, /^src\/policy\//],
    // For digests alone.
    packages: ["node:crypto"],
  },
  {
    files: /^src\/own-rules\//,
    own: [
      /^src\/rule\.ts$/,
      /^src\/facts\//,
      /^src\/engine\/(review|weights)\.ts$/,
      /^src\/policy\//,
      /^src\/snapshot\/snapshot\.ts$/,
    ],
    packages: ["@marcbachmann/cel-js"],
  },
  {
    files: /^src\/report\//,
    own: [/^src\/rule\.ts$/, /^src\/engine\//, /^src\/policy\//, /^src\/compliance\//],
    // The hash is that of a page's own style, or makes an id of what it stands for.
    packages: ["picocolors", "diff", "node:crypto"],
  },
  { files: /^src\/snapshot\//, packages: ["node:", "tar-stream", "lru-cache"] },
  { files: /^src\/webhooks\//, packages: ["node:"] },
  { files: /^src\/publish\//, packages: ["node:"] },
  {
    files: /^src\/store\//,
    own: [/^src\/snapshot\/(settings|advisories)\.ts$/],
    packages: ["node:", "pg", "@electric-sql/pglite"],
  },
  { files: /^src\/setup\//, own: [/^src\/github\/settings\/permissions\.ts$/], packages: ["node:"] },
  {
    files: /^src\/jobs\//,
    own: [
      /^src\/engine\/(review|comparison|repair\/repairs)\.ts$/,
      /^rules\/checklists\/index\.ts$/,
      /^src\/(compliance|policy|report|publish)\//,
      /^src\/snapshot\/(settings|advisories)\.ts$/,
      /^src\/store\/(records|lanes|looks|paces|publications|regime-runs|verdicts)\.ts$/,
      /^src\/webhooks\/(command|request-of)\.ts$/,
      /^src\/webhooks\/review-request\.ts$/,
    ],
    packages: ["node:"],
  },
  {
    files: /^src\/github\//,
    own: [
      /^src\/publish\/(code-scanning|ports|proposal|suggest)\.ts$/,
      /^src\/snapshot\/(github|snapshot|settings|advisories)\.ts$/,
      /^src\/jobs\/(missed-deliveries|open-heads|reconcile|settings-job)\.ts$/,
    ],
    packages: ["node:", "@octokit/rest", "probot", "pino"],
  },
];

const files = ["src", "rules"].flatMap(sourceFiles);

test.each(files.map((file) => [file]))("%s imports only what its folder may", (file) => {
  const row = TABLE.find(({ files: matches }) => matches.test(file));
  if (!row) return;
  const folder = file.split("/").slice(0, 2).join("/");
  const wrong = importsOf(file).filter((imported) => {
    if (!imported.startsWith("."))
      return !row.packages?.some((name) => imported === name || (name === "node:" && imported.startsWith(name)));
    const target = relative(".", resolve(dirname(file), imported));
    return (
      !(folder.startsWith("src/") && target.startsWith(`${folder}/`)) &&
      !row.own?.some((allowed) => allowed.test(target))
    );
  });
  expect(wrong).toEqual([]);
});

test("nobody in src/ or rules/ imports a composition root or the registry but the roots", () => {
  const roots = /^src\/(main|cli)\.ts$|^src\/(server|cli)\//;
  const importers = files
    .filter((file) => !roots.test(file))
    .filter((file) => importsOf(file).some((imported) => /(^|\/)(main|cli)\.ts$|rules\/index\.ts$/.test(imported)));
  expect(importers).toEqual([]);
});

test("only src/github/ and the roots import Octokit and Probot", () => {
  const importers = files.filter(
    (file) =>
      !file.startsWith("src/github/") && importsOf(file).some((imported) => /^(@octokit\/|probot$)/.test(imported)),
  );
  expect(importers).toEqual([]);
});

function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/^(?:import|export)\s(?:[^"';]*?\sfrom\s)?"([^"]+)"|\bimport\("([^"]+)"\)/gm)].map(
    ([, fixed, dynamic]) => fixed ?? dynamic ?? "",
  );
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}
