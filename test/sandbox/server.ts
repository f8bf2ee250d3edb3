import { createPublicKey } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { requestProblem, responseProblem } from "./contract.ts";
import { checkAppToken, checkPermission, checkToken } from "./credentials.ts";
import type { Effect, Faults } from "./faults.ts";
import { answerQuery } from "./graphql.ts";
import { type Limits, type Refusal, resourceOf } from "./limits.ts";
import type { Postman } from "./postman.ts";
import type { Representations } from "./representations.ts";
import { type LoggedRequest, loggedRequest } from "./request-log.ts";
import { respond, type WireAnswer } from "./respond.ts";
import { allRoutes } from "./routes/all.ts";
import { archiveOf } from "./routes/contents.ts";
import { ApiError, type Call, isVisible, type Reply, type Route } from "./routes/route.ts";
import { formerPath, parametersOf, pathById, repositoryIn } from "./routing.ts";
import type { State, Token, User } from "./state.ts";

export interface ServerParts {
  readonly state: State;
  readonly app: { readonly id: number; readonly slug: string; readonly privateKey: string };
  readonly bot: User;
  readonly requests: LoggedRequest[];
  readonly faults: Faults;
  readonly limits: Limits;
  readonly postman: Postman;
  readonly violations: string[];
  context(): Representations;
  /** What people see at the same address, where there is anything. */
  web(): RequestListener | undefined;
}

/** A request as it came. */
interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly bytes: Buffer;
  readonly secret: string;
  readonly token: Token | undefined;
  readonly logged: LoggedRequest;
}

type Archive = { readonly status: 200; readonly archive: Buffer; readonly headers?: undefined };

const API = "/api/v3";
/** A ref may hold slashes: the more telling path is tried before the one that takes all. */
const longestFirst = [...allRoutes].sort((a, b) => b.path.split("/").length - a.path.split("/").length);

