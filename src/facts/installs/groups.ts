import type { DataNode } from "../formats/node.ts";
import { declarationOf, normalised } from "../manifests/declaration.ts";
import type { InstallCommand } from "./command.ts";

/** The dependencies of groups by name, those of included groups among them. */
type Groups = ReadonlyMap<string, readonly string[]>;

const MAX_DEPTH = 10;
/** Groups that are asked for by another name are a part of what is deployed. */
const DEVELOPMENT = /dev|test|lint|typ(es|ing)|qa|docs?|ci\b|bench/i;

/** What an installation from a lock brings along of the groups in pyproject.toml. */
export function groupsInstalled(
  { installer, options }: InstallCommand,
  data: DataNode,
  variables: ReadonlyMap<string, string | undefined>,
): readonly string[] {
  const listed = (name: string): readonly string[] =>
    (options.get(name) ?? []).flatMap((value) => value.split(/[\s,]+/));
  if (installer === "uv") {
    const groups = standardGroups(data);
    const defaults = data.get("tool", "uv", "default-groups");
    const standard = defaults?.text === "all" ? [...groups.keys()] : (defaults?.texts ?? ["dev"]);
    const isOff = ["--no-dev", "--no-default-groups", "--only-group"].some((name) => options.has(name));
    const wanted = options.has("--all-groups")
      ? [...groups.keys()]
      : [
          ...(isOff || variables.has("UV_NO_DEV") ? [] : standard),
          ...listed("--group"),
          ...listed("--only-group"),
        ].filter((group) => standard.includes(group) || DEVELOPMENT.test(group));
    return pick(groups, wanted, [...listed("--no-group"), ...(options.has("--no-dev") ? ["dev"] : [])]);
  }
  const isProduction = ["--only", "--no-dev", "--prod", "--production", "-P", "--only-root"].some((one) =>
    options.has(one),
  );
  if (isProduction) return pick(poetryGroups(data, true), listed("--only"), ["main"]);
  if (installer === "poetry") {
    const groups = poetryGroups(data, false);
    return pick(groups, [...groups.keys()], listed("--without"));
  }
  return installer === "pdm" ? pick(pdmGroups(data), ["*"], []) : [];
}

function pick(groups: Groups, wanted: readonly string[], without: readonly string[]): readonly string[] {
  const left = wanted.includes("*") ? [...groups.keys()] : wanted;
  return [...new Set(left)].filter((name) => !without.includes(name)).flatMap((name) => groups.get(name) ?? []);
}

function standardGroups(data: DataNode): Groups {
  const tables = data.get("dependency-groups");
  const namesIn = (group: string, depth: number): readonly string[] =>
    (tables?.get(group)?.items ?? []).flatMap((item) => {
      const included = item.get("include-group")?.text;
      if (included !== undefined) return depth < MAX_DEPTH ? namesIn(included, depth + 1) : [];
      return declarationOf(item.text ?? "", item.line, "development")?.name ?? [];
    });
  const groups = new Map((tables?.entries ?? []).map(({ key }) => [key, namesIn(key, 0)]));
  const own = data.get("tool", "uv", "dev-dependencies")?.texts ?? [];
  const older = own.flatMap((text) => declarationOf(text, 1, "development")?.name ?? []);
  return older.length > 0 ? new Map([...groups, ["dev", [...(groups.get("dev") ?? []), ...older]]]) : groups;
}

function poetryGroups(data: DataNode, withOptional: boolean): Groups {
  const poetry = data.get("tool", "poetry");
  const groups = (poetry?.get("group")?.entries ?? [])
    .filter(({ value }) => withOptional || value.get("optional")?.boolean !== true)
    .map(({ key, value }) => [key, namesOf(value.get("dependencies"))] as const);
  return new Map([...groups, ["dev-dependencies", namesOf(poetry?.get("dev-dependencies"))]]);
}

function pdmGroups(data: DataNode): Groups {
  const own = (data.get("tool", "pdm", "dev-dependencies")?.entries ?? []).map(
    ({ key, value }) =>
      [key, value.texts.flatMap((text) => declarationOf(text, 1, "development")?.name ?? [])] as const,
  );
  return new Map([...standardGroups(data), ...own]);
}

function namesOf(table: DataNode | undefined): readonly string[] {
  return (table?.entries ?? []).map(({ key }) => normalised(key));
}
