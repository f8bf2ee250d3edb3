import { crc32 } from "node:zlib";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHECKSUM_LENGTH = 6;

/**
 * True where the last six letters are the checksum of those before, as GitHub and npm make their tokens.
 * Source: https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function hasBase62Checksum(body: string): boolean {
  let rest = crc32(body.slice(0, -CHECKSUM_LENGTH));
  let checksum = "";
  for (; checksum.length < CHECKSUM_LENGTH; rest = Math.floor(rest / 62)) checksum = BASE62[rest % 62] + checksum;
  return body.endsWith(checksum);
}

/**
 * True for the base64 text of a private key that is whole and not encrypted: its length is the one that
 * it states itself.
 */
export function isWholeKey(label: string, base64: string): boolean {
  const bytes = Buffer.from(base64, "base64");
  if (label.includes("OPENSSH")) {
    const head = bytes.toString("latin1", 0, 23);
    return head.startsWith("openssh-key-v1\0") && head.endsWith("none") && bytes.length > 150;
  }
  return bytes[0] === SEQUENCE && bytes.length === statedLength(bytes);
}

const SEQUENCE = 0x30;

/** Bytes of a DER value with its head. Source: ITU-T X.690, 8.1.3. */
function statedLength(bytes: Buffer): number {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  return count >= 1 && count <= 3 && bytes.length > 2 + count ? 2 + count + bytes.readUIntBE(2, count) : 0;
}
