import { readFileSync, writeFileSync } from "node:fs";
import { allRoutes } from "../test/sandbox/routes/all.ts";

/**
 * Cuts the sandbox's operations out of GitHub's OpenAPI description:
 * `node scripts/openapi-slice.ts path/to/api.github.com.json`. The description comes with the package
 * `@octokit/openapi`, which is too large to depend on.
 */
const source = process.argv[2];
if (!source) {
  console.error("Name the file api.github.com.json of the package @octokit/openapi.");
  process.exit(2);
}

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;
type JsonObject = { [key: string]: Json };

const description = JSON.parse(readFileSync(source, "utf8")) as JsonObject;
const schemas: JsonObject = {};
const operations: JsonObject = {};
/** Examples that the sandbox fills in what it does not model from. */
const EXAMPLES = {
  "pull-request": "pull-request",
  "pull-request-simple": "pull-request-simple",
  "commit-comparison": "commit-comparison",
  "full-repository": "full-repository-default-response",
  "branch-with-protection": "branch-get",
  "repository-ruleset": "repository-ruleset",
  "secret-scanning-alerts": "secret-scanning-alert-list",
  "dependabot-alerts": "dependabot-alerts-for-repository",
  environments: "environments",
  "community-profile": "community-profile",
  "global-advisories": "global-advisory-items",
};

for (const { method, path } of allRoutes) {
  const operation = at(description, "paths", path, method.toLowerCase()) as JsonObject | undefined;
  if (!operation) throw new Error(`${method} ${path} is not in the description`);
  const responses: JsonObject = {};
  for (const [status, response] of Object.entries((operation.responses as JsonObject) ?? {})) {
    const schema = at(resolve(response), "content", "application/json", "schema");
    if (/^20/.test(status)) responses[status] = schema ? cut(schema) : null;
  }
  const body = at(resolve(operation.requestBody ?? null), "content", "application/json", "schema");
  operations[`${method} ${path}`] = { id: operation.operationId ?? null, body: body ? cut(body) : null, responses };
}

const examples: JsonObject = {};
for (const [name, from] of Object.entries(EXAMPLES)) {
  examples[name] = at(description, "components", "examples", from, "value") ?? null;
}

const info = description.info as JsonObject;
const slice = {
  $comment: `Cut by scripts/openapi-slice.ts from GitHub's REST API description ${info.version}, licensed MIT by GitHub, Inc.`,
  operations,
  components: { schemas },
  examples,
};
writeFileSync("test/sandbox/openapi/github.json", `${JSON.stringify(slice)}\n`);
console.log(`${Object.keys(operations).length} operations, ${Object.keys(schemas).length} schemas`);

function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (node, key) => (node !== null && typeof node === "object" && !Array.isArray(node) ? node[key] : undefined),
    value,
  );
}

function resolve(value: Json): Json {
  const reference = at(value, "$ref");
  return typeof reference === "string" ? (at(description, ...reference.slice(2).split("/")) ?? null) : value;
}

/** A schema without its prose and examples; what it refers to is kept beside it. */
function cut(value: Json): Json {
  if (Array.isArray(value)) return value.map(cut);
  if (value === null || typeof value !== "object") return value;
  const kept: JsonObject = {};
  for (const [key, part] of Object.entries(value)) {
    if ((key === "description" || key === "example" || key === "examples") && typeof part !== "object") continue;
    if (key === "examples" && Array.isArray(part)) continue;
    kept[key] = cut(part);
  }
  if (typeof value.$ref === "string") keep(value.$ref);
  return withNull(kept);
}

/** OpenAPI 3.0 says `nullable`; JSON Schema says it by the type. */
function withNull({ nullable, ...schema }: JsonObject): Json {
  if (nullable !== true) return nullable === undefined ? schema : { ...schema };
  return { anyOf: [schema, { type: "null" }] };
}

function keep(reference: string): void {
  const name = reference.split("/").at(-1) ?? "";
  if (name in schemas) return;
  schemas[name] = null;
  schemas[name] = cut(at(description, "components", "schemas", name) ?? null);
}
