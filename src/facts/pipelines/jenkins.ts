import type { JobScript, PipelineJob } from "./model.ts";

/** `sh` and `bat` steps with a literal script, in any of Groovy's quotes. */
const STEP =
  /\b(?:sh|bat|powershell|pwsh)\s*\(?\s*(?:script\s*:\s*|label\s*:\s*(?:"[^"\n]*"|'[^'\n]*')\s*,\s*script\s*:\s*)?("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/g;

/**
 * The scripts of a Jenkinsfile, found by their steps: Groovy is not evaluated. Which branches and
 * pull requests are built is set up on the server; a multibranch job builds them all.
 */
export function readJenkinsfile(path: string, text: string): readonly PipelineJob[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, " "));
  const scripts = [...code.matchAll(STEP)].map((match): JobScript => {
    const quoted = match[1] ?? "";
    const fence = /^("""|''')/.test(quoted) ? 3 : 1;
    const start = (match.index ?? 0) + match[0].lastIndexOf(quoted) + fence;
    const line = code.slice(0, start).split("\n").length;
    const script = quoted.slice(fence, -fence);
    const tolerant = /(catchError|warnError|returnStatus\s*:\s*true)/.test(code.slice(Math.max(0, start - 200), start));
    return {
      text: script,
      line,
      lineAt: (offset) => line + (script.slice(0, offset).match(/\n/g)?.length ?? 0),
      masked: tolerant && /returnStatus/.test(match[0]) ? { by: "returnStatus: true", line } : undefined,
    };
  });
  const library = /@Library\s*\(/.test(code) && scripts.length === 0;
  return [
    {
      name: "Jenkinsfile",
      path,
      line: 1,
      scripts,
      onPullRequests: "yes",
      triggerLine: 1,
      manual: false,
      elsewhere: library ? "its steps are in a shared library" : undefined,
    },
  ];
}
