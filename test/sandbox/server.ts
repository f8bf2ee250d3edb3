import { createPublicKey, verify } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { requestProblem, responseProblem } from "./contract.ts";
import { answerQuery } from "./graphql.ts";
import type { Representations } from "./representations.ts";
import { allRoutes } from "./routes/all.ts";
import { archiveOf } from "./routes/contents.ts";
import { ApiError, type Call, isVisible, type Reply, type Route } from "./routes/route.ts";
import type { State, Token, User } from "./state.ts";

/** A request that reached the sandbox. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly kind: "rest" | "graphql" | "token" | "archive";
  readonly installationId: number | null;
  status: number;
}

/** Something that goes wrong on demand. */
export interface Fault {
  readonly method?: string;
  readonly path: RegExp;
  times: number;
  /** An answer instead of the real one, or the real one's loss after it took effect. */
  readonly effect:
    | {
        readonly status: number;
        readonly body?: string;
        readonly headers?: Record<string, string>;
        /** What was asked for is done all the same. */
        readonly afterCommit?: boolean;
      }
    | "hang"
    | "reset after commit"
    | "none";
  /** The request is only looked at when this resolves. */
  readonly until?: Promise<unknown>;
  /** Called when it takes effect, before anything is answered: a test can kill a process at this very point. */
  readonly meanwhile?: () => void;
}

export interface ServerParts {
  readonly state: State;
  readonly app: { readonly id: number; readonly slug: string; readonly privateKey: string };
  readonly bot: User;
  readonly requests: LoggedRequest[];
  readonly faults: Fault[];
  readonly violations: string[];
  context(): Representations;
  /** What people see at the same address, where there is anything. */
  web(): RequestListener | undefined;
}

const API = "/api/v3";
/** A ref may hold slashes: the more telling path is tried before the one that takes all. */
const longestFirst = [...allRoutes].sort((a, b) => b.path.split("/").length - a.path.split("/").length);

