import { textOf } from "../literals.ts";
import { argumentOf, calledName, dottedName, type Names, qualifiedName } from "../names.ts";
import type { Call, Expression, Module } from "../syntax.ts";
import { statementsOf } from "../walk.ts";
import { type CalledRoutes, handlerName } from "./called.ts";
import type { DeclaredMount, DeclaredRoute } from "./model.ts";
import { type Constants, pathOf, withoutAnchors } from "./paths.ts";

const PATTERN = /^django\.(urls|conf\.urls)(\.conf)?\.(path|re_path|url)$/;
const INCLUDE = /^django\.(urls|conf\.urls)(\.conf)?\.include$/;
/** How deep lists of patterns are nested in one another. */
const MAX_NESTED = 20;

/** Django's lists of patterns, and what routers of the REST framework are told of. */
export function djangoRoutes(module: Module, names: Names, constants: Constants): CalledRoutes {
  const reader = new PatternReader(names, constants);
  for (const { node } of statementsOf(module)) {
    if (node.kind === "Assign" && node.value) {
      const [target] = node.targets;
      if (target?.kind === "Name") reader.read(node.value, target.id, "");
    }
    if (node.kind === "Expr") for (const value of node.values) reader.readStatement(value);
  }
  return reader;
}

class PatternReader implements CalledRoutes {
  readonly routes: DeclaredRoute[] = [];
  readonly mounts: DeclaredMount[] = [];
  readonly #names: Names;
  readonly #constants: Constants;

  constructor(names: Names, constants: Constants) {
    this.#names = names;
    this.#constants = constants;
  }

  /** `router.register("orders", OrderViewSet)`, `urlpatterns.append(path(...))`. */
  readStatement(node: Expression): void {
    if (node.kind !== "Call" || node.func.kind !== "Attribute") return;
    const { func, args, line } = node;
    const into = qualifiedName(func.value, this.#names);
    if (into === undefined) return;
    if (/^(append|extend|insert)$/.test(func.attr)) for (const one of args) this.read(one, into, "");
    const handler = func.attr === "register" && /router$/i.test(into) ? argumentOf(node, "viewset", 1) : undefined;
    if (!handler || dottedName(handler) === undefined) return;
    const path = withoutAnchors(pathOf(argumentOf(node, "prefix", 0), this.#constants));
    this.routes.push({
      router: into,
      path,
      methods: undefined,
      handler: qualifiedName(handler, this.#names),
      line,
      guards: [],
    });
  }

  /** A list of patterns, or one of them, that belongs to the list of this name. */
  read(node: Expression, into: string, prefix: string, depth = 0): void {
    if (depth > MAX_NESTED) return;
    const below = (one: Expression): void => this.read(one, into, prefix, depth + 1);
    if (node.kind === "List" || node.kind === "Tuple") node.elts.forEach(below);
    else if (node.kind === "BinOp" && node.op === "+") [node.left, node.right].forEach(below);
    else if (node.kind === "Starred" && node.value) below(node.value);
    else if (node.kind === "Call") this.#readCall(node, into, prefix, depth);
    else if (dottedName(node)?.match(/(urls|urlpatterns|patterns)$/)) this.#mount(node, into, prefix, node.line);
  }

  #readCall(node: Call, into: string, prefix: string, depth: number): void {
    const called = calledName(node, this.#names) ?? "";
    // `i18n_patterns(path(...))`, `format_suffix_patterns(urlpatterns)`.
    if (/(^|\.)\w*patterns$/.test(called)) for (const one of node.args) this.read(one, into, prefix, depth + 1);
    if (!PATTERN.test(called)) return;
    const route = argumentOf(node, called.endsWith(".path") ? "route" : "regex", 0);
    const own = pathOf(route, this.#constants);
    const path = `${prefix}/${called.endsWith(".path") ? own : withoutAnchors(own)}`;
    const view = argumentOf(node, "view", 1);
    const included =
      view?.kind === "Call" && INCLUDE.test(calledName(view, this.#names) ?? "") ? view.args[0] : undefined;
    if (included) {
      this.#include(included, into, path, node.line, depth);
      return;
    }
    // `path("admin/", admin.site.urls)`
    if (view && dottedName(view)?.endsWith(".urls")) {
      this.#mount(view, into, path, node.line);
      return;
    }
    const handler = view && handlerName(view, this.#names);
    const guards =
      view?.kind === "Call" ? [calledName(view, this.#names) ?? ""].filter((name) => !/as_view$/.test(name)) : [];
    this.routes.push({ router: into, path, methods: undefined, handler, line: node.line, guards });
  }

  #include(node: Expression, into: string, prefix: string, line: number, depth: number): void {
    // `include((patterns, "name"))`
    const list = node.kind === "Tuple" ? node.elts[0] : node;
    if (list?.kind === "List") this.read(list, into, prefix, depth + 1);
    else if (list) this.#mount(list, into, prefix, line);
  }

  #mount(node: Expression, into: string, prefix: string, line: number): void {
    const target = textOf(node) ?? qualifiedName(node.kind === "Call" ? node.func : node, this.#names);
    this.mounts.push({ into, target, prefix, line, guards: [] });
  }
}
