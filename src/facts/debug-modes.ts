import { defineFact, type UnreadFile } from "./fact.ts";
import { type Folded, meansTrue, truthOf } from "./settings/folded.ts";
import { type DjangoSettings, type SetUp, type WebSettings, webSettings } from "./web-settings.ts";

/** One switch of a debug mode, as it stands in production. */
export interface DebugMode {
  readonly path: string;
  readonly line: number;
  /** `text`: off, but any text of a variable switches it on. `program`: on in a file that an image starts. */
  readonly state: "on" | "off" | "text" | "program" | "unknown";
  readonly says: string;
  /** What leaves debug mode off until somebody asks for it, where this one place decides in Python. */
  readonly off?: { readonly piece: string; readonly by: string; readonly needs?: "os" } | undefined;
}

export interface DebugModes {
  readonly switches: readonly DebugMode[];
  readonly hasApplication: boolean;
  /** Why it cannot be told which settings are production's. */
  readonly undecided: string | undefined;
  readonly unread: readonly UnreadFile[];
}

/** What is written, and what takes its place. */
const OFF = {
  assignment: { piece: "DEBUG = True", by: 'DEBUG = os.environ.get("DJANGO_DEBUG", "") == "1"', needs: "os" },
  default: { piece: "default=True", by: "default=False" },
  argument: { piece: "debug=True", by: "debug=False" },
} as const;

/** Where an application of Django, Flask or Starlette may run in debug mode. */
export const debugModes = defineFact({
  uses: { webSettings },
  combine: ({ uses }): DebugModes => {
    const { django, undecided, classes, setUps, imports, unread } = uses.webSettings;
    const ofClasses = classes
      .filter(({ kind }) => kind === "flask")
      .flatMap(({ settings }) => settings.get("DEBUG") ?? [])
      .map(({ path, line, value }) => switchAt(value.place ?? { path, line }, value));
    return {
      switches: [
        ...(django ? inDjango(django) : []),
        ...ofClasses,
        ...setUps.flatMap((setUp) => inCall(setUp, uses.webSettings) ?? []),
        ...(imports.has("flask") ? inStart(uses.webSettings) : []),
      ],
      hasApplication: Boolean(django) || undecided !== undefined || setUps.some(({ role }) => role === "application"),
      undecided,
      unread,
    };
  },
});

function inDjango({ settings, isOpen, path, end }: DjangoSettings): readonly DebugMode[] {
  const setting = settings.get("DEBUG");
  if (setting) {
    const found = switchAt(setting.value.place ?? setting, setting.value);
    const { value } = setting;
    const isLiteral = value.kind === "literal" && !value.isRaw && found.path.endsWith(".py");
    if (found.state !== "on" || !isLiteral) return [found];
    return [{ ...found, off: value.isDefault ? OFF.default : OFF.assignment }];
  }
  return isOpen ? [{ path, line: end, state: "unknown", says: "what sets DEBUG is not in the repository" }] : [];
}

type Place = { readonly path: string; readonly line: number };

function switchAt({ path, line }: Place, value: Folded): DebugMode {
  const at = (state: DebugMode["state"], says: string): DebugMode => ({ path, line, state, says });
  const truth = truthOf(value);
  const isRaw = value.kind === "literal" && value.isRaw;
  if (truth === undefined) return at(value.kind === "external" ? "off" : "unknown", "DEBUG is computed");
  if (!truth)
    return isRaw ? at("text", 'Any text of the variable switches debug mode on, "False" as well') : at("off", "");
  if (isRaw) return at("on", 'Debug mode is on whatever the variable says: any text counts as true, "False" as well');
  const isDefault = value.isDefault && path.endsWith(".py");
  return at("on", isDefault ? "Debug mode is on where nothing switches it off" : "Debug mode is on");
}

function inCall(setUp: SetUp, { starts }: WebSettings): DebugMode | undefined {
  const { role, given, path, line, isUncertain, isProgram } = setUp;
  const value = given.get(role === "configure" ? "DEBUG" : "debug");
  if (!value || !/^(application|run|configure)$/.test(role) || (role === "configure" && isProgram)) return undefined;
  const found = switchAt(value.place ?? { path, line }, value);
  // What a caller or the command line decides is theirs.
  if (found.state !== "on") return found.state === "unknown" && role !== "application" ? undefined : found;
  if (isUncertain) return { ...found, state: "unknown", says: "a condition decides about debug mode" };
  const isLiteral = value.kind === "literal" && value.value === true && !value.isDefault && !value.place;
  if (isLiteral && role !== "configure") return startOf({ ...found, off: OFF.argument }, setUp, starts);
  return startOf(found, setUp, starts);
}

/** Flask's own server has the debugger on where somebody starts it. */
function startOf(
  found: DebugMode,
  { role, isStarted, isCalledOnly }: SetUp,
  starts: WebSettings["starts"],
): DebugMode | undefined {
  if (role !== "run") return found;
  if (isStarted)
    return isCalledOnly
      ? { ...found, state: "program", says: "The image starts this file, with the debugger on" }
      : found;
  return isCalledOnly || starts.length > 0 ? undefined : found;
}

/** `FLASK_DEBUG=1`, `flask run --debug`. */
function inStart({ variables, starts }: WebSettings): readonly DebugMode[] {
  const set = variables.get("FLASK_DEBUG");
  const options = starts.filter(({ text }) => /\bflask\b[^\n]{0,200}--debug\b/.test(text));
  return [...(set && meansTrue(set.value) ? [set] : []), ...options.map(({ path, line }) => ({ path, line }))].map(
    ({ path, line }) => ({ path, line, state: "on", says: "The service starts with Flask's debugger on" }),
  );
}
