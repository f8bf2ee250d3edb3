import { type KeyObject, verify } from "node:crypto";
import { ApiError, type Route } from "./routes/route.ts";
import type { State, Token } from "./state.ts";

const MAX_LIFETIME_S = 600;
/** GitHub's tolerance for a clock that runs fast. */
const TOLERANCE_S = 5;

/** @throws ApiError unless it is a token of this App that GitHub takes at this time */
export function checkAppToken(state: State, jwt: string, appId: number, key: KeyObject): void {
  const { iss, iat, exp } = claimsOf(jwt, key);
  if (String(iss) !== String(appId)) throw new ApiError(401, "'Issuer' claim ('iss') must be an Integer");
  const now = state.now() / 1000;
  if (typeof iat !== "number" || iat > now + TOLERANCE_S)
    throw new ApiError(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  if (typeof exp !== "number" || exp <= now)
    throw new ApiError(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  if (exp > now + MAX_LIFETIME_S + TOLERANCE_S)
    throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future");
}

/** @throws ApiError unless the token is known, alive, and of an installation that may ask */
export function checkToken(state: State, token: Token | undefined): asserts token is Token {
  if (!token || token.revoked || state.now() >= token.expiresAt) throw new ApiError(401, "Bad credentials");
  if (token.lag && state.now() < token.lag.until)
    throw token.lag.status === 401
      ? new ApiError(401, "Bad credentials")
      : new ApiError(403, "Resource not accessible by integration");
  if (token.installationId === null) return;
  const installation = state.installations.get(token.installationId);
  if (!installation) throw new ApiError(401, "Bad credentials");
  if (installation.suspended) throw new ApiError(403, "This installation has been suspended");
}

/** @throws ApiError unless the token still holds what a route needs */
export function checkPermission(state: State, { needs }: Route, token: Token): void {
  if (typeof needs === "string") return;
  const names = [needs.permission, ...(needs.alternative ? [needs.alternative] : [])];
  if (names.some((name) => holds(state, token, name, needs.level))) return;
  throw new ApiError(403, "Resource not accessible by integration", {
    "x-accepted-github-permissions": names.map((name) => `${name}=${needs.level}`).join("; "),
  });
}

/** Whether both the token and, today, its installation have a permission. */
export function holds(state: State, token: Token, name: string, level: "read" | "write"): boolean {
  const granted = token.installationId === null ? undefined : state.installations.get(token.installationId);
  return [token.permissions, ...(granted ? [granted.permissions] : [])].every(
    (permissions) => permissions[name] === "write" || permissions[name] === level,
  );
}

function claimsOf(
  jwt: string,
  key: KeyObject,
): { readonly iss?: unknown; readonly iat?: unknown; readonly exp?: unknown } {
  const [head = "", claims = "", signature = ""] = jwt.split(".");
  try {
    const signed = Buffer.from(`${head}.${claims}`);
    if (verify("RSA-SHA256", signed, key, Buffer.from(signature, "base64url")))
      return JSON.parse(Buffer.from(claims, "base64url").toString());
  } catch {
    // It is refused below.
  }
  throw new ApiError(401, "A JSON web token could not be decoded");
}
