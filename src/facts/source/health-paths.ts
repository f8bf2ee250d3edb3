import { textOf } from "./literals.ts";
import { mentions } from "./mentions.ts";
import { dottedName } from "./names.ts";
import type { Expression, Module } from "./syntax.ts";
import { childrenOf, statementsOf } from "./walk.ts";

/** A place where a module answers a path of health itself: `if request.path == "/healthz"`. */
export interface HealthPath {
  readonly url: string;
  readonly line: number;
}

/** Names that mean health wherever they stand, and those that do so only near the root. */
const NAMES_HEALTH = /health|liveness|readiness|livez|readyz|heartbeat/i;
const SHORT =
  /^(\/(api|v\d+|_?internal|_?system|core|utils|common|public|hub|\{\}|[\w-]+-api))*\/_{0,2}(live|alive|ready|ping|pong|up|ht|status|selftest|hc)_{0,2}\/?$/i;
/** A part of a path that differs from request to request. */
const PARAMETER = /[<(]|\{[^}]/;
const MOST = 300;

/** True for the path of an endpoint that states whether the process can serve. */
export function isHealthPath(url: string): boolean {
  return url.length <= MOST && !PARAMETER.test(url) && (NAMES_HEALTH.test(url) || SHORT.test(url));
}

/** Paths of health that a module answers without a route: it compares them with the request's, or sets up middleware. */
export function readHealthPaths(module: Module): readonly HealthPath[] {
  if (!mentions(module, NAMES_HEALTH)) return [];
  return statementsOf(module).flatMap(({ expressions }) =>
    expressions.filter(answers).flatMap((one) =>
      childrenOf(one).flatMap((child) => {
        const texts = child.kind === "List" || child.kind === "Tuple" || child.kind === "Set" ? child.elts : [child];
        return texts.flatMap((text) => {
          const url = textOf(text);
          return url?.startsWith("/") && isHealthPath(url) ? [{ url, line: text.line }] : [];
        });
      }),
    ),
  );
}

/** `path == "/healthz"`, `health_check(app, "/health")`. */
function answers(node: Expression): boolean {
  if (node.kind !== "Call") return node.kind === "Compare";
  return NAMES_HEALTH.test(dottedName(node.func) ?? "") || /add_middleware$/.test(dottedName(node.func) ?? "");
}
