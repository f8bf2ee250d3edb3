import { dottedName } from "../names.ts";
import type { FunctionDef } from "../syntax.ts";

/** Decorators that make a function answer requests: `@app.post(…)`, `@bp.route(…)`, `@api_view(…)`. */
const ROUTE = /(^|\.)(route|get|post|put|patch|delete|websocket|api_view|action)$/;

/** True for a function whose parameters come with a request or an event from outside. */
export function isHandler({ decorators, args }: FunctionDef): boolean {
  if (decorators.some((one) => one.kind === "Call" && ROUTE.test(dottedName(one.func) ?? ""))) return true;
  // A function of AWS Lambda.
  return args.length === 2 && args[0]?.name === "event" && /^_*(context|ctx)$/.test(args[1]?.name ?? "");
}
