import type { State, Token } from "./state.ts";

/** A request that reached the sandbox. */
export interface LoggedRequest {
  /** Milliseconds of this machine's clock when it came, and when its answer was ready; null where none was. */
  readonly at: number;
  answeredAt: number | null;
  readonly method: string;
  readonly path: string;
  /** "token" is everything that the App asks as itself. */
  readonly kind: "rest" | "graphql" | "token" | "archive";
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  /** The asker's end of the connection: it tells processes apart. */
  readonly peerPort: number;
  /** What it was asked with; the secret itself is not here. */
  readonly token: Token | null;
  /** Whether it makes or changes what people see. */
  readonly isContent: boolean;
  /** What it costs of a minute's points. */
  readonly points: number;
  /** The state's generation when it took effect. */
  generation: number;
  status: number;
  /** The limit that refused it, and the time before which the installation should not ask again. */
  limited: { readonly kind: "primary" | "secondary"; readonly until: number } | null;
}

/** What the log says of a request before it is answered. */
export function loggedRequest(
  state: State,
  method: string,
  path: string,
  token: Token | undefined,
  repositoryId: number | null,
  peerPort: number,
): LoggedRequest {
  const kind = kindOf(path);
  const isRead = method === "GET" || method === "HEAD" || kind === "graphql";
  return {
    at: Date.now(),
    answeredAt: null,
    method,
    path,
    kind,
    installationId: token?.installationId ?? null,
    repositoryId,
    peerPort,
    token: token ?? null,
    isContent: kind === "rest" && !isRead,
    points: isRead ? 1 : 5,
    generation: state.generation,
    status: 0,
    limited: null,
  };
}

function kindOf(path: string): LoggedRequest["kind"] {
  if (path === "/api/graphql") return "graphql";
  if (path.startsWith("/codeload/")) return "archive";
  return /^\/api\/v3\/app(\/|$)/.test(path) ? "token" : "rest";
}
