import { defineFact, type UnreadFile } from "./fact.ts";
import type { ClassSettings } from "./settings/classes.ts";
import type { Folded } from "./settings/folded.ts";
import type { Setting } from "./settings/namespace.ts";
import { type DjangoSettings, type SetUp, webSettings } from "./web-settings.ts";

/** Where a key that signs sessions or tokens comes from, in production. */
export interface SigningKey {
  readonly path: string;
  readonly line: number;
  readonly name: string;
  /** `short`: written, and no real key. `fallback`: written, for where the environment has none. `random`: made at every start. */
  readonly source: "external" | "written" | "short" | "fallback" | "random" | "unknown";
}

export interface SigningKeys {
  readonly keys: readonly SigningKey[];
  readonly undecided: string | undefined;
  readonly unread: readonly UnreadFile[];
}

/** Settings that hold a key of the application's own. */
const KEY =
  /^((django_|flask_|app_|application_)?secret(_key)?|(jwt|auth|app|session|cookie|token|access_token|refresh_token)_secret(_key)?|jwt_(signing_)?key|signing_key|session_(secret|key)|security_password_salt|wtf_csrf_secret_key)$/i;
/** Django has one, and what others bring. */
const DJANGO_KEY = /^(SECRET_KEY|JWT_SECRET\w*|JWT_SIGNING_KEY)$/;
/** What a tool that renders the file puts a value into. */
const PLACEHOLDER = /^(\$\{?\w|\{\{|\{%|%\(|<%|__\w+__$|@@)/;
/** Characters under which a text is a placeholder rather than a key. */
const MIN_KEY = 8;
const PUBLIC = /^-----BEGIN (PUBLIC|CERTIFICATE|RSA PUBLIC)/;

/** The keys that the application signs with: of Django, Flask, Starlette, JWT libraries. */
export const signingKeys = defineFact({
  uses: { webSettings },
  combine: ({ uses }): SigningKeys => {
    const { django, undecided, classes, setUps, unread } = uses.webSettings;
    const all = [
      ...(django ? inDjango(django) : []),
      ...classes.flatMap(inClass),
      ...setUps.flatMap((setUp) => inCall(setUp, setUps)),
    ];
    // A setting, and the calls that are given it, are one.
    const byPlace = new Map(all.toReversed().map((key) => [`${key.path}:${key.line}`, key]));
    return { keys: [...byPlace.values()].toReversed(), undecided, unread };
  },
});

function inDjango({ settings, refused, isOpen, path, end }: DjangoSettings): readonly SigningKey[] {
  const found = [...settings.values()].filter(({ name }) => DJANGO_KEY.test(name));
  const nested = settings.get("SIMPLE_JWT");
  const signing = nested?.value.kind === "mapping" ? nested.value.entries.get("SIGNING_KEY") : undefined;
  const missing: readonly SigningKey[] =
    isOpen && !settings.has("SECRET_KEY") ? [{ path, line: end, name: "SECRET_KEY", source: "unknown" }] : [];
  return [
    ...found.map((setting) => keyOf(setting, refused)),
    ...(nested && signing?.kind === "literal"
      ? [keyOf({ ...nested, name: "SIGNING_KEY", value: signing }, refused)]
      : []),
    ...missing,
  ];
}

function inClass({ settings, refused, kind }: ClassSettings): readonly SigningKey[] {
  const found = [...settings.values()].filter(({ name }) => KEY.test(name));
  return found
    .map((setting) => keyOf(setting, refused))
    .filter(({ source }) => kind === "flask" || source !== "unknown");
}

function inCall(setUp: SetUp, all: readonly SetUp[]): readonly SigningKey[] {
  const { role, given, path, line, isUncertain } = setUp;
  const names = role === "configure" ? [...given.keys()].filter((name) => KEY.test(name)) : ["key", "secret_key"];
  if (!/^(configure|session|sign)$/.test(role)) return [];
  // A file or the environment that is loaded after it may replace it.
  const isReplaced =
    role === "configure" &&
    all.some((other) => other.role === "configure-from" && other.path === path && other.line > line);
  return names.flatMap((name) => {
    const value = given.get(name);
    if (!value) return [];
    const place = value.place ?? { path, line, name };
    const key = keyOf({ ...place, value: isReplaced ? { ...value, isDefault: true } : value }, new Set());
    if (key.source === "unknown") return role === "session" ? [key] : [];
    return isUncertain && key.source !== "external" ? [{ ...key, source: "unknown" as const }] : [key];
  });
}

function keyOf({ name, path, line, value }: Setting, refused: ReadonlySet<string>): SigningKey {
  const source = sourceOf(value);
  return { name, path, line, source: refused.has(name) && source !== "random" ? "external" : source };
}

function sourceOf(value: Folded): SigningKey["source"] {
  if (value.kind === "external" || value.kind === "stage") return "external";
  if (value.kind === "random") return value.isDefault ? "external" : "random";
  if (value.kind !== "literal") return "unknown";
  // Without a key the framework does not start, or signs nothing.
  if (typeof value.value !== "string" || value.value === "") return "external";
  if (PLACEHOLDER.test(value.value) || PUBLIC.test(value.value)) return "external";
  if (value.isDefault) return "fallback";
  return value.value.length < MIN_KEY ? "short" : "written";
}
