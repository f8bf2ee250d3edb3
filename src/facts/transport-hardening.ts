import { defineFact, type UnreadFile } from "./fact.ts";
import { kubernetes } from "./kubernetes.ts";
import { type Folded, truthOf } from "./settings/folded.ts";
import { type DjangoSettings, type WebSettings, webSettings } from "./web-settings.ts";

/** One measure that keeps sessions on encrypted connections, or pages out of frames. */
export interface HardeningMeasure {
  /** What it is called, with the id of Django's own check where it has one. */
  readonly name: string;
  /** Undefined where that cannot be told. */
  readonly isTaken: boolean | undefined;
  readonly path: string;
  readonly line: number;
}

export interface TransportHardening {
  readonly measures: readonly HardeningMeasure[];
  readonly undecided: string | undefined;
  readonly unread: readonly UnreadFile[];
}

const MIDDLEWARE = [
  ["django.middleware.security.SecurityMiddleware", "SecurityMiddleware (W001)"],
  ["django.middleware.csrf.CsrfViewMiddleware", "CsrfViewMiddleware (W003)"],
  ["django.middleware.clickjacking.XFrameOptionsMiddleware", "XFrameOptionsMiddleware (W002)"],
] as const;

/** What is done for transport and cookies, and what is not. */
export const transportHardening = defineFact({
  uses: { webSettings, kubernetes },
  combine: ({ uses }): TransportHardening => {
    const { django, undecided, unread } = uses.webSettings;
    const isRedirected = uses.kubernetes.objects.some(
      ({ kind, data }) => kind === "Ingress" && (data.get("spec", "tls")?.items.length ?? 0) > 0,
    );
    const measures = django
      ? inDjango(django, isRedirected)
      : [...inFlask(uses.webSettings), ...inStarlette(uses.webSettings)];
    return { measures, undecided, unread };
  },
});

function inDjango(django: DjangoSettings, isRedirected: boolean): readonly HardeningMeasure[] {
  const { settings, path, end } = django;
  const middleware = settings.get("MIDDLEWARE") ?? settings.get("MIDDLEWARE_CLASSES");
  const at = (name: string) => settings.get(name) ?? { path, line: end };
  const hasSessions = includes(middleware?.value, "django.contrib.sessions.middleware.SessionMiddleware") !== false;
  // What has no session has no cookies to protect: its callers bring tokens.
  const asked = MIDDLEWARE.filter(([module]) => hasSessions || !module.includes("csrf"));
  const listed = asked.map(([module, name]) => ({
    ...measure(name, middleware ? includes(middleware.value, module) : django.isOpen ? undefined : false),
    ...placeOf(middleware ?? { path, line: end }),
  }));
  const hasCsrf = hasSessions && includes(middleware?.value, MIDDLEWARE[1][0]) !== false;
  const isSecure = (name: string) => isTrue(settings.get(name)?.value, django.isOpen);
  const redirect = either(isSecure("SECURE_SSL_REDIRECT"), isSecure("SECURE_PROXY_SSL_HEADER"));
  return [
    ...listed,
    ...(hasSessions
      ? [
          {
            ...measure("SESSION_COOKIE_SECURE (W012)", isSecure("SESSION_COOKIE_SECURE")),
            ...placeOf(at("SESSION_COOKIE_SECURE")),
          },
        ]
      : []),
    ...(hasCsrf
      ? [
          {
            ...measure("CSRF_COOKIE_SECURE (W016)", isSecure("CSRF_COOKIE_SECURE")),
            ...placeOf(at("CSRF_COOKIE_SECURE")),
          },
        ]
      : []),
    { ...measure("SECURE_SSL_REDIRECT (W008)", isRedirected || redirect), ...placeOf(at("SECURE_SSL_REDIRECT")) },
    {
      ...measure("SECURE_HSTS_SECONDS (W004)", isSecure("SECURE_HSTS_SECONDS")),
      ...placeOf(at("SECURE_HSTS_SECONDS")),
    },
  ];
}

/** Packages that keep something of the user in the cookie of a session. */
const FLASK_SESSIONS = ["flask.session", "flask_login", "flask_wtf", "flask_security", "flask_session"];

/** Flask's cookies are HttpOnly by themselves; the rest has to be said. */
function inFlask({ classes, setUps, imports }: WebSettings): readonly HardeningMeasure[] {
  const application = setUps.find(({ role, path }) => role === "application" && !/script/i.test(path));
  if (!application || !imports.has("flask") || !FLASK_SESSIONS.some((name) => imports.has(name))) return [];
  if (setUps.some(({ role }) => role === "talisman"))
    return [{ ...measure("Talisman", true), ...placeOf(application) }];
  const configured = classes.filter(({ kind }) => kind === "flask");
  const isElsewhere =
    configured.some(({ isOpen }) => isOpen) ||
    (configured.length === 0 && setUps.some(({ role }) => role === "configure-from"));
  return ["SESSION_COOKIE_SECURE", "SESSION_COOKIE_SAMESITE", "SESSION_COOKIE_HTTPONLY"].map((name) => {
    const set = setUps.find(({ role, given }) => role === "configure" && given.has(name));
    const setting = configured.flatMap(({ settings }) => settings.get(name) ?? [])[0];
    const value = set?.given.get(name) ?? setting?.value;
    const unset = isElsewhere ? undefined : name === "SESSION_COOKIE_HTTPONLY";
    const where = set ?? setting ?? configured.find(({ settings }) => settings.has("SECRET_KEY")) ?? application;
    return { ...measure(name, value ? isTrue(value, false) : unset), ...placeOf(where) };
  });
}

/** Starlette's cookie of a session says only when asked that it is for encrypted connections. */
function inStarlette({ setUps }: WebSettings): readonly HardeningMeasure[] {
  return setUps
    .filter(({ role, isUncertain }) => role === "session" && !isUncertain)
    .map((setUp) => ({
      ...measure(
        "SessionMiddleware(https_only=True)",
        setUp.isOpen ? undefined : isTrue(setUp.given.get("https_only"), false),
      ),
      ...placeOf(setUp),
    }));
}

function measure(name: string, isTaken: boolean | undefined): Pick<HardeningMeasure, "name" | "isTaken"> {
  return { name, isTaken };
}

function placeOf({ path, line }: { readonly path: string; readonly line: number }) {
  return { path, line };
}

/** What the environment must give counts as taken. */
function isTrue(value: Folded | undefined, isOpen: boolean): boolean | undefined {
  if (!value) return isOpen ? undefined : false;
  return value.kind === "external" ? true : truthOf(value);
}

function either(one: boolean | undefined, other: boolean | undefined): boolean | undefined {
  if (one || other) return true;
  return one === undefined || other === undefined ? undefined : false;
}

function includes(list: Folded | undefined, text: string): boolean | undefined {
  if (list?.kind !== "list") return undefined;
  const isThere = list.items.some((item) => item.kind === "literal" && item.value === text);
  return isThere ? true : list.items.some(({ kind }) => kind === "unknown") ? undefined : false;
}
