/** What stands for a part of a path that is computed. */
export const COMPUTED = "{}";

/** An object that routes are declared on: an application, a router, a blueprint, a namespace. */
export interface DeclaredRouter {
  /** The name that it is assigned to. */
  readonly name: string;
  /** What makes it: `fastapi.FastAPI`, `flask.Blueprint`. */
  readonly made: string;
  /** The path below which its routes lie. */
  readonly prefix: string;
  readonly line: number;
  /** Names of the dependencies that each of its routes asks for. */
  readonly guards: readonly string[];
  /** True for a FastAPI application that serves no schema. */
  readonly hidesSchema: boolean;
}

/** One route as it is declared, its path without the prefixes of other files. */
export interface DeclaredRoute {
  /** The full name of the router or list that it belongs to. */
  readonly router: string;
  readonly path: string;
  /** In capitals; undefined where the handler decides. */
  readonly methods: readonly string[] | undefined;
  /** The full name of what answers; undefined where it is computed. */
  readonly handler: string | undefined;
  readonly line: number;
  /** Names of decorators and dependencies. */
  readonly guards: readonly string[];
}

/** A router that is put below another. */
export interface DeclaredMount {
  readonly into: string;
  /** The full name of the router, or of the module whose `urlpatterns` it is; undefined where it is computed. */
  readonly target: string | undefined;
  readonly prefix: string;
  readonly line: number;
  readonly guards: readonly string[];
}

/** A function or class that may answer requests. */
export interface DeclaredHandler {
  readonly name: string;
  readonly line: number;
  /** Methods that it is seen to answer; undefined where nothing tells. */
  readonly methods: readonly string[] | undefined;
  /** Full names of a class's bases. */
  readonly bases: readonly string[];
  /** True where it answers with data, not with pages. */
  readonly returnsData: boolean;
  readonly guards: readonly string[];
}

/** What one module says of routes. */
export interface RouteDeclarations {
  readonly routers: readonly DeclaredRouter[];
  readonly routes: readonly DeclaredRoute[];
  readonly mounts: readonly DeclaredMount[];
  readonly handlers: readonly DeclaredHandler[];
  /** What the names of others stand for here, in a module that hands them on: `[local, full]`. */
  readonly imported: readonly (readonly [string, string])[];
}

/** Decorators and dependencies of one thing, at most. */
export const MAX_GUARDS = 30;

/** The methods that change something. */
const MUTATING = new Set(["POST", "PUT", "PATCH", "DELETE"]);

export function isMutating(method: string): boolean {
  return MUTATING.has(method);
}

/** `/a/` and `b/` as one path. */
export function joined(...parts: readonly string[]): string {
  return `/${parts.join("/")}`.replace(/\/{2,}/g, "/");
}
