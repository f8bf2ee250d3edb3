import type { DataNode } from "../formats/node.ts";
import { declarationOf, normalised } from "../manifests/declaration.ts";

/** What a manifest asks a lock for. */
export interface LockRequirement {
  readonly name: string;
  /** The versions allowed, as PEP 440 writes them; empty for any. */
  readonly constraint: string;
  readonly line: number;
  /** True where an environment marker or another name may leave it out of the lock. */
  readonly mayBeMissing: boolean;
}

/** What a lock of this format has to hold of a manifest. */
export function lockRequirements(format: string, manifest: DataNode): readonly LockRequirement[] {
  if (format === "pixi") return pixi(manifest.get("tool", "pixi") ?? manifest);
  const project = manifest.get("project");
  const required = texts(project?.get("dependencies"));
  // A standard lock may be made for the package alone, without its extras and groups.
  if (format !== "uv") return required;
  return [
    ...required,
    ...tables(project?.get("optional-dependencies")),
    ...tables(manifest.get("dependency-groups")),
    ...texts(manifest.get("tool", "uv", "dev-dependencies")),
  ];
}

function tables(table: DataNode | undefined): readonly LockRequirement[] {
  return (table?.entries ?? []).flatMap(({ value }) => texts(value));
}

function texts(list: DataNode | undefined): readonly LockRequirement[] {
  return (list?.items ?? []).flatMap(({ text, line }) => {
    const declaration = declarationOf(text ?? "", line, "runtime");
    if (!declaration) return [];
    const { name, constraint } = declaration;
    return [
      { name, constraint: constraint.startsWith("@") ? "" : constraint, line, mayBeMissing: /;/.test(text ?? "") },
    ];
  });
}

/** Of packages of conda the name alone is compared; those of PyPI may come from conda by another name. */
function pixi(data: DataNode): readonly LockRequirement[] {
  return [
    ...(data.get("dependencies")?.entries ?? []).map(({ key, line }) => ({
      name: normalised(key),
      constraint: "",
      line,
      mayBeMissing: false,
    })),
    ...(data.get("pypi-dependencies")?.entries ?? []).map(({ key, value, line }) => {
      const constraint = value.text ?? value.get("version")?.text ?? "";
      return { name: normalised(key), constraint: constraint === "*" ? "" : constraint, line, mayBeMissing: true };
    }),
  ];
}
