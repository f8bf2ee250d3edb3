import { defineFact, type UnreadFile } from "./fact.ts";
import { type Folded, truthOf } from "./settings/folded.ts";
import { type DjangoSettings, type SetUp, webSettings } from "./web-settings.ts";

/** What pages of other origins may do. */
export interface CrossOrigin {
  readonly path: string;
  readonly line: number;
  /** `open`: any origin, with the user's cookies. */
  readonly access: "open" | "limited" | "unknown";
}

export interface CrossOriginAccess {
  readonly policies: readonly CrossOrigin[];
  readonly undecided: string | undefined;
  readonly unread: readonly UnreadFile[];
}

const ANY = /^(\*|\^?\(?(https?\??:\/\/)?\.[*+]\)?\$?)$/;

/** Where the application lets pages of other origins in: middleware of Starlette, Flask-CORS, django-cors-headers. */
export const crossOrigin = defineFact({
  uses: { webSettings },
  combine: ({ uses }): CrossOriginAccess => {
    const { django, undecided, setUps, unread } = uses.webSettings;
    return { policies: [...(django ? inDjango(django) : []), ...setUps.flatMap(inCall)], undecided, unread };
  },
});

function inDjango({ settings }: DjangoSettings): readonly CrossOrigin[] {
  const credentials = settings.get("CORS_ALLOW_CREDENTIALS");
  const everyone = ["CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL"].flatMap((name) => settings.get(name) ?? []);
  const patterns = ["CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ORIGIN_REGEX_WHITELIST"].flatMap(
    (name) => settings.get(name) ?? [],
  );
  return [
    ...everyone.map(({ path, line, value }) => ({ path, line, isOpen: truthOf(value) })),
    ...patterns.map(({ path, line, value }) => ({ path, line, isOpen: allowsAny(value) })),
  ].map(({ path, line, isOpen }) => ({ path, line, access: accessOf(isOpen, credentials?.value) }));
}

function inCall({ role, given, path, line, isOpen, isUncertain }: SetUp): readonly CrossOrigin[] {
  if (role !== "cors" && role !== "flask-cors") return [];
  const isFlask = role === "flask-cors";
  const origins = given.get(isFlask ? "origins" : "allow_origins");
  const credentials = given.get(isFlask ? "supports_credentials" : "allow_credentials");
  const places = isFlask
    ? [origins ? allowsAny(origins) : allowsAnyResource(given.get("resources"))]
    : [origins && allowsAny(origins), given.has("allow_origin_regex") && allowsAny(given.get("allow_origin_regex"))];
  const isAny = places.includes(true) ? true : places.includes(undefined) && (origins || isFlask) ? undefined : false;
  const access = isOpen && isAny !== true ? "unknown" : accessOf(isAny, credentials);
  return [{ path, line, access: access === "open" && isUncertain ? "unknown" : access }];
}

/** Whether origins include every one; undefined where they are not known. */
function allowsAny(origins: Folded | undefined): boolean | undefined {
  if (origins?.kind === "literal") {
    if (typeof origins.value !== "string") return false;
    return origins.value.split(",").some((origin) => ANY.test(origin.trim()));
  }
  if (origins?.kind === "external") return false;
  if (origins?.kind !== "list") return undefined;
  const answers = origins.items.map(allowsAny);
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** Flask-CORS lets everyone in where nothing is said. */
function allowsAnyResource(resources: Folded | undefined): boolean | undefined {
  if (!resources || resources.kind === "literal") return true;
  if (resources.kind !== "mapping") return undefined;
  const answers = [...resources.entries.values()].map((options) => {
    if (options.kind !== "mapping") return undefined;
    const origins = options.entries.get("origins");
    return origins ? allowsAny(origins) : true;
  });
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

function accessOf(isAny: boolean | undefined, credentials: Folded | undefined): CrossOrigin["access"] {
  const sendsCookies = credentials ? truthOf(credentials) : false;
  if (isAny === false || sendsCookies === false || credentials?.kind === "external") return "limited";
  return isAny && sendsCookies ? "open" : "unknown";
}
