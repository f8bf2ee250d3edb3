import type { UnreadFile } from "./fact.ts";
import { isPlaceholder } from "./secrets/literals.ts";
import { type Connection, leadsAway } from "./source/connections.ts";
import { type Hardcoded, readHardcoded } from "./source/hardcoded.ts";
import { isForDevelopers } from "./source/purpose.ts";
import { defineSourceFact } from "./source/source-fact.ts";
import { sourceConnections } from "./source-connections.ts";

/** A setting that only fits one environment, in the text of a source. */
export interface HardcodedSetting {
  readonly path: string;
  readonly line: number;
  /** What is written there; the value of a secret is never part of it. */
  readonly what: string;
}

export interface HardcodedSettings {
  readonly all: readonly HardcodedSetting[];
  readonly unread: readonly UnreadFile[];
}

const DEVELOPMENT = /dev|local|test|debug|example|sample/i;

/** What ties the source to one environment: hosts, passwords and buckets that are literals, and switches by host. */
export const hardcodedSettings = defineSourceFact({
  extract: readHardcoded,
  uses: { sourceConnections },
  combine: ({ files, unread, uses }): HardcodedSettings => ({
    all: [
      ...uses.sourceConnections.all.map((one) => ({ path: one.path, line: one.line, what: whatOfConnection(one) })),
      ...files.flatMap(({ path, parsed }) => parsed.map((one) => ({ path, line: one.line, what: whatOfLiteral(one) }))),
    ].flatMap(({ path, line, what }) => (what === undefined || isForDevelopers(path) ? [] : [{ path, line, what }])),
    unread,
  }),
});

function whatOfConnection(connection: Connection): string | undefined {
  const { store, host, password, isDefault, isForDevelopment } = connection;
  if (isDefault || isForDevelopment) return undefined;
  if (leadsAway(connection)) return `the host of ${store}, ${host}`;
  return password !== undefined && host === undefined && !isPlaceholder(password)
    ? `a password for ${store}`
    : undefined;
}

function whatOfLiteral({ kind, what, within }: Hardcoded): string | undefined {
  if (within.some((name) => DEVELOPMENT.test(name))) return undefined;
  if (kind === "bucket") return `the bucket ${what}`;
  return kind === "address" ? `the address ${what}` : `a switch for the host named ${what}`;
}
