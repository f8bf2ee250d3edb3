import { linesFrom } from "../commands/targets/model.ts";
import { lineIndex } from "../formats/node.ts";
import type { JobScript, PipelineJob } from "./model.ts";

/** The beginning of an `sh` or `bat` step with a literal script, up to its quote. */
const STEP =
  /\b(sh|bat|powershell|pwsh)\s{0,50}(?:\(\s{0,50})?(?:label\s{0,50}:\s{0,50}(?:"[^"\n]{0,200}"|'[^'\n]{0,200}')\s{0,50},\s{0,50})?(?:script\s{0,50}:\s{0,50})?("""|'''|"|')/g;
/** A block whose failures leave the build a success. */
const FORGIVING =
  /\bcatchError\s{0,50}\([^)\n]{0,200}buildResult\s{0,50}:\s{0,50}['"]SUCCESS['"][^)\n]{0,200}\)\s{0,50}\{/g;
/** A stage whose name says that it deploys: what it runs may be a plugin's step. */
const DEPLOYS = /\bstage\s{0,50}\(\s{0,50}['"]([^'"\n]{0,80}\bdeploy[^'"\n]{0,80})['"]/gi;
/** Characters that a block is followed for, and blocks that are. */
const MAX_BLOCK = 20_000;
const MAX_BLOCKS = 200;

/**
 * The scripts of a Jenkinsfile, found by their steps: Groovy is not evaluated. Which branches and
 * pull requests are built is set up on the server; a multibranch job builds them all.
 */
export function readJenkinsfile(path: string, text: string): readonly PipelineJob[] {
  const code = withoutComments(text);
  const lineOf = lineIndex(code);
  const forgiving = [...code.matchAll(FORGIVING)].slice(0, MAX_BLOCKS).map(({ 0: match, index }) => ({
    start: index,
    end: endOfBlock(code, index + match.length),
  }));
  const scripts = [...code.matchAll(STEP)].flatMap((match): readonly JobScript[] => {
    const [whole, step = "", quote = ""] = match;
    const start = match.index + whole.length;
    const script = quotedFrom(code, start, quote);
    if (script === undefined) return [];
    const line = lineOf(start);
    const block = forgiving.find((one) => one.start < start && start < one.end);
    const dropped = dropsStatus(code, match.index, start + script.length + quote.length);
    return [
      {
        text: script,
        line,
        lineAt: linesFrom(script, line),
        isPowerShell: step.startsWith("p"),
        masked: block
          ? { by: "catchError", line: lineOf(block.start) }
          : dropped
            ? { by: "returnStatus: true", line }
            : undefined,
      },
    ];
  });
  const images = [...code.matchAll(/\bdocker\s{0,50}\.\s{0,50}build\s{0,50}\(/g)].map(({ index }): JobScript => {
    const line = lineOf(index);
    return { text: "docker build .", line, lineAt: () => line };
  });
  const elsewhere = { reason: `the steps of ${path} are in a shared library`, name: "" };
  const job = { name: "Jenkinsfile", path, line: 1, scripts: [...scripts, ...images], triggerLine: 1, manual: false };
  const deploying = [...code.matchAll(DEPLOYS)].map(({ 1: name = "", index }) => ({
    ...{ ...job, name, line: lineOf(index), scripts: [] },
    onPullRequests: "no" as const,
  }));
  return [{ ...job, onPullRequests: "yes", elsewhere: scripts.length > 0 ? undefined : elsewhere }, ...deploying];
}

/** The same text with blanks for its comments. */
function withoutComments(text: string): string {
  let code = "";
  let at = 0;
  for (let open = text.indexOf("/*"); open >= 0; open = text.indexOf("/*", at)) {
    const close = text.indexOf("*/", open + 2);
    if (close < 0) break;
    code += text.slice(at, open) + text.slice(open, close + 2).replace(/[^\n]/g, " ");
    at = close + 2;
  }
  // The slashes of an address have no blank before them.
  return (code + text.slice(at)).replace(/(^|\s)\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, " "));
}

function quotedFrom(code: string, start: number, quote: string): string | undefined {
  if (quote.length === 3) {
    const end = code.indexOf(quote, start);
    return end < 0 || end - start > MAX_BLOCK ? undefined : code.slice(start, end);
  }
  for (let at = start; at < code.length && code[at] !== "\n"; at++) {
    if (code[at] === "\\") at++;
    else if (code[at] === quote) return code.slice(start, at);
  }
  return undefined;
}

/** True for `sh(script: …, returnStatus: true)` as a statement: nobody looks at the status. */
function dropsStatus(code: string, step: number, end: number): boolean {
  if (!/^\s*,\s*returnStatus\s*:\s*true\b/.test(code.slice(end, end + 200))) return false;
  return code.slice(code.lastIndexOf("\n", step) + 1, step).trim() === "";
}

function endOfBlock(code: string, start: number): number {
  let depth = 1;
  const last = Math.min(code.length, start + MAX_BLOCK);
  for (let at = start; at < last; at++) {
    if (code[at] === "{") depth++;
    else if (code[at] === "}" && --depth === 0) return at;
  }
  return last;
}
