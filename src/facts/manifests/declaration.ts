/** What a dependency is needed for. */
export type Group = "runtime" | "optional" | "development";

/** One dependency as a manifest states it. */
export interface Declaration {
  /** Normalised as PEP 503 does: lower case, runs of `-_.` as one `-`. */
  readonly name: string;
  readonly line: number;
  readonly group: Group;
  /** The versions allowed, as written; empty for any. */
  readonly constraint: string;
  /** The one version allowed, if there is only one. */
  readonly pinned: string | undefined;
}

/** What one manifest declares. */
export interface Manifest {
  readonly kind: "pyproject" | "requirements" | "pipfile" | "setup.cfg" | "setup.py" | "conda" | "pixi";
  readonly declarations: readonly Declaration[];
  /** Requirements files that are read along: `-r other.txt`. */
  readonly includes: readonly string[];
  /** A line that is computed, so that what it declares is not known. */
  readonly computedLine: number | undefined;
  /** Of a requirements file: made by a resolver, or held to hashes; then every version is exact. */
  readonly isCompiled: boolean;
}

/** A name as all spellings of it come to. */
export function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

const REQUIREMENT = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/s;

/** A requirement as PEP 508 writes it; undefined for text that is none. */
export function declarationOf(text: string, line: number, group: Group): Declaration | undefined {
  const [, name, rest = ""] = REQUIREMENT.exec(text.trim()) ?? [];
  if (!name) return undefined;
  const constraint = (rest.split(";", 1)[0] ?? "")
    .trim()
    .replace(/^\((.*)\)$/, "$1")
    .trim();
  if (constraint !== "" && !/^[<>=!~@]/.test(constraint)) return undefined;
  return { name: normalised(name), line, group, constraint, pinned: pinnedBy(constraint) };
}

/** The version that `==1.2` or `=== 1.2` allows alone. */
function pinnedBy(constraint: string): string | undefined {
  return /^={2,3}\s*([\w.!+-]+)$/.exec(constraint)?.[1];
}

/** An empty manifest, to be filled in. */
export function manifest(
  kind: Manifest["kind"],
  declarations: readonly Declaration[],
  rest: Partial<Manifest> = {},
): Manifest {
  return { kind, declarations, includes: [], computedLine: undefined, isCompiled: false, ...rest };
}
