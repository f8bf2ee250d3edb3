import { createHash } from "node:crypto";
import type { DataNode } from "../formats/node.ts";
import { normalised } from "../manifests/declaration.ts";

/** A value as JSON: a node of a file, or what a formula puts around such nodes. */
type Value = DataNode | undefined | string | readonly Value[] | { readonly [key: string]: Value };

/** Keys that Poetry has always hashed, present or not. */
const POETRY_ALWAYS = ["dependencies", "source", "extras", "dev-dependencies"];
const PROJECT = ["requires-python", "dependencies", "optional-dependencies"];
/** Tables of a Pipfile whose place in the hash is known. */
const PIPFILE = /^(source|packages|dev-packages|requires|scripts|pipenv|pipfile)$/;

/** The hashes that versions of a manager record for a manifest; undefined where a formula may be missing. */
export function manifestHashes(format: string, manifest: DataNode): readonly string[] | undefined {
  if (format === "poetry") return [poetry(manifest, false), poetry(manifest, true)];
  if (format === "pdm") return pdm(manifest);
  return format === "pipenv" ? pipenv(manifest) : undefined;
}

/** Poetry 1 hashes its own tables, Poetry 2 those of the standard as well, and from 2.3 on the dependency groups. */
function poetry(data: DataNode, withGroups: boolean): string {
  const project = present(data.get("project"), PROJECT);
  const groups =
    withGroups && data.get("dependency-groups")?.entries.length ? data.get("dependency-groups") : undefined;
  const isStandard = Object.keys(project).length > 0 || groups !== undefined;
  const own = data.get("tool", "poetry");
  const always = Object.fromEntries(POETRY_ALWAYS.map((key) => [key, own?.get(key)]));
  const tables = isStandard ? present(own, [...POETRY_ALWAYS, "group"]) : { ...always, ...present(own, ["group"]) };
  if (!isStandard) return hashOf(tables, ", ", ": ");
  return hashOf(
    {
      ...(Object.keys(project).length > 0 ? { project } : {}),
      ...(groups ? { "dependency-groups": groups } : {}),
      tool: { poetry: tables },
    },
    ", ",
    ": ",
  );
}

/** PDM up to 2.21 hashes the overrides alone, later ones all that steers the resolution. */
function pdm(data: DataNode): readonly string[] {
  const project = data.get("project");
  const settings = data.get("tool", "pdm");
  const tables = [data.get("dependency-groups"), settings?.get("dev-dependencies")];
  const development = tables.flatMap((table) => table?.entries ?? []);
  const common = {
    sources: settings?.get("source") ?? [],
    dependencies: project?.get("dependencies") ?? [],
    "optional-dependencies": project?.get("optional-dependencies") ?? {},
    "requires-python": project?.get("requires-python") ?? "",
  };
  const named = (nameOf: (key: string) => string): Value =>
    Object.fromEntries(development.map(({ key, value }) => [nameOf(key), value]));
  const resolution = settings?.get("resolution");
  const overrides = settings?.get("overrides") ?? resolution?.get("overrides") ?? {};
  return [named((key) => key), named(normalised)].flatMap((groups) =>
    [{ overrides }, { resolution: resolution ?? {} }].map((rest) =>
      hashOf({ ...common, "dev-dependencies": groups, ...rest }, ", ", ": "),
    ),
  );
}

/** Without a source of its own Pipenv takes the one of whoever locks; further categories are hashed differently. */
function pipenv(data: DataNode): readonly string[] | undefined {
  if (!data.has("source") || !data.entries.every(({ key }) => PIPFILE.test(key))) return undefined;
  const all: Record<string, Value> = { default: data.get("packages") ?? {}, develop: data.get("dev-packages") ?? {} };
  const meta = { sources: data.get("source"), requires: data.get("requires") ?? {} };
  const filled = (table: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(table).filter(([, value]) => json(value, ",", ":") !== "{}"));
  return [
    { _meta: meta, ...all },
    { _meta: filled(meta), ...filled(all) },
  ].map((content) => hashOf(content, ",", ":"));
}

function present(table: DataNode | undefined, keys: readonly string[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(keys.flatMap((key) => (table?.has(key) ? [[key, table.get(key)]] : [])));
}

function hashOf(value: Value, comma: string, colon: string): string {
  return createHash("sha256")
    .update(json(value, comma, colon))
    .digest("hex");
}

/** JSON as Python writes it with sorted keys: ASCII alone, the separators as given. */
function json(value: Value, comma: string, colon: string): string {
  if (value === undefined) return "null";
  if (typeof value === "string") return quoted(value);
  if (isNode(value) && value.kind === "scalar") return value.isQuoted ? quoted(value.text ?? "") : (value.text ?? "");
  const items = isNode(value)
    ? value.kind === "list"
      ? value.items
      : undefined
    : Array.isArray(value)
      ? value
      : undefined;
  if (items) return `[${items.map((item) => json(item, comma, colon)).join(comma)}]`;
  const entries = isNode(value)
    ? value.entries.map(({ key, value: inner }) => [key, inner] as const)
    : Object.entries(value);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, inner]) => `${quoted(key)}${colon}${json(inner, comma, colon)}`).join(comma)}}`;
}

function isNode(value: Value): value is DataNode {
  return typeof value === "object" && "kind" in value && "isQuoted" in value;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
