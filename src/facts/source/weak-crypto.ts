import { ciphers } from "./crypto/ciphers.ts";
import { hashes, randomness } from "./crypto/hashes.ts";
import { tokens } from "./crypto/tokens.ts";
import type { Mend } from "./mends.ts";
import { mentions } from "./mentions.ts";
import { namesOf } from "./names.ts";
import { isSilenced, type Silenceable } from "./silenced.ts";
import type { Module } from "./syntax.ts";
import { statementsOf } from "./walk.ts";
import { hasName } from "./words.ts";

/** One use of an algorithm that no longer protects what it is used for. */
export interface WeakUse {
  readonly line: number;
  /** What it is, to stand before a full stop: `MD5 of \`password\``. */
  readonly says: string;
  readonly advice: string;
  /** What does the same by an algorithm that holds. */
  readonly mend?: (Mend & { readonly by: string }) | undefined;
}

/** The same, and whether the authors silenced it. */
export type WeakCrypto = WeakUse & Silenceable;

const MENTION =
  /md5|sha1|\bDES|ARC4|ARC2|Blowfish|ECB|generate|random|PASSWORD_HASHERS|CryptContext|\bjwt\b|\bjose\b|hashlib/;
/** Parts of the full names of all that the readers look at. */
const USED = /Crypto|cryptography|hashlib|random|jwt|jose|CryptContext|PASSWORD_HASHERS|generate_private_key/;
const PEERS = /\b(S30[345]|S311|S324|S505)\b/;

/** Where a file uses weak algorithms for passwords, tokens and signatures. */
export function readWeakCrypto(module: Module): readonly WeakCrypto[] {
  if (!mentions(module, MENTION) || !hasName(module, USED)) return [];
  const names = namesOf(module);
  const found: WeakCrypto[] = [];
  for (const { node, scope, expressions } of statementsOf(module)) {
    const add = (one: WeakUse): void => {
      if (found.some(({ line }) => line === one.line)) return;
      found.push({ ...one, isSilenced: isSilenced(module, one.line, PEERS) });
    };
    const around = { statement: node, scope, names, module };
    for (const part of expressions)
      for (const reader of [ciphers, hashes, randomness, tokens]) for (const one of reader(part, around)) add(one);
  }
  return found;
}