/** GitHub's HTTP side over the state. */
export function createSandboxServer(parts: ServerParts): Server {
  const { state, faults, limits } = parts;
  const publicKey = createPublicKey(parts.app.privateKey);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const incoming = await received(request);
    const { logged } = incoming;
    parts.requests.push(logged);
    const fault = faults.take(logged);
    await fault?.until;
    await faults.reach("before", logged);
    const reply = isLostBefore(fault?.effect) ? { status: 0 } : await limited(incoming, response);
    const answered = fault && typeof fault.effect === "object" && "status" in fault.effect ? fault.effect : reply;
    logged.status = answered.status;
    logged.answeredAt = Date.now();
    await faults.reach("after commit", logged);
    fault?.meanwhile?.();
    state.changed();
    await respond(response, wireAnswer(reply, logged), fault?.effect);
  }

  async function received(request: IncomingMessage): Promise<Incoming> {
    const url = new URL(request.url ?? "/", parts.context().apiUrl);
    const bytes = await bodyOf(request);
    const method = request.method ?? "GET";
    const secret = (request.headers.authorization ?? "").replace(/^(bearer|token) /i, "");
    const token = state.tokens.get(secret);
    const repository = repositoryIn(state, url.pathname, bytes);
    const peerPort = request.socket.remotePort ?? 0;
    const logged = loggedRequest(state, method, url.pathname, token, repository, peerPort);
    return { method, url, bytes, secret, token, logged };
  }

  /** The reply, unless a limit of the installation says no. */
  async function limited(incoming: Incoming, response: ServerResponse): Promise<Reply | Archive> {
    const { logged } = incoming;
    if (logged.installationId === null || logged.kind === "archive") return replyTo(incoming);
    const { refusal, leave } = limits.enter(logged.installationId, logged);
    response.once("close", leave);
    if (!refusal) return replyTo(incoming);
    logged.limited = { kind: refusal.kind, until: refusal.until - state.clockSkewMs };
    return refusalReply(refusal, logged);
  }

  async function replyTo(incoming: Incoming): Promise<Reply | Archive> {
    try {
      const { url, bytes } = incoming;
      const archive = /^\/codeload\/(\d+)\/([0-9a-f]+)$/.exec(url.pathname);
      if (archive) return await archiveReply(Number(archive[1]), archive[2] ?? "");
      const body = bytes.byteLength > 0 ? (JSON.parse(bytes.toString("utf8")) as Record<string, unknown>) : {};
      return url.pathname === "/api/graphql" ? graphqlReply(body, incoming) : callRoute(body, incoming);
    } catch (error) {
      if (error instanceof ApiError)
        return { status: error.status, body: { message: error.message }, headers: error.headers };
      throw error;
    }
  }

  async function archiveReply(repositoryId: number, ref: string): Promise<Archive> {
    const repository = state.repositories.find(({ id, deleted }) => id === repositoryId && !deleted);
    if (!repository) throw new ApiError(404, "Not Found");
    return { status: 200, archive: await archiveOf(repository, ref) };
  }

  function graphqlReply(body: Record<string, unknown>, { token, logged }: Incoming): Reply {
    checkToken(state, token);
    logged.generation = ++state.generation;
    return { status: 200, body: answerQuery(body, state, token) };
  }

  function callRoute(body: Record<string, unknown>, incoming: Incoming): Reply {
    const { method, url, bytes, secret, token, logged } = incoming;
    const context = parts.context();
    const given = url.pathname.startsWith(API) ? url.pathname.slice(API.length) : url.pathname;
    const former = formerPath(state, given);
    if (former && token && isVisible(former.repository, token)) {
      const location = `${context.apiUrl}${former.now}${url.search}`;
      const status = method === "GET" || method === "HEAD" ? 301 : 307;
      return { status, body: { message: "Moved Permanently", url: location }, headers: { location } };
    }
    const { route, parameters } = routeOf(method, pathById(state, given));
    authorise(route, secret, token);
    const operation = `${route.method} ${route.path}`;
    if (bytes.byteLength > 0) note(requestProblem(operation, body));
    const call: Call = {
      state,
      limits,
      postman: parts.postman,
      context,
      parameters,
      query: url.searchParams,
      body,
      token,
      bot: parts.bot,
      url: new URL(context.apiUrl).origin,
    };
    logged.generation = ++state.generation;
    const reply = route.handle(call);
    if (reply.text === undefined) note(responseProblem(operation, reply.status, reply.body));
    return reply;
  }

  function authorise(route: Route, secret: string, token: Token | undefined): void {
    if (route.needs === "app") {
      checkAppToken(state, secret, parts.app.id, publicKey);
      return;
    }
    checkToken(state, token);
    checkPermission(state, route, token);
  }

  function wireAnswer(reply: Reply | Archive, { installationId, kind, ...logged }: LoggedRequest): WireAnswer {
    const date = new Date(state.now()).toUTCString();
    if ("archive" in reply)
      return { status: 200, headers: { date, "content-type": "application/x-gzip" }, body: reply.archive };
    const isPlain = reply.text !== undefined;
    const remaining =
      installationId === null || kind === "archive"
        ? {}
        : limits.headers(installationId, resourceOf({ installationId, kind, ...logged }));
    const headers = {
      date,
      "content-type": `application/${isPlain ? "vnd.github.sha" : "json"}; charset=utf-8`,
      ...remaining,
      ...reply.headers,
    };
    return {
      status: reply.status,
      headers,
      body: reply.text ?? (reply.body === undefined ? "" : JSON.stringify(reply.body)),
    };
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
      // An asker that leaves in the middle of its request is none of the sandbox's failures.
      if (request.destroyed && !request.complete) return;
      parts.violations.push(`the sandbox failed: ${error.stack}`);
      response.writeHead(500).end();
    });
  });
}

/** Whether a fault keeps the request from taking effect. */
function isLostBefore(effect: Effect | undefined): boolean {
  if (typeof effect === "object" && "status" in effect) return !effect.afterCommit;
  return effect === "hang" || effect === "reset before commit";
}

/** GraphQL tells of limits in answers of 200. */
function refusalReply({ status, message, headers }: Refusal, { kind }: LoggedRequest): Reply {
  if (kind === "graphql") return { status: 200, body: { errors: [{ type: "RATE_LIMITED", message }] }, headers };
  return { status, body: { message }, headers };
}

function routeOf(method: string, path: string) {
  for (const route of longestFirst) {
    const parameters = route.method === method ? parametersOf(route.path, path) : undefined;
    if (parameters) return { route, parameters };
  }
  throw new ApiError(404, "Not Found");
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
