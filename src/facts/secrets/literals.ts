/** How sure it is that a value is a credential: a token in a provider's format, any literal, or none. */
export type Credential = "token" | "literal" | "none";

const SECRET_NAME =
  /(^|[_.-])(PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|SECRET_?KEY|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|ENCRYPTION_?KEY|SIGNING_?KEY|MASTER_?KEY|AUTH_?KEY|HMAC_?KEY|LICENSE_?KEY|ACCOUNT_?KEY|STORAGE_?KEY|CLIENT_?SECRET|CREDENTIALS?|KEY)$/i;
const WORD_SECRET = /(password|passwd|secret|apikey|api_?token|secret_?key|private_?key)$/i;
/** Names that end like a secret and hold none. */
const PUBLIC_NAME =
  /(PUBLIC|PUBLISHABLE|SITE|PARTITION|SORT|PRIMARY|FOREIGN|CACHE|HOST|GPG|ROUTING|SHARD|INDEX|KEYRING|RSA_PUB)_?KEY$|(NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC)_|^(EMPTY|ALLOW|RANDOM)|(ALLOW_EMPTY|RANDOM_ROOT)_PASSWORD$|^PWD$|_PWD$|CSRF_TOKEN$|NEXT_?TOKEN$/i;

/** What only ends in "key" is as often the name of a thing. */
const BARE_KEY = /(^|[_.-])KEY$/i;
const ANY_OTHER_KEY = /(SECRET|API|ACCESS|PRIVATE|ENCRYPTION|SIGNING|MASTER|AUTH|HMAC|LICENSE|ACCOUNT|STORAGE)_?KEY$/i;
/** `CostCenter`, `app.kubernetes.io/name`: words, as a key that is a credential never has them alone. */
const WORDS = /^[A-Za-z]+([-_ .:/][A-Za-z]+)*$/;

const TOKEN =
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{60,}|\bglpat-[\w-]{20}|\bxox[abprs]-[\w-]{10,}|\b[sr]k_live_[A-Za-z0-9]{16,}|\bAIza[\w-]{35}\b|\bSG\.[\w-]{22}\.[\w-]{43}|\bpypi-[\w-]{50,}|\bnpm_[A-Za-z0-9]{36}\b|-----BEGIN ([A-Z]+ )*PRIVATE KEY-----\s*[A-Za-z0-9+/=]/;
const USER_INFO = /[a-z][a-z0-9+.-]{0,20}:\/\/([^:/@\s]*):([^@/\s]+)@([^/:\s]+)/i;

const COMPUTED =
  /\$\{?\w|\$\(|\{\{|\{%|<[^>]*>|%\w+%|^\*+$|^x{3,}$|^\.{3,}$|<REDACTED|^@|^ref\+|^vault:|^secret:|^op:\/\/|^arn:|^projects\//i;
const PLACEHOLDER =
  /change[-_ ]?(me|this|it|in|thyself)|replace|placeholder|example|dummy|fake|sample|insert|your[-_ ]?|todo|fixme|to[-_ ]?be|set[-_ ]?(me|this|in|by|via)|fill[-_ ]?(me|in)|insecure|unsafe|not[-_]?(a|so|very|used|needed|real|secret)|no[-_]?secret|unused|redacted|ignore|nothing|build[-_]?time|build[-_]?only|collectstatic|throw[-_]?away|super[-_]?secret|my[-_]?(secret|password|token|key)|some[-_]?(secret|password|token|key)|(secret|password|pass|token|key)[-_]?(here|goes)|only[-_]?for|do[-_]?not|for[-_]?(dev|test|local)|django-insecure/i;
/** Words that a local service is given, with or without digits and the word for what it is. */
const DEFAULT_WORD =
  /^(the|a|my)?[-_ ]?(postgres(ql)?|mysql|mariadb|mongo(db)?|redis|rabbit(mq)?|minio(admin)?|guest|admin|administrator|root|user|username|test(ing|er)?|dev(el|elopment)?|local(host)?|demo|default|secret|password|passwd|pass|pwd|token|key|none|null|nil|undefined|unset|empty|disabled?|enabled?|required|optional|app|web|db|api|foo|bar|baz|abc|qwerty|letmein|django|flask|fastapi|airflow|superset|elastic|neo4j|keycloak|grafana|production|prod|staging|string|value|temp|tmp)?([-_ ]?(postgres|root|admin|user|test|dev|local|db|app|secret|password|passwd|pass|pwd|token|key))*[-_ ]?[0-9]{0,6}[!.]?$/i;
const NO_SECRET_VALUE =
  /^(true|false|yes|no|on|off|y|n|null|none|\d{1,6}|\d+(\.\d+)+|[a-z]+:\/\/[^@]*|[./~]\S*|[\w.-]+\.(pem|key|crt|json|txt|ya?ml))$/i;

/** True for a name that a credential goes by. */
export function isSecretName(name: string): boolean {
  if (PUBLIC_NAME.test(name) || /(_FILE|_PATH|_NAME|_ID|_URL|_ARN)$/i.test(name)) return false;
  return SECRET_NAME.test(name) || WORD_SECRET.test(name);
}

/**
 * Judges the value of a variable; the value itself goes no further.
 * @param neighbours values around it: a password that repeats the user or the database is a local default.
 */
export function credentialIn(name: string, value: string | undefined, neighbours: readonly string[] = []): Credential {
  const text = value?.trim() ?? "";
  if (text === "") return "none";
  if (TOKEN.test(text) && !PLACEHOLDER.test(text)) return "token";
  const [, user = "", password, host = ""] = USER_INFO.exec(text) ?? [];
  if (password !== undefined) {
    const isLocal = password === user || password === host || neighbours.includes(password);
    return isLocal || isPlaceholder(password) ? "none" : "literal";
  }
  if (!isSecretName(name) || isPlaceholder(text) || NO_SECRET_VALUE.test(text)) return "none";
  if (BARE_KEY.test(name) && !ANY_OTHER_KEY.test(name) && WORDS.test(text)) return "none";
  const repeats = [name, ...neighbours].some((other) => other.toLowerCase() === text.toLowerCase());
  return repeats ? "none" : "literal";
}

/** True for what stands in the place of a value: empty, computed, a word that asks to be changed, a default. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim().slice(0, 1000);
  if (text === "" || COMPUTED.test(text) || PLACEHOLDER.test(text) || DEFAULT_WORD.test(text)) return true;
  // A constant's name stands where a script puts the value.
  return /^[A-Z]+(_[A-Z]+)+$/.test(text) || /^(.)\1*$/.test(text) || /^0?1?2?3456789?0?$|^12345\d*$/.test(text);
}
