import { dottedName } from "../names.ts";
import type { Expression } from "../syntax.ts";
import { within } from "../walk.ts";

const SECRET =
  /^(password|passwd|passphrase|pwd|token|secret|otp|nonce|signature|credential|csrf|apikey|passcode|captcha)$/;
/** Two words that make one: `api_key`, `verification_code`. */
const PAIR =
  /(^|_)(api|session|secret|auth|access|reset|recovery|encryption|signing)_key($|_)|(^|_)(verification|otp|recovery|login|confirmation)_code($|_)/;
/** What a text or a model is cut into, and what only tells one version from another. */
const NOT_SECRET =
  /tokens|token_?ids?|tokeni[sz]|(^|_)(etag|cache|checksum|fingerprint|digest_auth|count|length|len|type|url|uri|path|file|field|bucket|pad|max|min|num|next|page|start|end|special|text|word|vocab|mask|lookup|index)(_|$)/;

/** True where a name says that its value has to be kept or cannot be guessed. */
export function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  if (NOT_SECRET.test(words)) return false;
  return PAIR.test(words) || words.split(/[^a-z]+/).some((word) => SECRET.test(word));
}

/** The first name in an expression that is such. */
export function secretIn(expression: Expression): string | undefined {
  for (const part of within(expression)) {
    const name = part.kind === "Name" ? part.id : part.kind === "Attribute" ? part.attr : undefined;
    if (name !== undefined && isSecretName(name) && !/^(secrets|SECRET_KEY)$/.test(name))
      return dottedName(part) ?? name;
  }
  return undefined;
}
