import { isNone, textOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import type { ClassDef, Expression, Module, Statement } from "./syntax.ts";

/** One step of a schema's history. */
export interface Revision {
  readonly tool: "Alembic" | "Django";
  /** Of Alembic what the file calls itself; Django's go by the name of their file. */
  readonly id: string | undefined;
  /** What it follows, each with the app that it belongs to; of Alembic without one. */
  readonly parents: readonly (readonly [app: string, id: string])[];
  /** What it stands in the place of, in the same way. */
  readonly replaces: Revision["parents"];
  /** True where it starts or continues a branch with a name of its own. */
  readonly isLabelled: boolean;
  /** True where some of this is computed. */
  readonly isComputed: boolean;
  readonly line: number;
}

/** The revision that a module is, of Alembic or of Django. */
export function readRevision(module: Module): Revision | null {
  if (!mentions(module, /down_revision|class Migration/)) return null;
  const down = assignedTo(module.body, "down_revision");
  const own = assignedTo(module.body, "revision");
  if (down && own) return ofAlembic(module.body, own, down);
  const migration = module.body.find((node): node is ClassDef => node.kind === "ClassDef" && node.name === "Migration");
  return migration ? ofDjango(migration) : null;
}

function ofAlembic(body: readonly Statement[], own: Expression, down: Expression): Revision {
  const parents = listed(down).map(textOf);
  const labels = assignedTo(body, "branch_labels");
  return {
    tool: "Alembic",
    id: textOf(own),
    parents: parents.flatMap((id) => (id === undefined ? [] : [["", id] as const])),
    replaces: [],
    isLabelled: labels !== undefined && !isNone(labels),
    isComputed: textOf(own) === undefined || parents.includes(undefined),
    line: own.line,
  };
}

function ofDjango({ body, line }: ClassDef): Revision {
  const pairs = (name: string) => {
    const value = assignedTo(body, name);
    return value ? listed(value).map(pairOf) : [];
  };
  const dependencies = pairs("dependencies");
  const replaced = pairs("replaces");
  const isOpen = [assignedTo(body, "dependencies"), assignedTo(body, "replaces")].some(
    (value) => value !== undefined && value.kind !== "List" && value.kind !== "Tuple",
  );
  return {
    tool: "Django",
    id: undefined,
    parents: known(dependencies),
    replaces: known(replaced),
    isLabelled: false,
    isComputed: isOpen || [...dependencies, ...replaced].includes(undefined),
    line,
  };
}

function known(pairs: readonly ReturnType<typeof pairOf>[]): Revision["parents"] {
  return pairs.flatMap((pair) => (pair === "other" || pair === undefined ? [] : [pair]));
}

/** `("shop", "0001_initial")`; another app's, where a call names it; undefined for what is computed. */
function pairOf(node: Expression): readonly [string, string] | "other" | undefined {
  if (node.kind === "Call") return "other";
  if (node.kind !== "Tuple" && node.kind !== "List") return undefined;
  const [app, id] = node.elts.map(textOf);
  if (app === undefined) return "other";
  return id === undefined ? undefined : [app, id];
}

function listed(node: Expression): readonly Expression[] {
  if (isNone(node)) return [];
  return node.kind === "Tuple" || node.kind === "List" || node.kind === "Set" ? node.elts : [node];
}

function assignedTo(body: readonly Statement[], name: string): Expression | undefined {
  const found = body.findLast(
    (node) => node.kind === "Assign" && node.targets.some((target) => target.kind === "Name" && target.id === name),
  );
  return found?.kind === "Assign" ? (found.value ?? undefined) : undefined;
}
