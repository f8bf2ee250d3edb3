import type { UnreadFile } from "./fact.ts";
import { type Modules, namesIn, targetOf } from "./routes/names.ts";
import { type Route, routes } from "./routes.ts";
import { isMutating } from "./source/routes/model.ts";
import { readSignatureChecks, type SignatureChecks } from "./source/signature-checks.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { nameOf } from "./tree.ts";

/** A route that a service of others sends events to. */
export interface Webhook {
  readonly path: string;
  readonly line: number;
  readonly provider: string;
  /** How it knows who sent an event. */
  readonly sender: "checked" | "compared-plainly" | "unchecked" | "unknown";
}

export interface Webhooks {
  readonly all: readonly Webhook[];
  readonly unread: readonly UnreadFile[];
}

const PROVIDER =
  /stripe|plaid|github|gitlab|bitbucket|slack|twilio|shopify|paypal|adyen|razorpay|paddle|mailgun|sendgrid|postmark|braintree|docusign|clerk/i;
const PROVIDER_MODULE = /^(stripe|plaid|twilio|slack_sdk|slack_bolt|shopify|djstripe|razorpay|paddle|adyen)\b/i;
const RECEIVES = /web[-_]?hook|(^|[-_/])(hooks?|ipn)([-_/]|$)/i;
const RECEIVES_FROM = /(events?|callbacks?|notif\w*|hook)/i;
/** Sign-in by another's account calls back as well; what manages hooks is no receiver. */
const OTHERWISE =
  /oauth|login|bind|connect|authoriz|add_|install|list|create|delete|edit|config|setting|register|complete|redirect/i;
const GUARD = /auth|verif|valid|sign|secret|token|permission|webhook|hmac|login_required|current_user/i;
/** Modules that lead to one another, at most. */
const MAX_HOPS = 2;

/** The receivers of webhooks, and whether they ask who sent what they get. */
export const webhooks = defineSourceFact({
  uses: { routes },
  extract: readSignatureChecks,
  combine: ({ files, unread, uses }): Webhooks => {
    const checks = new Map(files.map(({ path, parsed }) => [path, parsed]));
    const importsOf = importsIn(checks);
    const receivers = uses.routes.all.flatMap((route) => {
      const provider = providerOf(route, checks);
      return provider === undefined ? [] : [webhookOf(route, provider, checks, importsOf)];
    });
    const seen = new Set<string>();
    return {
      all: receivers.filter(({ path, line }) => !seen.has(`${path}:${line}`) && seen.add(`${path}:${line}`)),
      unread,
    };
  },
});

type Checks = ReadonlyMap<string, SignatureChecks>;
type ImportsOf = (path: string) => readonly string[];

function providerOf({ url, handler, methods, path }: Route, checks: Checks): string | undefined {
  if (methods && !methods.some(isMutating)) return undefined;
  const named = `${url} ${handler?.name ?? ""}`;
  if (OTHERWISE.test(named)) return undefined;
  const provider = PROVIDER.exec(named)?.[0] ?? PROVIDER.exec(nameOf(handler?.path ?? path))?.[0];
  const imported = checks.get(handler?.path ?? path)?.imports.find((name) => PROVIDER_MODULE.test(name));
  const from = provider ?? imported?.split(".")[0];
  const receives = RECEIVES.test(named) || (provider !== undefined && RECEIVES_FROM.test(named));
  return receives ? from?.toLowerCase() : undefined;
}

function webhookOf(route: Route, provider: string, checks: Checks, importsOf: ImportsOf): Webhook {
  const { path, line } = route.handler ?? route;
  const own = checks.get(path);
  const reached = reachedFrom(path, importsOf);
  const place = { path, line, provider };
  const others = reached.filter((one) => one !== path);
  if (own?.comparedPlainly !== undefined) return { ...place, line: own.comparedPlainly, sender: "compared-plainly" };
  if (own?.checks || route.guards.some((guard) => GUARD.test(guard))) return { ...place, sender: "checked" };
  if (others.some((one) => checks.get(one)?.checks)) return { ...place, sender: "checked" };
  return { ...place, sender: own?.readsBody && route.handler ? "unchecked" : "unknown" };
}

/** The modules of the project that a module imports, and what those import. */
function reachedFrom(path: string, importsOf: ImportsOf): readonly string[] {
  let reached = new Set([path]);
  for (let hop = 0; hop < MAX_HOPS; hop++) reached = new Set([...reached, ...[...reached].flatMap(importsOf)]);
  return [...reached];
}

/** The modules of the project that a module imports; asked once for each. */
function importsIn(checks: Checks): ImportsOf {
  const modules: Modules = new Map([...checks.keys()].map((path) => [path, NAMELESS]));
  const known = new Map<string, readonly string[]>();
  return (path) => {
    const imported =
      known.get(path) ?? (checks.get(path)?.imports ?? []).flatMap((name) => targetOf(name, path, modules)?.path ?? []);
    known.set(path, imported);
    return imported;
  };
}

const NAMELESS = namesIn({ routers: [], routes: [], mounts: [], handlers: [], imported: [] });
