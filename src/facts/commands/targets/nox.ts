import { scriptAt, type TargetFile, type TargetScript } from "./model.ts";

const SESSION = /^@(?:nox\.)?session(\([\s\S]*?\))?[ \t]*\n(?:@[^\n]*\n)*def\s+(\w+)\s*\(/gm;
const RUN = /\bsession\.run(?:_always)?\(\s*((?:"[^"\n]*"|'[^'\n]*'|[\w.]|[\s,*])*)/g;

/** The sessions of nox with the literal words of their `session.run(…)`. */
export function noxfile(text: string): TargetFile {
  const targets = new Map<string, readonly TargetScript[]>();
  const sessions = [...text.matchAll(SESSION)];
  for (const [index, match] of sessions.entries()) {
    const body = text.slice(match.index, sessions[index + 1]?.index);
    const named = /\bname\s*=\s*["']([\w.-]+)["']/.exec(match[1] ?? "")?.[1];
    const runs = [...body.matchAll(RUN)].map((run) => {
      const words = [...(run[1] ?? "").matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map(
        ([, double, single]) => double ?? single ?? "",
      );
      return scriptAt(words.join(" "), text.slice(0, match.index + run.index).split("\n").length);
    });
    targets.set(named ?? match[2] ?? "", runs);
  }
  const [, listed] = /^nox\.options\.sessions\s*=\s*[[(]([^\])]*)/m.exec(text) ?? [];
  const chosen = [...(listed ?? "").matchAll(/["']([\w.-]+)["']/g)].flatMap(([, name = ""]) => targets.get(name) ?? []);
  targets.set("", chosen.length > 0 ? chosen : [...targets.values()].flat());
  return { kind: "nox", targets, prerequisites: new Map() };
}
