import type { DataNode } from "../formats/node.ts";
import {
  type Declaration,
  declarationOf,
  type Group,
  type Manifest,
  manifest,
  normalised,
  type Reference,
  referenceIn,
  referenceOf,
} from "./declaration.ts";
import { pixiDeclarations } from "./other.ts";

/** Extras and groups by these names serve development; other extras are features of the package. */
const DEVELOPMENT =
  /^(dev|devel|develop|development|tests?|testing|lint|docs?|doc|typing|types|ci|qa|quality|bench.*|all-dev)$/i;

/** What `pyproject.toml` declares: PEP 621, extras, PEP 735 groups, Poetry, PDM, uv, Hatch. */
export function pyprojectManifest(data: DataNode): Manifest {
  const project = data.get("project");
  const dynamic = project?.get("dynamic")?.items.find(({ text }) => text === "dependencies");
  const declarations = [
    ...requirements(project?.get("dependencies"), "runtime"),
    ...tables(project?.get("optional-dependencies"), extraGroup),
    ...tables(data.get("dependency-groups"), () => "development"),
    ...tables(data.get("tool", "pdm", "dev-dependencies"), () => "development"),
    ...requirements(data.get("tool", "uv", "dev-dependencies"), "development"),
    ...requirements(data.get("tool", "flit", "metadata", "requires"), "runtime"),
    ...pixiDeclarations(data.get("tool", "pixi")),
    ...poetry(data.get("tool", "poetry", "dependencies"), "runtime"),
    ...poetry(data.get("tool", "poetry", "dev-dependencies"), "development"),
    ...(data.get("tool", "poetry", "group")?.entries ?? []).flatMap(({ key, value }) =>
      poetry(value.get("dependencies"), key === "main" ? "runtime" : "development"),
    ),
    ...(data.get("tool", "hatch", "envs")?.entries ?? []).flatMap(({ value }) => [
      ...requirements(value.get("dependencies"), "development"),
      ...requirements(value.get("extra-dependencies"), "development"),
    ]),
  ];
  return manifest("pyproject", declarations, {
    computedLine: dynamic?.line,
    includes: data.get("tool", "setuptools", "dynamic", "dependencies", "file")?.texts ?? [],
    references: references(data),
    statesNone: project !== undefined && !project.has("dependencies") && !dynamic,
  });
}

/** Addresses in requirements, and in the tables of uv and Poetry. */
function references(data: DataNode): readonly Reference[] {
  const inList = (list: DataNode | undefined, group: Group): readonly Reference[] =>
    (list?.items ?? []).flatMap(({ text, line }) => referenceIn(text ?? "", line, group));
  const inTable = (table: DataNode | undefined, group: Group): readonly Reference[] =>
    (table?.entries ?? []).flatMap(({ value, line }) => value.listed.flatMap((one) => referenceOf(one, line, group)));
  return [
    ...inList(data.get("project", "dependencies"), "runtime"),
    ...(data.get("project", "optional-dependencies")?.entries ?? []).flatMap(({ key, value }) =>
      inList(value, extraGroup(key)),
    ),
    ...(data.get("dependency-groups")?.entries ?? []).flatMap(({ value }) => inList(value, "development")),
    ...inTable(data.get("tool", "uv", "sources"), "runtime"),
    ...inTable(data.get("tool", "poetry", "dependencies"), "runtime"),
    ...inTable(data.get("tool", "poetry", "dev-dependencies"), "development"),
    ...(data.get("tool", "poetry", "group")?.entries ?? []).flatMap(({ value }) =>
      inTable(value.get("dependencies"), "development"),
    ),
  ];
}

function extraGroup(extra: string): Group {
  return DEVELOPMENT.test(extra) ? "development" : "optional";
}

function requirements(list: DataNode | undefined, group: Group): readonly Declaration[] {
  return (list?.items ?? []).flatMap(({ text, line }) => {
    const declaration = text === undefined ? undefined : declarationOf(text, line, group);
    return declaration ? [declaration] : [];
  });
}

function tables(table: DataNode | undefined, groupOf: (name: string) => Group): readonly Declaration[] {
  return (table?.entries ?? []).flatMap(({ key, value }) => requirements(value, groupOf(key)));
}

/** Poetry's tables: a name with a constraint, or with a table that holds one. */
function poetry(table: DataNode | undefined, group: Group): readonly Declaration[] {
  return (table?.entries ?? [])
    .filter(({ key }) => key !== "python")
    .map(({ key, value, line }) => {
      const constraint = value.text ?? value.get("version")?.text ?? "";
      const exact = /^={0,2}\s*(\d[\w.!+-]*)$/.exec(constraint)?.[1];
      const isOptional = value.get("optional")?.boolean === true;
      return {
        name: normalised(key),
        line,
        group: isOptional ? "optional" : group,
        constraint: constraint === "*" ? "" : constraint,
        pinned: exact,
      };
    });
}
