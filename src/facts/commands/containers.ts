import { purposesOf } from "./purpose.ts";
import { unwrap } from "./unwrap.ts";

/** A command that is given to a container. */
export interface ContainerCall {
  /** The image or service. */
  readonly subject: string;
  /** What runs in it; empty for what the image itself says. */
  readonly words: readonly string[];
  /** True where nobody waits for it: a service, whose failure fails nothing. */
  readonly detached: boolean;
}

const ENGINE = /^(docker|podman|nerdctl)$/;
/** A variable that holds the name of an engine. */
const COMPUTED_ENGINE = /^\$[({]?\w{0,40}(DOCKER|PODMAN|OCI|CONTAINER|COMPOSE)\w{0,40}[)}]?$/i;
const COMPOSE = /^(docker-compose|podman-compose)$/;
const GLOBAL_VALUED =
  /^(-f|--file|-p|--project-name|--profile|--env-file|--project-directory|--parallel|--ansi|--progress|-H|--host|-c|--context|--config|-l|--log-level)$/;
/** The options of run and exec that stand alone. */
const FLAG =
  /^(-[ditTqP]+|--(rm|detach|interactive|tty|init|privileged|read-only|no-deps|service-ports|use-aliases|build|no-TTY|quiet|quiet-pull|publish-all|remove-orphans|no-healthcheck|oom-kill-disable|sig-proxy))$/;
/** Programs that say what they do by their arguments alone. */
const GENERAL = /^(-.*|python[\d.]*|sh|bash|npm|npx|yarn|pnpm|node|ls|pip)$/;

/** What a call of Docker, Podman or Compose runs in a container; undefined where it runs nothing in one. */
export function containerCall(words: readonly string[]): ContainerCall | undefined {
  const [program = "", ...rest] = words;
  const isCompose = COMPOSE.test(program) || /COMPOSE/i.test(program.startsWith("$") ? program : "");
  if (!ENGINE.test(program) && !isCompose && !COMPUTED_ENGINE.test(program)) return undefined;
  const [verb, ...behind] = withoutOptions(rest, GLOBAL_VALUED).rest;
  if (!isCompose && (verb === "compose" || verb === "container")) {
    const [inner, ...after] = withoutOptions(behind, GLOBAL_VALUED).rest;
    return callOf(inner, after);
  }
  return callOf(verb, behind);
}

/** What tells of a command that cannot be followed: its program, or the image and the step where it is the image's own. */
export function nameOfCall({ subject, words }: ContainerCall, title = ""): string {
  if (words.length === 0) return `${subject} ${title}`;
  const [program = ""] = unwrap(words);
  return GENERAL.test(program) ? "" : program;
}

function callOf(verb: string | undefined, words: readonly string[]): ContainerCall | undefined {
  if (verb === "up") return waitedFor(words);
  if (verb !== "run" && verb !== "exec") return undefined;
  const { options, rest } = withoutOptions(words, undefined);
  const [subject = "", ...command] = rest;
  const entry = options.get("--entrypoint");
  return {
    subject,
    words: entry ? [entry, ...command] : ownProgram(subject, command),
    detached:
      options.has("--detach") || [...options.keys()].some((option) => /^-[a-z]+$/.test(option) && option.includes("d")),
  };
}

/** An image that is named after a tool runs it, with the words behind it as arguments: `aquasec/trivy:0.66 fs .`. */
function ownProgram(image: string, command: readonly string[]): readonly string[] {
  const name =
    image
      .split("/")
      .at(-1)
      ?.replace(/[:@].*$/, "") ?? "";
  const whole = [name, ...command];
  return image.includes("/") && purposesOf(command).length === 0 && purposesOf(whole).length > 0 ? whole : command;
}

/** `up` waits for a service that it is told to take the outcome from. */
function waitedFor(words: readonly string[]): ContainerCall | undefined {
  const { options, rest } = withoutOptions(words, /^--(exit-code-from|scale|timeout)$/);
  const service =
    options.get("--exit-code-from") ?? (options.has("--abort-on-container-exit") ? (rest[0] ?? "") : undefined);
  return service === undefined ? undefined : { subject: service, words: [], detached: false };
}

/** The options before the first other word, and what follows; without a list, every option but a flag takes a value. */
function withoutOptions(
  words: readonly string[],
  valued: RegExp | undefined,
): { readonly options: ReadonlyMap<string, string>; readonly rest: readonly string[] } {
  const options = new Map<string, string>();
  let at = 0;
  while (words[at]?.startsWith("-")) {
    const [name = "", value] = (words[at] as string).split(/=(.*)/s);
    const takesValue =
      value === undefined && (valued ? valued.test(name) : !FLAG.test(name) && !/^-[a-zA-Z]\S/.test(name));
    options.set(name, value ?? (takesValue ? (words[at + 1] ?? "") : ""));
    at += takesValue ? 2 : 1;
  }
  return { options, rest: words.slice(at) };
}
