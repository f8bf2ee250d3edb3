import { generateKeyPairSync } from "node:crypto";
import { crc32 } from "node:zlib";

/** Credentials as issuers make them, put together when a test runs: none stands in this repository. */

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM = "q7Rz2LmX9vKc4TyB8nWdJ5sHg3PfUe6AoVtY1iNxGkZbQwCrMhDuSjLpEa0FIO7k9mVx2Tq8RzW4nYc6LhB3jPdKs5UgXeHf";

/** Text that looks drawn at random, always the same. */
export function randomText(length: number, from = 0): string {
  return RANDOM.repeat(3).slice(from, from + length);
}

export function githubToken(prefix = "ghp"): string {
  const body = randomText(30);
  let rest = crc32(body);
  let checksum = "";
  for (; checksum.length < 6; rest = Math.floor(rest / 62)) checksum = BASE62[rest % 62] + checksum;
  return `${prefix}_${body}${checksum}`;
}

export const awsPair = {
  id: ["AKIA", "Q3RZ7LMX5VKC4TYB"].join(""),
  sessionId: ["ASIA", "Q3RZ7LMX5VKC4TYB"].join(""),
  secret: randomText(40, 5),
};

/** A private key in PEM that is made anew. */
export function privateKey(encrypted = false): string {
  const { privateKey: key } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const cipher = encrypted ? { cipher: "aes-256-cbc", passphrase: "x" } : {};
  return String(key.export({ type: "pkcs8", format: "pem", ...cipher }));
}
