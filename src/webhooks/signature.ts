import { createHmac, timingSafeEqual } from "node:crypto";

/** Whether `X-Hub-Signature-256` belongs to these bytes; compared in constant time. */
export function isSigned(body: Buffer, signature: string | undefined, secret: string): boolean {
  if (!signature || !/^sha256=[0-9a-f]{64}$/.test(signature)) return false;
  const expected = createHmac("sha256", secret).update(body).digest();
  return timingSafeEqual(Buffer.from(signature.slice("sha256=".length), "hex"), expected);
}
