import { dependencies, runtimeOf } from "./dependencies.ts";
import type { UnreadFile } from "./fact.ts";
import { gateways } from "./gateways.ts";
import { routes } from "./routes.ts";
import { readIdentities } from "./source/identities.ts";
import { defineSourceFact } from "./source/source-fact.ts";

interface Place {
  readonly path: string;
  readonly line: number;
}

export interface IdentitiesFound {
  /** Where the code, or a gateway before it, asks who sends a request. */
  readonly authentication: Place | undefined;
  /** Where everybody is let in by default. */
  readonly allowsAny: Place | undefined;
  readonly accounts: Place | undefined;
  readonly audit: (Place & { readonly name: string }) | undefined;
  /** Django's admin, which records what is done through it alone. */
  readonly admin: Place | undefined;
  readonly unread: readonly UnreadFile[];
}

const AUDIT =
  /^(django-(auditlog|simple-history|easy-audit|pghistory|reversion|field-history|audit-log|activity-stream)|sqlalchemy-continuum|postgresql-audit|pgaudit|flask-audit\w*)$/;
/** Settings that somebody works with, not what runs. */
const DEVELOPMENT = /(^|\/)\w*(local|dev|development|test|testing)\w*\.py$/;
/** Programs that a person runs. */
const PROGRAM = /(^|\/)(dev|bin|scripts?|tools|extras|load_tests?|contrib)\//;
const MIGRATION = /(^|\/)(migrations|alembic|versions)\//;

/** Whether a service knows who uses it, and records what they do. */
export const identities = defineSourceFact({
  uses: { dependencies, gateways, routes },
  extract: readIdentities,
  combine: ({ files, unread, uses }): IdentitiesFound => {
    const answering = new Set(uses.routes.all.flatMap(({ path, handler }) => [path, handler?.path ?? path]));
    const shipped = files.filter(({ path }) => !MIGRATION.test(path) && !PROGRAM.test(path));
    // Where requests are answered comes first: elsewhere it may be another's identity that is meant.
    const product = [
      ...shipped.filter(({ path }) => answering.has(path)),
      ...shipped.filter(({ path }) => !answering.has(path)),
    ];
    const first = (kind: "authentication" | "allowsAny" | "accounts"): Place | undefined =>
      product.flatMap(({ path, parsed }) => {
        const line = parsed[kind];
        return line === undefined || (kind === "allowsAny" && DEVELOPMENT.test(path)) ? [] : [{ path, line }];
      })[0];
    const [library] = [...runtimeOf(uses.dependencies)].filter(([name]) => AUDIT.test(name));
    const recorded = product.flatMap(({ path, parsed: { audit } }) => (audit ? [{ path, ...audit }] : []))[0];
    const around = uses.gateways.audit && { ...uses.gateways.audit, name: "the platform" };
    return {
      authentication: first("authentication") ?? uses.gateways.authentication,
      allowsAny: first("allowsAny"),
      accounts: first("accounts"),
      audit: library ? { path: library[1].path, line: library[1].line, name: library[0] } : (recorded ?? around),
      admin: product.flatMap(({ path, parsed: { admin } }) => (admin === undefined ? [] : [{ path, line: admin }]))[0],
      unread,
    };
  },
});
