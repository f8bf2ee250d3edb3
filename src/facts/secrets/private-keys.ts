import { isWholeKey } from "./checksums.ts";

/** Letters that the longest key in use has, with the quotes and line ends of any language around them. */
const LONGEST = 20_000;
const BEGIN = /-----BEGIN ((?:RSA |EC |DSA |OPENSSH )?PRIVATE KEY)-----/y;

/** A private key that begins here, and where it ends; undefined for one that is encrypted, cut or made up. */
export function privateKeyAt(text: string, at: number): { readonly end: number } | undefined {
  BEGIN.lastIndex = at;
  const [begin, label = ""] = BEGIN.exec(text) ?? [];
  if (begin === undefined) return undefined;
  const rest = text.slice(at + begin.length, at + begin.length + LONGEST);
  const length = rest.indexOf("-----END");
  if (length < 0) return undefined;
  const base64 = rest.slice(0, length).replace(/\\[nrt]|[\s"'`,\\]/g, "");
  const isKey = /^[A-Za-z0-9+/]{40,}={0,2}$/.test(base64) && isWholeKey(label, base64);
  return isKey ? { end: at + begin.length + length } : undefined;
}
