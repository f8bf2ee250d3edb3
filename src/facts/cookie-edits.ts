import type { Edit } from "../rule.ts";
import { defineFact } from "./fact.ts";
import { truthOf } from "./settings/folded.ts";
import type { Setting } from "./settings/namespace.ts";
import { transportHardening } from "./transport-hardening.ts";
import { type DjangoSettings, webSettings } from "./web-settings.ts";

const COOKIES = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"] as const;
/** What says that production is reached over HTTPS; over anything else such cookies do not come back. */
const HTTPS = /^(SESSION_COOKIE_SECURE|CSRF_COOKIE_SECURE|SECURE_SSL_REDIRECT|SECURE_HSTS_SECONDS)\b/;

/** The lines after which Django's cookies travel over HTTPS alone; or why people have to say so. Repairs alone ask. */
export const cookieEdits = defineFact({
  uses: { webSettings, transportHardening },
  combine: ({ uses }): { readonly edits: readonly Edit[] } | { readonly reason: string } => {
    const { django } = uses.webSettings;
    const { measures } = uses.transportHardening;
    if (!django) return { reason: "where the application is set up leaves open what holds in production alone" };
    if (!measures.some(({ name, isTaken }) => isTaken && HTTPS.test(name)))
      return { reason: "nothing here tells that it is reached over HTTPS alone" };
    const missing = COOKIES.filter((cookie) =>
      measures.some(({ name, isTaken }) => isTaken === false && name.startsWith(cookie)),
    );
    if (missing.length === 0)
      return { reason: "what a redirect, a header of HTTPS or other middleware would break is for people to say" };
    const unset = missing.filter((cookie) => !django.settings.has(cookie));
    const written = missing.flatMap((cookie) => django.settings.get(cookie) ?? []);
    const edits = [...written.flatMap((setting) => replaced(setting, django)), ...appended(unset, django)];
    return edits.length > 0 ? { edits } : { reason: "how debug mode is told from production stands elsewhere" };
  },
});

/** True in production; undefined where the file does not tell what production is. */
function valueIn(path: string, line: number, { settings }: DjangoSettings): string | undefined {
  const debug = settings.get("DEBUG");
  if (debug?.path !== path || debug.line >= line) return undefined;
  return debug.value.kind === "literal" && !debug.value.isDefault && truthOf(debug.value) === false
    ? "True"
    : "not DEBUG";
}

function replaced({ name, path, line, value }: Setting, django: DjangoSettings): readonly Edit[] {
  const secure = valueIn(path, line, django);
  const isWritten = value.kind === "literal" && !value.isDefault && !value.place && path.endsWith(".py");
  if (secure === undefined || !isWritten) return [];
  return [{ kind: "replace", path, line, piece: `${name} = False`, by: `${name} = ${secure}` }];
}

/** Last in the module that production starts with: what stands before it set nothing. */
function appended(names: readonly string[], django: DjangoSettings): readonly Edit[] {
  const secure = valueIn(django.path, django.end + 1, django);
  if (secure === undefined || names.length === 0 || !django.path.endsWith(".py")) return [];
  const lines = names.map((name) => `${name} = ${secure}`).join("\n");
  return [{ kind: "append", path: django.path, lines: `\n${lines}` }];
}
