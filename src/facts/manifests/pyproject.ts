import type { DataNode } from "../formats/node.ts";
import { type Declaration, declarationOf, type Group, type Manifest, manifest, normalised } from "./declaration.ts";
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
    statesNone: project !== undefined && !project.has("dependencies") && !dynamic,
  });
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