/** GitHub's HTTP side over the state. */
export function createSandboxServer(parts: ServerParts): Server {
  const publicKey = createPublicKey(parts.app.privateKey);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", parts.context().apiUrl);
    const bytes = await bodyOf(request);
    const authorization = request.headers.authorization ?? "";
    const secret = authorization.replace(/^(bearer|token) /i, "");
    const token = parts.state.tokens.get(secret);
    const logged: LoggedRequest = {
      method: request.method ?? "GET",
      path: url.pathname,
      kind: kindOf(url.pathname),
      installationId: token?.installationId ?? null,
      status: 0,
    };
    parts.requests.push(logged);
    const fault = parts.faults.find(
      ({ method, path, times }) => times > 0 && (!method || method === request.method) && path.test(url.pathname),
    );
    if (fault) fault.times--;
    await fault?.until;
    if (fault?.effect === "hang") {
      fault.meanwhile?.();
      return;
    }
    if (fault && typeof fault.effect === "object") {
      if (fault.effect.afterCommit) await replyTo(request.method ?? "GET", url, bytes, secret, token);
      logged.status = fault.effect.status;
      response.writeHead(fault.effect.status, { "content-type": "application/json", ...fault.effect.headers });
      fault.meanwhile?.();
      response.end(fault.effect.body ?? '{"message":"Server Error"}');
      parts.state.changed();
      return;
    }
    const reply = await replyTo(request.method ?? "GET", url, bytes, secret, token);
    logged.status = reply.status;
    fault?.meanwhile?.();
    if (fault?.effect === "reset after commit") response.destroy();
    else send(response, reply);
    parts.state.changed();
  }

  async function replyTo(
    method: string,
    url: URL,
    bytes: Buffer,
    secret: string,
    token: Token | undefined,
  ): Promise<Reply | Archive> {
    try {
      const archive = /^\/codeload\/([^/]+)\/([^/]+)\/([0-9a-f]+)$/.exec(url.pathname);
      if (archive) {
        const repository = parts.state.repository(archive[1] ?? "", archive[2] ?? "");
        if (!repository) throw new ApiError(404, "Not Found");
        return { status: 200, archive: await archiveOf(repository, archive[3] ?? "") };
      }
      const body = bytes.byteLength > 0 ? (JSON.parse(bytes.toString("utf8")) as Record<string, unknown>) : {};
      if (url.pathname === "/api/graphql") {
        if (!token) throw new ApiError(401, "Bad credentials");
        const visible = (owner: string, name: string) => {
          const repository = parts.state.repository(owner, name);
          return repository && isVisible(repository, token) ? repository : undefined;
        };
        return { status: 200, body: answerQuery(body, visible) };
      }
      return callRoute(method, url, body, bytes.byteLength > 0, secret, token);
    } catch (error) {
      if (error instanceof ApiError)
        return { status: error.status, body: { message: error.message }, headers: error.headers };
      throw error;
    }
  }

  function callRoute(
    method: string,
    url: URL,
    body: Record<string, unknown>,
    hasBody: boolean,
    secret: string,
    token: Token | undefined,
  ): Reply {
    const path = url.pathname.startsWith(API) ? url.pathname.slice(API.length) : url.pathname;
    const match = longestFirst.flatMap((route) => {
      const parameters = route.method === method ? parametersOf(route.path, path) : undefined;
      return parameters ? [{ route, parameters }] : [];
    })[0];
    if (!match) throw new ApiError(404, "Not Found");
    const { route, parameters } = match;
    const operation = `${route.method} ${route.path}`;
    authorise(route, secret, token);
    if (hasBody) note(requestProblem(operation, body));
    const context = parts.context();
    const call: Call = {
      state: parts.state,
      context,
      parameters,
      query: url.searchParams,
      body,
      token,
      bot: parts.bot,
      url: new URL(context.apiUrl).origin,
    };
    const reply = route.handle(call);
    if (reply.text === undefined) note(responseProblem(operation, reply.status, reply.body));
    return reply;
  }

  function authorise({ needs }: Route, secret: string, token: Token | undefined): void {
    if (needs === "app") {
      if (!isAppToken(secret)) throw new ApiError(401, "A JSON web token could not be decoded");
      return;
    }
    if (!token) throw new ApiError(401, "Bad credentials");
    if (needs === "token") return;
    const held = [needs.permission, needs.alternative].map((name) => (name ? token.permissions[name] : undefined));
    if (!held.some((level) => level === "write" || level === needs.level)) {
      throw new ApiError(403, "Resource not accessible by integration", {
        "x-accepted-github-permissions": `${needs.permission}=${needs.level}`,
      });
    }
  }

  function isAppToken(jwt: string): boolean {
    const [head = "", claims = "", signature = ""] = jwt.split(".");
    try {
      const signed = verify(
        "RSA-SHA256",
        Buffer.from(`${head}.${claims}`),
        publicKey,
        Buffer.from(signature, "base64url"),
      );
      const { iss, exp } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { iss: unknown; exp: number };
      return signed && String(iss) === String(parts.app.id) && exp * 1000 > Date.now();
    } catch {
      return false;
    }
  }

  function note(problem: string | undefined): void {
    if (problem) parts.violations.push(problem);
  }

  return createServer((request, response) => {
    const web = parts.web();
    if (web && !/^\/(api|codeload)\//.test(request.url ?? "")) {
      web(request, response);
      return;
    }
    answer(request, response).catch((error: Error) => {
      parts.violations.push(`the sandbox failed: ${error.stack}`);
      response.writeHead(500).end();
    });
  });
}

type Archive = { readonly status: 200; readonly archive: Buffer };

function send(response: ServerResponse, reply: Reply | Archive): void {
  if ("archive" in reply) {
    response.writeHead(200, { "content-type": "application/x-gzip" }).end(reply.archive);
    return;
  }
  const limits = {
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "4900",
    "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + 3600),
  };
  const type =
    reply.text === undefined ? "application/json; charset=utf-8" : "application/vnd.github.sha; charset=utf-8";
  response.writeHead(reply.status, { "content-type": type, ...limits, ...reply.headers });
  response.end(reply.text ?? (reply.body === undefined ? undefined : JSON.stringify(reply.body)));
}

function kindOf(path: string): LoggedRequest["kind"] {
  if (path === "/api/graphql") return "graphql";
  if (path.startsWith("/codeload/")) return "archive";
  return path.startsWith(`${API}/app`) ? "token" : "rest";
}

function parametersOf(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const given = path.split("/");
  // A ref may hold slashes: the last parameter takes what is left.
  if (given.length < wanted.length || (given.length > wanted.length && !/^\{ref\}$/.test(wanted.at(-1) ?? "")))
    return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const isLast = index === wanted.length - 1;
    const value = decodeURIComponent(isLast ? given.slice(index).join("/") : (given[index] ?? ""));
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name) parameters[name] = value;
    else if (segment !== value) return undefined;
  }
  return parameters;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
