import { isRandom } from "./randomness.ts";

/** Letters on both sides of the half that is public in which the other half may stand. */
export const NEAR = 400;
const ACCESS_KEY_ID = /(?:AKIA|ASIA)([A-Z2-7]{16})(?![A-Za-z0-9])/y;
const SECRET_ACCESS_KEY = /(?<![A-Za-z0-9+/_.-])([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=_-])/g;
const NAMED_SECRET =
  /aws_?secret_?(?:access_?)?key["']?\]?\s{0,4}[:=,]\s{0,4}["']?([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=])/iy;
const PLAID_SECRET = /plaid_?secret["']?\]?\s{0,4}[:=,]\s{0,4}["']?([0-9a-f]{30})(?![0-9a-z])/iy;
const PLAID_CLIENT = /client_?id["']?\]?\s{0,4}[:=,]\s{0,4}["']?[0-9a-f]{24}(?![0-9a-z])/i;

/** `live` for a key of AWS whose id begins here and whose secret stands beside; `session` for one that ends by itself. */
export function awsKeyAt(text: string, at: number): "live" | "session" | undefined {
  ACCESS_KEY_ID.lastIndex = at;
  const [id, random = ""] = ACCESS_KEY_ID.exec(text) ?? [];
  if (id === undefined || !isRandom(random)) return undefined;
  const hasSecret = near(text, at)
    .matchAll(SECRET_ACCESS_KEY)
    .some(([secret]) => isSecretAccessKey(secret));
  if (!hasSecret) return undefined;
  return id.startsWith("ASIA") ? "session" : "live";
}

/** True where a variable that is called so is given a secret access key. */
export function isNamedAwsSecretAt(text: string, at: number): boolean {
  NAMED_SECRET.lastIndex = at;
  return isSecretAccessKey(NAMED_SECRET.exec(text)?.[1] ?? "");
}

/** True where Plaid's secret is given beside the id of the client. */
export function isPlaidSecretAt(text: string, at: number): boolean {
  PLAID_SECRET.lastIndex = at;
  const [, secret] = PLAID_SECRET.exec(text) ?? [];
  return secret !== undefined && isRandom(secret) && PLAID_CLIENT.test(near(text, at));
}

/** Not a hash of forty digits, nor a path. */
function isSecretAccessKey(text: string): boolean {
  return [/[a-z]/, /[A-Z]/, /[0-9]/].every((kind) => kind.test(text)) && !/\/.*\/.*\/.*\//.test(text) && isRandom(text);
}

function near(text: string, at: number): string {
  return text.slice(Math.max(0, at - NEAR), at + NEAR);
}
