import { numberOf } from "../literals.ts";
import { argumentOf, qualifiedName } from "../names.ts";
import type { CryptoReader } from "./around.ts";

const WEAK_CIPHER =
  /^Crypto(?:dome)?\.Cipher\.(DES3?|ARC2|ARC4|Blowfish|CAST)\.new$|^cryptography\.hazmat\.(?:primitives|decrepit)\.ciphers\.algorithms\.(TripleDES|ARC4|Blowfish|CAST5|IDEA|SEED)$/;
const ECB = /^(Crypto(dome)?\.Cipher\.AES\.MODE_ECB|cryptography\.hazmat\.primitives\.ciphers\.modes\.ECB)$/;
const KEYS = /^Crypto(dome)?\.PublicKey\.(RSA|DSA)\.generate$|\.(rsa|dsa)\.generate_private_key$/;
const SMALLEST_KEY = 2048;

/** Ciphers that are broken, a mode that shows patterns, keys that are too short. */
export const ciphers: CryptoReader = (node, { names }) => {
  if (node.kind === "Attribute" && ECB.test(qualifiedName(node, names) ?? ""))
    return [
      {
        line: node.line,
        says: "ECB mode shows which blocks are equal",
        advice: "Use an authenticated mode, such as AES-GCM",
      },
    ];
  if (node.kind !== "Call") return [];
  const called = qualifiedName(node.func, names) ?? "";
  const cipher = WEAK_CIPHER.exec(called);
  if (cipher) return [{ line: node.line, says: `${cipher[1] ?? cipher[2]} is a broken cipher`, advice: "Use AES-GCM" }];
  if (!KEYS.test(called)) return [];
  const isCryptodome = called.startsWith("Crypto");
  const size = numberOf(
    argumentOf(node, isCryptodome ? "bits" : "key_size", isCryptodome || called.includes(".dsa.") ? 0 : 1),
  );
  if (size === undefined || size >= SMALLEST_KEY) return [];
  return [{ line: node.line, says: `A key of ${size} bits is too short`, advice: "Use 2048 bits or more" }];
};
