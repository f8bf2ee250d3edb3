import { namesOf } from "./names.ts";
import type { Expression, Module } from "./syntax.ts";
import { statementsOf } from "./walk.ts";

/** What a module does with what it is sent. */
export interface SignatureChecks {
  /** True where it names a check of who sent it. */
  readonly checks: boolean;
  /** Line where a digest is compared with `==`, which tells by its time how much of it was right. */
  readonly comparedPlainly: number | undefined;
  /** True where it reads the body of a request. */
  readonly readsBody: boolean;
  /** Full names of what it imports. */
  readonly imports: readonly string[];
}

const CHECK =
  /construct_event|constructevent|compare_digest|signature|hmac|verif(y|ies|ied|ication)|RequestValidator|webhook_?(secret|token)|authentication_classes|permission_classes|unwrap|is_valid_|check_auth|hookdeck|jwt\.decode|authoriz/i;
const BODY = /^(get_json|json|body|data|POST|form|read|get_data|loads|model_validate|parse_raw|event|payload)$/;
const DIGEST = /signature|digest|hmac/i;
const RECEIVES = /hook|callback|notif|event|ipn/i;
const MOST_IMPORTS = 300;

/** Whether a module asks who sent what it reads. */
export function readSignatureChecks(module: Module): SignatureChecks {
  const code = codeOf(module);
  const checks = CHECK.test(code);
  const imports = [...new Set(namesOf(module).values())].slice(0, MOST_IMPORTS);
  if (!RECEIVES.test(code) && !checks) return { checks, comparedPlainly: undefined, readsBody: false, imports };
  const expressions = statementsOf(module).flatMap(({ expressions: all }) => all);
  const isSafe = code.includes("compare_digest");
  return {
    checks,
    comparedPlainly: isSafe ? undefined : expressions.find(comparesDigest)?.line,
    readsBody: expressions.some((one) => one.kind === "Attribute" && BODY.test(one.attr)),
    imports,
  };
}

/** The text without its comments, which check nothing. */
function codeOf({ text, comments }: Module): string {
  const lines = text.split("\n");
  for (const { line, text: comment } of comments) {
    const written = lines[line - 1];
    if (written !== undefined) lines[line - 1] = written.replace(comment, "");
  }
  return lines.join("\n");
}

function comparesDigest(node: Expression): boolean {
  if (node.kind !== "Compare" || !node.ops.some((op) => op === "==" || op === "!=")) return false;
  const isNamed = (one: Expression): boolean =>
    (one.kind === "Name" && DIGEST.test(one.id)) ||
    (one.kind === "Call" && one.func.kind === "Attribute" && one.func.attr === "hexdigest");
  return (
    [node.left, ...node.comparators].filter(isNamed).length > 0 &&
    node.comparators.every(({ kind }) => kind !== "Constant")
  );
}
