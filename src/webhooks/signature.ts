import { createHmac, timingSafeEqual } from "node:crypto";

/** Follows the bytes of a body while they arrive. */
export interface SignatureCheck {
  update(bytes: Buffer): void;
  /** Whether the signature belongs to the bytes so far, by any of the secrets; asked once, at the end. */
  isSigned(): boolean;
}

/**
 * Checks `X-Hub-Signature-256` piece by piece, in constant time: a forged body is never copied into one.
 * @param secrets more than one while a secret is replaced
 */
export function checkSignature(signature: string | undefined, secrets: readonly string[]): SignatureCheck {
  if (!signature || !/^sha256=[0-9a-f]{64}$/.test(signature)) return { update() {}, isSigned: () => false };
  const given = Buffer.from(signature.slice("sha256=".length), "hex");
  const expected = secrets.map((secret) => createHmac("sha256", secret));
  return {
    update(bytes) {
      for (const hmac of expected) hmac.update(bytes);
    },
    isSigned: () => expected.map((hmac) => timingSafeEqual(given, hmac.digest())).includes(true),
  };
}
