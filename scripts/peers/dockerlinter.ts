import type { Judgement, Peer } from "./peer.ts";

const DOCKERFILE = /(^|\/)(Dockerfile(\.[^/]+)?|[^/]+\.Dockerfile)$/;
const TEMPLATE = /\.(j2|jinja2?|template|tmpl|dockerignore)$/;

const ASKED: Readonly<Record<string, readonly string[]>> = {
  "EF0003 or EF0004": ["EF0003", "EF0004"],
  EU0001: ["EU0001"],
};

interface Finding {
  readonly code: string;
  readonly lineNumber: number;
  readonly message: string;
}

/** hadolint's rules, in JavaScript. */
export const dockerlinter: Peer = {
  name: "dockerlinter",
  async judge(start, folder, paths) {
    const judgements: Judgement[] = [];
    for (const path of paths.filter((one) => DOCKERFILE.test(one) && !TEMPLATE.test(one))) {
      // It breaks on syntax that is newer than itself.
      const json = await start(["-j", "-s", "none", "-f", path], folder).catch(() => undefined);
      if (json !== undefined) judgements.push(...readDockerlinter(json, path));
    }
    return judgements;
  },
};

/** @param json what `dockerlinter --json` prints of one file: nothing where it finds nothing. */
export function readDockerlinter(json: string, path: string): readonly Judgement[] {
  const findings = JSON.parse(json.trim() || "[]") as readonly Finding[];
  return Object.entries(ASKED).map(([check, rules]): Judgement => {
    const found = findings.filter(({ code }) => rules.includes(code));
    const says = found.map(({ lineNumber, message }) => `line ${lineNumber}: ${message}`).join("; ");
    return { check, path, verdict: found.length > 0 ? "fail" : "pass", says: says || "nothing" };
  });
}
