import { lineIndex } from "../formats/node.ts";
import { normalised } from "../manifests/declaration.ts";
import type { Named } from "./environments.ts";

/** A command that installs, up to the end of its line; lines that end in `\` go on. */
const INSTALL =
  /\b(?:pip[\d.]*|uv|pipx|conda|mamba|micromamba|poetry|pdm|pipenv|rye|pixi|easy_install|apt(?:-get)?|apk|dnf|yum|brew)\s+(?:[\w-]+\s+){0,2}(?:install|add|inject|create|upgrade)\b((?:\\\r?\n|[^\n;&|])*)/g;
/** A tool that is fetched for one run. */
const FOR_ONE_RUN = /(?:--with[= ]|\buvx\s+|\bpipx run\s+|\buv tool run\s+)["']?([A-Za-z][\w.-]*)/g;
const WORD = /^["']?(?:python3?-|py3-)?([A-Za-z][\w.-]*[A-Za-z0-9])(?:\[[\w,. -]*\])?(?:[<>=!~@].*)?["']?$/;

/** What the commands of a script, pipeline, Makefile or Dockerfile install by name. */
export function namedInCommands(text: string): readonly Named[] {
  const lineOf = lineIndex(text);
  const installed = [...text.matchAll(INSTALL)].flatMap(({ index, 0: command, 1: words = "" }) => {
    const line = lineOf(index + command.length - words.length);
    return words.split(/[\s\\]+/).flatMap((word) => named(word, line));
  });
  const once = [...text.matchAll(FOR_ONE_RUN)].flatMap(({ index, 1: word = "" }) => named(word, lineOf(index)));
  return [...installed, ...once];
}

function named(word: string, line: number): readonly Named[] {
  const name = WORD.exec(word)?.[1];
  return name ? [{ name: normalised(name), line }] : [];
}
