import { standardLibrary } from "../standard-library.ts";

export interface Import {
  /** The top-level module; under a namespace that many distributions share, the module below it. */
  readonly module: string;
  readonly path: string;
  readonly line: number;
  /** True inside a block: such an import is late or optional, and proves no need. */
  readonly isIndented: boolean;
}

/** What one file of Python imports from outside the standard library. */
export interface Source {
  readonly imports: readonly Import[];
  /** The line of the block in which a script declares what it needs (PEP 723). */
  readonly inlineLine: number | undefined;
}

const SHARED_NAMESPACE = /^(google|azure|opentelemetry|airflow|zope|jaraco|sphinxcontrib|backports)\b/;
const IMPORT = /^\s*(?:from\s+([A-Za-z_][\w.]*)\s+import\s+(.*)|import\s+([A-Za-z_][\w.]*(?:\s*,\s*[A-Za-z_][\w.]*)*))/;

export function readSource(path: string, text: string): Source {
  const lines = text.split(/\r?\n/);
  const inline = lines.findIndex((line) => /^# \/\/\/ script\s*$/.test(line));
  return {
    imports: lines.flatMap((line, index) =>
      modulesOf(line).map((module) => ({ module, path, line: index + 1, isIndented: /^\s/.test(line) })),
    ),
    inlineLine: inline < 0 ? undefined : inline + 1,
  };
}

function modulesOf(line: string): readonly string[] {
  const [, from, names = "", plain = ""] = IMPORT.exec(line) ?? [];
  const dotted = from === undefined ? plain.split(/\s*,\s*/) : fullNames(from, names);
  const modules = dotted.map((name) =>
    SHARED_NAMESPACE.test(name) ? name.split(".").slice(0, 3).join(".") : (name.split(".")[0] ?? ""),
  );
  return [...new Set(modules)].filter((module) => module !== "" && !standardLibrary.has(module.split(".")[0] ?? ""));
}

/** `from google.cloud import storage` imports google.cloud.storage. */
function fullNames(from: string, names: string): readonly string[] {
  if (!SHARED_NAMESPACE.test(from) || from.split(".").length > 2) return [from];
  return names.split(",").flatMap((name) => {
    const first = /^[\s(]*(\w+)/.exec(name)?.[1];
    return first ? [`${from}.${first}`] : [];
  });
}
