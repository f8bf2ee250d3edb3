import type { DataNode } from "../formats/node.ts";
import { isAction } from "./action-reference.ts";
import { embeddedIn } from "./expression.ts";
import type { Step } from "./model.ts";

/** How an expression leaves a script: a variable holds it, and the script names that. */
export interface Lift {
  readonly line: number;
  /** What of the line to write instead of what. */
  readonly piece: string;
  readonly by: string;
  /** The step, by its first key. */
  readonly step: { readonly line: number; readonly key: string };
  /** What its environment needs; undefined where the variable is there already. */
  readonly variable: { readonly name: string; readonly value: string } | undefined;
}

/**
 * Takes the expression at this offset out of a script of bash or JavaScript; undefined where it stands in
 * ways that are not understood for sure.
 */
export function liftedExpression(step: Step, script: DataNode, offset: number, isBash: boolean): Lift | undefined {
  const text = script.text ?? "";
  const end = embeddedIn(text).find(({ start }) => start === offset)?.end ?? offset;
  const expression = text.slice(offset, end);
  const [, context = "", path = ""] =
    /^\$\{\{\s*(github\.event|github|inputs|env)\.([\w.-]+)\s*\}\}$/.exec(expression) ?? [];
  const [first] = step.node.entries;
  const [line = ""] = text.slice(text.lastIndexOf("\n", offset) + 1).split("\n", 1);
  // Of two on a line each has quotes of its own.
  if (path === "" || !first || text.trim() === expression || line.split(expression).length > 2) return undefined;
  const name = context === "env" ? path : nameOf(context, path);
  const isJavaScript = isAction(step.uses, "actions/github-script");
  const put = isJavaScript
    ? inJavaScript(text, offset, end, name)
    : isBash
      ? inShell(text, offset, expression, name)
      : undefined;
  if (!put || !/^[A-Za-z_]\w*$/.test(name)) return undefined;
  const isThere = context === "env" || step.env?.get(name)?.text === expression;
  // A variable of that name that means something else stays what it is.
  const isTaken = context !== "env" && !isThere && (step.env?.has(name) || new RegExp(`\\b${name}\\b`).test(text));
  if (isTaken) return undefined;
  return {
    line: script.lineAt(offset),
    ...put,
    step: { line: first.line, key: first.key },
    variable: isThere ? undefined : { name, value: expression },
  };
}

/** `github.event.pull_request.title` is PULL_REQUEST_TITLE. */
function nameOf(context: string, path: string): string {
  const words = `${context === "inputs" ? "INPUT_" : ""}${path}`.replace(/[^A-Za-z0-9]+/g, "_");
  return words.toUpperCase();
}

/** Only a text that holds nothing else gives way to a variable. */
function inJavaScript(text: string, start: number, end: number, name: string): Pick<Lift, "piece" | "by"> | undefined {
  const quote = text[start - 1] ?? "";
  if (!/["'`]/.test(quote) || text[end] !== quote) return undefined;
  return { piece: text.slice(start - 1, end + 1), by: `process.env.${name}` };
}

function inShell(text: string, offset: number, piece: string, name: string): Pick<Lift, "piece" | "by"> | undefined {
  const before = text.slice(0, offset);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  // Here-documents and substitutions have quotes of their own.
  if (before.includes("<<") || /\$\(|`/.test(line)) return undefined;
  const quote = openQuote(before);
  if (quote === "#") return undefined;
  const variable = `\${${name}}`;
  return { piece, by: quote === '"' ? variable : quote === "'" ? `'"${variable}"'` : `"${variable}"` };
}

/** The quote that is open where a script of the shell ends, `#` in a comment. */
function openQuote(script: string): '"' | "'" | "#" | "" {
  let open: '"' | "'" | "#" | "" = "";
  for (let at = 0; at < script.length; at++) {
    const letter = script[at];
    if (open === "#") open = letter === "\n" ? "" : open;
    else if (letter === "\\" && open !== "'") at++;
    else if (open === "" && (letter === '"' || letter === "'")) open = letter;
    else if (open === "" && letter === "#" && /^(\s|)$/.test(script[at - 1] ?? "")) open = "#";
    else if (letter === open) open = "";
  }
  return open;
}
