import { execForm, type Instruction } from "../dockerfiles/instructions.ts";
import { lineageOf } from "../dockerfiles/stages.ts";
import type { Dockerfile } from "../dockerfiles.ts";

/** Servers, workers and modules that need no right of root, alone on their line. */
const PROGRAM =
  /^(?:exec )?(?:[\w./-]*\/)?(?:gunicorn|uvicorn|hypercorn|granian|daphne|waitress-serve|celery|fastapi|flask|python[\d.]*)(?: |$)/;
/** Commands that prepare something write it. */
const PREPARES = /[;&|<>`]|\b(?:migrate|collectstatic|createcachetable|compilemessages|init|upgrade|--pid)\b/;
/** A folder of root's, or of somebody who is there already; places where files are written on purpose. */
const WRITES = /\/root\b|\bHOME\b|~|useradd|adduser|--user\b|chown|chmod|mkdir|\btouch\b|sqlite|\bsu\b|\bsudo\b/;
const PYTHON = /^(?:docker\.io\/(?:library\/)?)?python(?::|$)/;
/** A port that only root may open, as on some platforms. */
const LOW_PORT = /(?::|(?:--port|-p)[ =])(?:\d{1,3}|10[01]\d|102[0-3])(?!\d)/;
const FIRST_FREE_PORT = 1024;

/** A user, and the switch to it, behind the instruction on this line. */
export interface UserSwitch {
  readonly line: number;
  readonly lines: string;
}

/**
 * Where an image of Python that starts one known program may leave root: behind all that is installed and copied.
 * Undefined where something in the file may need root, or write where a new user may not.
 */
export function userSwitch({ shipped, stages }: Dockerfile): UserSwitch | undefined {
  const { origin, instructions, entrypoint, command, base } = shipped;
  if (origin.kind !== "image" || !PYTHON.test(origin.reference)) return undefined;
  const start = [entrypoint, command].flatMap((one) => (one ? [wordsOf(one.text)] : [])).join(" ");
  if (!PROGRAM.test(start) || PREPARES.test(start) || LOW_PORT.test(start)) return undefined;
  const all = lineageOf(shipped, stages).flatMap((stage) => stage.instructions);
  if (all.some((one) => needsRoot(one) || WRITES.test([one.text, ...one.heredocs].join("\n")))) return undefined;
  const first = instructions.findIndex(({ keyword }) => /^(CMD|ENTRYPOINT)$/.test(keyword));
  const later = first < 0 ? [] : instructions.slice(first);
  // What is done behind the start would be done by the new user.
  if (first < 0 || later.some(({ keyword }) => /^(RUN|COPY|ADD|WORKDIR)$/.test(keyword))) return undefined;
  const adds = /alpine/.test(origin.reference) ? "adduser -S -u 10001 app" : "useradd --system --uid 10001 app";
  return { line: instructions[first - 1]?.endLine ?? base.line, lines: `RUN ${adds}\nUSER 10001` };
}

function wordsOf(text: string): string {
  return execForm(text)?.join(" ") ?? text;
}

function needsRoot({ keyword, words }: Instruction): boolean {
  if (keyword === "VOLUME") return true;
  return keyword === "EXPOSE" && words.some(({ text }) => !(Number.parseInt(text, 10) >= FIRST_FREE_PORT));
}
