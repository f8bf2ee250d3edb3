import { isPlaceholder } from "./literals.ts";

const SCHEME =
  /(?:^|[^a-z0-9])((?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|oracle|clickhouse|cockroachdb)(?:\+\w{1,20})?)$/i;
const USER_INFO = /:\/\/([^\s:@/"'<>{}$%]{0,64}):([^\s@/"'<>{}$]{3,100})@([\w.-]{1,200})/y;
/** Hosts that only one machine or network knows, and those that examples speak of. */
const LOCAL_HOST =
  /^[^.]*$|^(127|10|0|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.|^[\d.]+$|\.(local|localhost|localdomain|internal|lan|intranet|corp|home|svc|test|example|invalid|docker|cluster\.local)$/i;
const EXAMPLE_HOST =
  /(^|[.-])(example|your|my|some|foo|bar|acme|company|corp|hostname|host|server|domain|database|dbhost|sample|test|demo|xxx+)[\w-]*\.(com|org|net|io|co|dev|tld|de)$|example|xxxx/i;
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "l",
  "3": "e",
  "4": "a",
  "5": "s",
  "@": "a",
  $: "s",
};

/** True where the URL whose `://` is here gives a password to a database that others can reach. */
export function isDatabaseUrlAt(text: string, at: number): boolean {
  if (!SCHEME.test(text.slice(Math.max(0, at - 40), at))) return false;
  USER_INFO.lastIndex = at;
  const [, user = "", password = "", host = ""] = USER_INFO.exec(text) ?? [];
  if (host === "" || LOCAL_HOST.test(host) || EXAMPLE_HOST.test(host)) return false;
  return password !== user && !host.startsWith(password) && !isWord(password);
}

/** A placeholder, or a word written with digits for letters. */
function isWord(password: string): boolean {
  const spelled = password.replace(/[01345@$]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
  return [password, spelled].some((text) => isPlaceholder(text) || /^[a-z]{1,12}\d{0,4}$/i.test(text));
}
