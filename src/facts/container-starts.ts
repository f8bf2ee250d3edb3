import { type DirectStart, directStart } from "./containers/direct-start.ts";
import { execForm } from "./dockerfiles/instructions.ts";
import { isService } from "./dockerfiles/service.ts";
import type { Setting, Stage } from "./dockerfiles/stages.ts";
import { type Dockerfile, dockerfiles } from "./dockerfiles.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { startScripts } from "./start-scripts.ts";

/** How an image starts what it is for. */
export interface ContainerStart {
  readonly path: string;
  readonly line: number;
  /** True where the signal to stop reaches the program, not a shell before it. */
  readonly receivesSignals: boolean;
  readonly says: string;
  /** How it would hear the signal, where its instruction alone decides. */
  readonly direct?: DirectStart | undefined;
}

export interface ContainerStarts {
  readonly starts: readonly ContainerStart[];
  readonly unread: readonly UnreadFile[];
}

/** Programs that pass signals on to what they run. */
const FORWARDS =
  /\b(tini|dumb-init|catatonit|docker-init|supervisord|s6-svscan|runit|circusd|honcho|forego)\b|\/init\b/;
const SHELL = /^(\/usr)?(\/local)?(\/bin\/)?(env )?(ba|da|a|z)?sh$/;
const SHEBANG = /^#!.*\b(ba|da|a|z)?sh\b/;
/** The shell gives its place to the program, or hands signals on itself. */
const HANDS_OVER = /(^|[\s;&|({])exec\s+[^<>\s\d]|^\s*trap\b/m;

/** Whether services hear that they are to stop. */
export const containerStarts = defineFact({
  spans: "repository",
  uses: { dockerfiles, startScripts },
  combine: ({ uses }): ContainerStarts => {
    const production = uses.dockerfiles.files.filter(({ purpose }) => purpose === "production");
    const services = production.filter((image) =>
      isService(image, uses.startScripts.texts.get(image.path) ?? [], production.length === 1),
    );
    return {
      starts: services.flatMap((image) => startOf(image, uses.startScripts.texts.get(image.path) ?? []) ?? []),
      unread: [
        ...uses.dockerfiles.unread.filter(({ purpose }) => purpose === "production"),
        ...services.flatMap(({ path }) => uses.startScripts.unread.get(path) ?? []),
      ],
    };
  },
});

/** Undefined where the base image, or a script of it, decides. */
function startOf({ path, shipped, stages }: Dockerfile, scripts: readonly string[]): ContainerStart | undefined {
  const setting = (shipped.entrypoint ?? shipped.command) as Setting;
  const { line } = setting;
  const start = wordsOf(shipped);
  const direct = { path, line, receivesSignals: true, says: "The program is the container's first process." };
  const behind = (what: string): ContainerStart => ({
    path,
    line,
    receivesSignals: false,
    says: `${what} is the container's first process, and does not pass on the signal to stop.`,
    direct: directStart(shipped, stages),
  });
  if (start.kind === "shell")
    return HANDS_OVER.test(start.text) || FORWARDS.test(start.text) ? direct : behind("A shell");
  const [program = "", ...rest] = start.words;
  if (FORWARDS.test(start.words.join(" "))) return direct;
  const inline = SHELL.test(program) ? rest[rest.findIndex((word) => /^-\w*c$/.test(word)) + 1] : undefined;
  const isInline = SHELL.test(program) && rest.some((word) => /^-\w*c$/.test(word));
  if (isInline) return HANDS_OVER.test(inline ?? "") ? direct : behind("A shell");
  const shellScripts = scripts.filter((text) => SHEBANG.test(text) || SHELL.test(program));
  if (shellScripts.length > 0) {
    const passes = shellScripts.some((text) => HANDS_OVER.test(text) || FORWARDS.test(text));
    return passes ? direct : behind("A script of the shell");
  }
  const isScript = SHELL.test(program) || /\.sh$|entrypoint|(^|\/)(start|run)$/.test(program);
  return isScript ? undefined : direct;
}

type Start =
  | { readonly kind: "shell"; readonly text: string }
  | { readonly kind: "exec"; readonly words: readonly string[] };

/** What the container runs: a shell before an entry point, or a command alone, in the form of a shell. */
function wordsOf({ entrypoint, command }: Stage): Start {
  const text = ({ value, text: written }: Setting): string => value ?? written;
  const own = entrypoint && execForm(text(entrypoint));
  if (entrypoint && !own) return { kind: "shell", text: text(entrypoint) };
  const words = command && execForm(text(command));
  if (command && !words && !own?.length) return { kind: "shell", text: text(command) };
  return { kind: "exec", words: [...(own ?? []), ...(words ?? [])] };
}
