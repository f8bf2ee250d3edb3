import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { type ApiParts, type Archive, createApi, type Incoming } from "./api.ts";
import type { Effect, Faults } from "./faults.ts";
import { type Refusal, resourceOf } from "./limits.ts";
import { type LoggedRequest, loggedRequest } from "./request-log.ts";
import { respond, type WireAnswer } from "./respond.ts";
import type { Reply } from "./routes/route.ts";
import { repositoryIn } from "./routing.ts";

export interface ServerParts extends ApiParts {
  readonly requests: LoggedRequest[];
  readonly faults: Faults;
  /** What people see at the same address, where there is anything. */
  web(): RequestListener | undefined;
}

/** GitHub's HTTP side over the state. */
export function createSandboxServer(parts: ServerParts): Server {
  const { state, faults, limits } = parts;
  const { replyTo } = createApi(parts);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const incoming = await received(request);
    const { logged } = incoming;
    parts.requests.push(logged);
    const fault = faults.take(logged);
    await fault?.until;
    await faults.reach("before", logged);
    const isLost = isLostBefore(fault?.effect);
    const reply = isLost ? { status: 0 } : await limited(incoming, response);
    const answered = fault && typeof fault.effect === "object" && "status" in fault.effect ? fault.effect : reply;
    logged.status = answered.status;
    logged.answeredAt = answered.status === 0 ? null : Date.now();
    if (!isLost) await faults.reach("after commit", logged);
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
    return { method, url, bytes, headers: request.headers, secret, token, logged };
  }

  /** The reply, unless a limit of the installation says no. */
  async function limited(incoming: Incoming, response: ServerResponse): Promise<Reply | Archive> {
    const { logged } = incoming;
    if (logged.installationId === null || logged.kind === "archive") return replyTo(incoming);
    const { refusal, leave } = limits.enter(logged.installationId, logged);
    if (response.closed) leave();
    else response.once("close", leave);
    if (!refusal) return replyTo(incoming);
    logged.limited = { kind: refusal.kind, until: refusal.until - state.clockSkewMs };
    return refusalReply(refusal, logged);
  }

  function wireAnswer(reply: Reply | Archive, logged: LoggedRequest): WireAnswer {
    const date = new Date(state.now()).toUTCString();
    if ("archive" in reply)
      return { status: 200, headers: { date, "content-type": "application/x-gzip" }, body: reply.archive };
    const { status, text, body, headers } = reply;
    const type = `application/${text === undefined ? "json" : "vnd.github.sha"}; charset=utf-8`;
    const { installationId } = logged;
    const left = installationId === null ? {} : limits.headers(installationId, resourceOf(logged));
    return {
      status,
      headers: { date, "content-type": type, ...left, ...headers },
      body: text ?? (body === undefined ? "" : JSON.stringify(body)),
    };
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

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
