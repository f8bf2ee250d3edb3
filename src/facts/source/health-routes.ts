import { mentions } from "./mentions.ts";
import { argumentOf, hasUnknownKeywords, namesOf, qualifiedName } from "./names.ts";
import type { Assign, Module, Statement } from "./syntax.ts";
import { statementsOf } from "./walk.ts";

/** Where a file could take a route of health, as whole lines after lines of it. */
export interface HealthRoute {
  /** Where the application, or its list of patterns, is made. */
  readonly line: number;
  readonly insertions: readonly { readonly after: number; readonly lines: string }[];
}

export interface HealthRoutes {
  readonly places: readonly HealthRoute[];
  /** The line of what may ask who comes before any route answers. */
  readonly gate: number | undefined;
}

const MENTION = /FastAPI\(|Flask\(|urlpatterns|before_|[Mm]iddleware|MIDDLEWARE/;
/** The one of Django and of Starlette only says who asks. */
const GATE =
  /\bbefore_(app_)?request\b|\.middleware\(|LoginRequiredMiddleware|Auth(?!enticationMiddleware\b)\w{0,40}Middleware\b/;
/** Middleware of one's own, and what it would refuse with. */
const OWN = /\bclass \w{1,60}Middleware\b/;
const REFUSES = /\b40[13]\b|login|unauthori[sz]ed|forbidden|permission|redirect/i;
const NAME = "healthz";

/** Reads where a route of health could stand: after the application, or first among Django's patterns. */
export function readHealthRoutes(module: Module): HealthRoutes {
  if (!mentions(module, MENTION)) return { places: [], gate: undefined };
  const lines = module.text.split(/\r\n|\r|\n/);
  const gate = lines.findIndex((line) => GATE.test(line) || (OWN.test(line) && mentions(module, REFUSES)));
  const bodies = [module.body, ...module.body.flatMap((node) => (node.kind === "FunctionDef" ? [node.body] : []))];
  const places = module.text.includes(NAME)
    ? []
    : bodies.flatMap((body) => body.flatMap((node, index) => placeOf(node, body[index + 1], module, lines)));
  return { places, gate: gate < 0 ? undefined : gate + 1 };
}

function placeOf(
  node: Statement,
  next: Statement | undefined,
  module: Module,
  lines: readonly string[],
): readonly HealthRoute[] {
  if (node.kind !== "Assign" || node.targets.length !== 1) return [];
  const [target] = node.targets;
  if (target?.kind !== "Name" || !node.value) return [];
  if (target.id === "urlpatterns" && node.op === "=") return patternsAt(node, module, lines);
  const { value } = node;
  const made = value.kind === "Call" ? qualifiedName(value.func, namesOf(module)) : undefined;
  if (value.kind !== "Call" || !/^(fastapi\.FastAPI|flask\.Flask)$/.test(made ?? "")) return [];
  // Whoever is to be asked for at every route is asked for at this one too.
  if (hasUnknownKeywords(value) || argumentOf(value, "dependencies")) return [];
  const indent = /^\s*/.exec(lines[node.line - 1] ?? "")?.[0] ?? "";
  const gap = indent === "" ? 2 : 1;
  let end = next ? firstLineOf(next) - 1 : lines.length;
  while (end > node.line && /^\s*(#.*)?$/.test(lines[end - 1] ?? "")) end--;
  const blanks = next ? lines.slice(end).findIndex((line) => line.trim() !== "") : gap;
  const route =
    made === "flask.Flask"
      ? [`@${target.id}.route("/${NAME}")`, `def ${NAME}() -> str:`, '    return "ok"']
      : [`@${target.id}.get("/${NAME}")`, `def ${NAME}() -> dict[str, str]:`, '    return {"status": "ok"}'];
  const around = ["\n".repeat(gap), "\n".repeat(Math.max(0, gap - blanks))];
  const written = around.join(route.map((line) => `${indent}${line}\n`).join(""));
  return [{ line: node.line, insertions: [{ after: end, lines: written }] }];
}

/** Decorators stand above the line of what they decorate. */
function firstLineOf(node: Statement): number {
  return "decorators" in node ? Math.min(node.line, ...node.decorators.map(({ line }) => line)) : node.line;
}

/** Patterns are tried from the first on: one that takes every path may follow. */
function patternsAt({ line, value }: Assign, module: Module, lines: readonly string[]): readonly HealthRoute[] {
  const [first] = value?.kind === "List" ? value.elts : [];
  const imports = statementsOf(module).flatMap(({ node, scope }) =>
    node.kind === "ImportFrom" && node.module === "django.urls" && !scope.function && scope.conditions.length === 0
      ? [node]
      : [],
  );
  const hasPath = imports.some(({ names }) => names.some(({ name, asName }) => name === "path" && asName === null));
  const [top] = imports;
  if (!first || !top || !hasPath || first.line === line || !/\[\s*(#.*)?$/.test(lines[line - 1] ?? "")) return [];
  const indent = /^\s*/.exec(lines[first.line - 1] ?? "")?.[0] ?? "";
  const hasResponse = mentions(module, /^from django\.http import .*\bHttpResponse\b/m);
  return [
    {
      line,
      insertions: [
        ...(hasResponse ? [] : [{ after: top.line - 1, lines: "from django.http import HttpResponse" }]),
        { after: line, lines: `${indent}path("${NAME}", lambda request: HttpResponse("ok")),` },
      ],
    },
  ];
}
