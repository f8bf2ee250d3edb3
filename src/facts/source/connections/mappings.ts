import { booleanOf, textOf } from "../literals.ts";
import { calledName, dottedName, type Names } from "../names.ts";
import type { Dict, Expression } from "../syntax.ts";
import type { Address, Encryption } from "./address.ts";

const ENGINES: readonly (readonly [engine: RegExp, store: string])[] = [
  [/postg|psql|cockroach|timescale/, "PostgreSQL"],
  [/mysql|mariadb/, "MySQL"],
  [/oracle|mssql/, "the database"],
];
const CONNECTS: readonly (readonly [name: RegExp, store: string])[] = [
  [/^(psycopg2?(\.\w+)*\.connect|psycopg_pool\.\w+|asyncpg\.(connect|create_pool)|aiopg\.\w+)$/, "PostgreSQL"],
  [/^(pymysql|MySQLdb|mysql\.connector|aiomysql|asyncmy)\.(connect|create_pool)$/, "MySQL"],
  [
    /^(redis|valkey|aioredis)(\.asyncio)?\.(Redis|StrictRedis|Valkey|ConnectionPool|BlockingConnectionPool|RedisCluster|from_url)$/,
    "Redis",
  ],
  [/^(pymongo(\.\w+)*\.MongoClient|motor\.\w+\.AsyncIOMotorClient)$/, "MongoDB"],
];
/** What the full names of all these begin with, and of what reads the address of Django's. */
export const CLIENTS =
  /^(psycopg|asyncpg|aiopg|pymysql|MySQLdb|mysql|aiomysql|asyncmy|redis|valkey|aioredis|pymongo|motor)|dj_database_url/;
const SWITCHES = /^(sslmode|ssl_mode|ssl|tls|ssl_ca|sslrootcert|ssl_require|ssl_disabled|use_ssl)$/i;
/** Those that mean a database wherever they stand. */
const OF_DATABASES = /^(sslmode|ssl_mode|sslrootcert)$/i;
const ON = /^(require|required|verify[-_]ca|verify[-_]full|verify_identity)$/i;
const OFF = /^(disable|disabled|allow)$/i;

/** Settings of Django's databases, arguments of a connection, or options that only say how it is encrypted. */
export function settingsIn(node: Expression, names: Names): Address | undefined {
  if (node.kind === "Dict") return ofMapping(node);
  if (node.kind !== "Call") return undefined;
  const called = calledName(node, names) ?? "";
  const [, store] = CONNECTS.find(([matches]) => matches.test(called)) ?? [];
  const arguments_ = new Map(node.keywords.flatMap(({ arg, value }) => (arg === null ? [] : [[arg, value] as const])));
  if (store !== undefined) return addressOf(store, arguments_);
  if (/dj_database_url\.(config|parse)$/.test(called) && booleanOf(arguments_.get("ssl_require")) === true)
    return { store: "the database", host: undefined, password: undefined, encryption: "on" };
  return undefined;
}

/** False for a mapping of anything else. */
export function mayBeSettings({ items }: Dict): boolean {
  return items.some(({ key }) => {
    const name = textOf(key);
    return name !== undefined && (name === "ENGINE" || OF_DATABASES.test(name));
  });
}

function entriesOf({ items }: Dict): ReadonlyMap<string, Expression> {
  return new Map(items.map(({ key, value }) => [textOf(key) ?? "", value] as const));
}

function ofMapping(node: Dict): Address | undefined {
  const entries = entriesOf(node);
  const engine = textOf(entries.get("ENGINE"));
  if (engine !== undefined) {
    const [, store] = ENGINES.find(([matches]) => matches.test(engine)) ?? [];
    return store === undefined ? undefined : addressOf(store, entries);
  }
  const encryption = encryptionOf(entries, OF_DATABASES);
  return encryption === "unsaid"
    ? undefined
    : { store: "the data store", host: undefined, password: undefined, encryption };
}

function addressOf(store: string, entries: ReadonlyMap<string, Expression>): Address {
  const text = (name: string): string | undefined =>
    textOf(entries.get(name)) ?? textOf(entries.get(name.toLowerCase()));
  const options = entries.get("OPTIONS");
  const inOptions = options?.kind === "Dict" ? encryptionOf(entriesOf(options)) : "unsaid";
  const host = text("HOST");
  return {
    store,
    host: host === undefined || host === "" ? undefined : host.toLowerCase(),
    password: text("PASSWORD"),
    encryption: inOptions === "unsaid" ? encryptionOf(entries) : inOptions,
  };
}

function encryptionOf(entries: ReadonlyMap<string, Expression>, keys = SWITCHES): Encryption {
  for (const [key, value] of entries) {
    if (!keys.test(key)) continue;
    const text = textOf(value);
    const truth = booleanOf(value);
    if (/disabled/i.test(key)) return truth === true ? "off" : "unsaid";
    if (truth === false || OFF.test(text ?? "")) return "off";
    if (truth === true || ON.test(text ?? "") || isMaterial(key, value)) return "on";
  }
  return "unsaid";
}

/** A certificate to check against, or a context of Python's own: what is computed may be nothing. */
function isMaterial(key: string, value: Expression): boolean {
  if (/ca$|cert$/i.test(key)) return Boolean(textOf(value));
  if (value.kind === "Dict")
    return value.items.some((item) => textOf(item.key) === "ca" && Boolean(textOf(item.value)));
  return value.kind === "Call" && /(^|\.)(create_default_context|SSLContext)$/.test(dottedName(value.func) ?? "");
}
