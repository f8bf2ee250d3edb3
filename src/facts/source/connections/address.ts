/** What a URL says of the store that it leads to. */
export interface Address {
  /** `PostgreSQL`, `Redis`. */
  readonly store: string;
  /** Undefined where it is computed, or left to the library. */
  readonly host: string | undefined;
  /** The password as written. */
  readonly password: string | undefined;
  readonly encryption: Encryption;
}

/** `plain`: off, because the scheme says nothing else; `unsaid`: the library's default holds, which differs. */
export type Encryption = "on" | "off" | "plain" | "unsaid";

const STORES: readonly (readonly [scheme: RegExp, store: string])[] = [
  [/^(postgres(ql)?|postgis|timescale\w*|cockroachdb)$/, "PostgreSQL"],
  [/^(mysql|mariadb)$/, "MySQL"],
  [/^(rediss?|valkeys?)$/, "Redis"],
  [/^mongodb$/, "MongoDB"],
  [/^(amqps?|pyamqp)$/, "RabbitMQ"],
  [/^(mssql|oracle)$/, "the database"],
  [/^(clickhouses?|cassandra|neo4j|bolt|couchbases?|elasticsearch)$/, "the data store"],
];
const URL =
  /^([a-z][a-z0-9]{1,20})(\+[a-z0-9]{1,20})?:\/\/(?:([^@/?#\s:]{0,200})(?::([^@/?#\s]{0,200}))?@)?([^/?#\s:,]{0,253})(?::[^/?#\s,]{0,20})?(?:,[^/?#\s]{0,500})?(?:[/?#]\S{0,500})?$/i;
const OFF =
  /[?&](sslmode=(disable|allow)|ssl_mode=disabled|ssl=(false|0|no)|tls=(false|0)|ssl_cert_reqs=(none|CERT_NONE))(&|$)/i;
const ON =
  /[?&](sslmode=(require|verify-ca|verify-full)|ssl_mode=(required|verify_\w+)|ssl=(true|1|require)|tls=true|ssl_ca=\S)/i;
const ENCRYPTED_SCHEME = /^(rediss|valkeys|amqps|clickhouses|couchbases)$/;

/** What stands for a computed part of a text. */
export const COMPUTED = "\0";

/** Reads a URL of a data store; undefined for any other text. */
export function addressIn(text: string): Address | undefined {
  if (text.length > 2000) return undefined;
  const [, scheme = "", driver = "", , password, host = ""] = URL.exec(text.trim()) ?? [];
  const [, store] = STORES.find(([matches]) => matches.test(scheme.toLowerCase())) ?? [];
  if (store === undefined) return undefined;
  return {
    store,
    host: host === "" || host.includes(COMPUTED) ? undefined : host.replace(/^\[|\]$/g, "").toLowerCase(),
    password: password === undefined || password.includes(COMPUTED) ? undefined : password,
    encryption: encryptionOf(scheme.toLowerCase(), driver, text),
  };
}

function encryptionOf(scheme: string, driver: string, text: string): Encryption {
  if (ON.test(text) || ENCRYPTED_SCHEME.test(scheme)) return "on";
  if (OFF.test(text)) return "off";
  // MongoDB's records of DNS turn it on; of these two the plain scheme is plain text.
  if (scheme === "mongodb" && driver === "+srv") return "on";
  return /^(redis|valkey|amqp)$/.test(scheme) && driver === "" ? "plain" : "unsaid";
}

const PLACEHOLDER =
  /example|your|sample|dummy|placeholder|changeme|^(my|some|the)[-_]|<|\{|\$|%|\*|^(host|hostname|server|domain|foo|bar|xxx+)(\.|$)|(^|\.)(foo|bar|domain|server|hostname)\./i;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1?|172\.17\.0\.1|10\.0\.2\.2|169\.254\.\d+\.\d+)$/;
/** Names that only the machine, the network of containers, or a test resolves. */
const LOCAL = /(^|\.)(local|localhost|localdomain|test|invalid|example|svc|docker\.internal|svc\.cluster\.local)$/;

/** True for the machine itself, a service beside it, or what only stands for a host. */
export function isLocal(host: string): boolean {
  return (
    LOOPBACK.test(host) || LOCAL.test(host) || PLACEHOLDER.test(host) || !/[.:]/.test(host) || host.startsWith("/")
  );
}

/** True for a host that the public Internet resolves. */
export function isPublic(host: string): boolean {
  if (isLocal(host) || isPrivateAddress(host)) return false;
  return !/\.(internal|corp|lan|intranet|private|home|consul|flycast)$/.test(host);
}

/** True for an address of a private network. */
export function isPrivateAddress(host: string): boolean {
  return /^(10\.\d+|192\.168|172\.(1[6-9]|2\d|3[01]))\.\d+\.\d+$/.test(host);
}
