import { createPublicKey } from "node:crypto";
import { requestProblem, responseProblem } from "./contract.ts";
import { checkAppToken, checkPermission, checkToken } from "./credentials.ts";
import { answerQuery } from "./graphql.ts";
import type { Limits } from "./limits.ts";
import type { Postman } from "./postman.ts";
import type { Representations } from "./representations.ts";
import type { LoggedRequest } from "./request-log.ts";
import { allRoutes } from "./routes/all.ts";
import { archiveOf } from "./routes/contents.ts";
import { ApiError, type Call, isVisible, type Reply, type Route } from "./routes/route.ts";
import { formerPath, parametersOf, pathById } from "./routing.ts";
import type { State, Token, User } from "./state.ts";

export interface ApiParts {
  readonly state: State;
  readonly app: { readonly id: number; readonly slug: string; readonly privateKey: string };
  readonly bot: User;
  readonly limits: Limits;
  readonly postman: Postman;
  /** What broke GitHub's description. */
  readonly violations: string[];
  context(): Representations;
}

/** A request as it came. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly bytes: Buffer;
  readonly headers: Call["headers"];
  readonly secret: string;
  readonly token: Token | undefined;
  readonly logged: LoggedRequest;
}

export type Archive = { readonly status: 200; readonly archive: Buffer; readonly headers?: undefined };

const API = "/api/v3";
/** A ref may hold slashes: the more telling path is tried before the one that takes all. */
const longestFirst = [...allRoutes].sort((a, b) => b.path.split("/").length - a.path.split("/").length);

/** What GitHub answers to a request that reaches it. */
export function createApi(parts: ApiParts) {
  const { state, limits } = parts;
  const publicKey = createPublicKey(parts.app.privateKey);

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
      headers: incoming.headers,
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

  function note(problem: string | undefined): void {
    if (problem) parts.violations.push(problem);
  }

  return { replyTo };
}

function routeOf(method: string, path: string) {
  for (const route of longestFirst) {
    const parameters = route.method === method ? parametersOf(route.path, path) : undefined;
    if (parameters) return { route, parameters };
  }
  throw new ApiError(404, "Not Found");
}
