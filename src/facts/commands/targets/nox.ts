import { lineIndex } from "../../formats/node.ts";
import { scriptAt, type TargetFile, type TargetScript } from "./model.ts";

/** Sessions that are read. */
const MAX_SESSIONS = 500;
const SESSION = /^@(?:nox\.)?session(\([\s\S]{0,500}?\))?[ \t]*\r?\n(?:@[^\n]*\n){0,5}def\s+(\w+)\s*\(/gm;
const RUN = /\bsession\.run(?:_always)?\(\s*((?:"[^"\n]*"|'[^'\n]*'|[\w.]|[\s,*])*)/g;

/** The sessions of nox with the literal words of their `session.run(…)`. */
export function noxfile(text: string): TargetFile {
  const targets = new Map<string, readonly TargetScript[]>();
  const sessions = [...text.matchAll(SESSION)].slice(0, MAX_SESSIONS);
  const lineOf = lineIndex(text);
  for (const [index, match] of sessions.entries()) {
    const body = text.slice(match.index, sessions[index + 1]?.index);
    const named = /\bname\s*=\s*["']([\w.-]+)["']/.exec(match[1] ?? "")?.[1];
    const runs = [...body.matchAll(RUN)].map((run) => {
      const words = [...(run[1] ?? "").matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map(
        ([, double, single]) => double ?? single ?? "",
      );
      return scriptAt(words.join(" "), lineOf(match.index + run.index));
    });
    targets.set(named ?? match[2] ?? "", runs);
  }
  const [, listed] = /^nox\.options\.sessions\s*=\s*[[(]([^\])]*)/m.exec(text) ?? [];
  const chosen = [...(listed ?? "").matchAll(/["']([\w.-]+)["']/g)].flatMap(([, name = ""]) => targets.get(name) ?? []);
  targets.set("", chosen.length > 0 ? chosen : [...targets.values()].flat());
  return { kind: "nox", targets, prerequisites: new Map() };
}
