import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { RefusedBody, readBody } from "./body.ts";
import { checkSignature } from "./signature.ts";

/** What the door hands on, and asks for. */
export interface DoorPorts {
  /** Accepts a verified event durably. @throws when it cannot: the delivery is then refused with 503. */
  receive(event: { readonly id: string; readonly name: string; readonly payload: unknown }): Promise<void>;
  /** Why the process cannot work now; undefined when it can. */
  unready(): Promise<string | undefined>;
  /** All metrics as text, where they are told on this port. */
  readonly metrics?: { readonly contentType: string; text(): Promise<string> };
  /** What became of a delivery, for log and metrics: no header, no body, no address. */
  log(outcome: {
    readonly delivery: string | null;
    readonly event: string | null;
    readonly status: number;
    readonly reason?: string;
    readonly milliseconds: number;
  }): void;
}

export interface DoorSettings {
  readonly webhookPath: string;
  /** More than one while a secret is replaced. */
  readonly webhookSecrets: readonly string[];
  /** False for a process that only works on what others accept. */
  readonly acceptsWebhooks: boolean;
}

/** Longest time that accepting a delivery may take before it is refused. */
const RECEIVE_DEADLINE_MS = 5000;

const TEXT = "text/plain; charset=utf-8";

/** How long the rest of a refused body is thrown away before its connection is cut. */
const LINGER_MS = 2000;

/** The HTTP server in front of everything: health, and deliveries whose size and signature are checked here. */
export function createDoor(settings: DoorSettings, ports: DoorPorts): Server {
  const server = createServer((request, response) => {
    answer(settings, ports, request).then(
      (answer) => send(response, request, answer),
      () => send(response, request, { status: 500, body: "something went wrong here" }),
    );
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  return server;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly contentType?: string;
}

async function answer(settings: DoorSettings, ports: DoorPorts, request: IncomingMessage): Promise<Answer> {
  const path = (request.url ?? "/").split("?", 1)[0];
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (path === "/healthz") return isRead ? { status: 200, body: "alive" } : { status: 405, body: "only GET" };
  if (path === "/readyz") {
    if (!isRead) return { status: 405, body: "only GET" };
    const reason = await ports.unready();
    return reason === undefined ? { status: 200, body: "ready" } : { status: 503, body: reason };
  }
  if (path === "/metrics" && ports.metrics && isRead)
    return { status: 200, body: await ports.metrics.text(), contentType: ports.metrics.contentType };
  if (path !== settings.webhookPath || !settings.acceptsWebhooks) return { status: 404, body: "nothing is here" };
  if (request.method !== "POST") return { status: 405, body: "only POST" };
  const id = headerOf(request, "x-github-delivery");
  const event = headerOf(request, "x-github-event");
  const startedAt = performance.now();
  const result = await delivery(settings, ports, request, id, event);
  const milliseconds = Math.round(performance.now() - startedAt);
  const reason = result.status >= 400 ? { reason: result.body } : {};
  ports.log({ delivery: id, event, status: result.status, ...reason, milliseconds });
  return result;
}

async function delivery(
  settings: DoorSettings,
  ports: DoorPorts,
  request: IncomingMessage,
  id: string | null,
  name: string | null,
): Promise<Answer> {
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    return { status: 415, body: "send application/json" };
  }
  const signature = request.headers["x-hub-signature-256"];
  const check = checkSignature(typeof signature === "string" ? signature : undefined, settings.webhookSecrets);
  let pieces: readonly Buffer[];
  try {
    pieces = await readBody(request, check.update);
  } catch (error) {
    if (error instanceof RefusedBody) return { status: error.status, body: error.message };
    throw error;
  }
  if (!check.isSigned()) return { status: 401, body: "the signature is missing or wrong" };
  if (!id || !name) return { status: 400, body: "X-GitHub-Delivery or X-GitHub-Event is missing" };
  let payload: unknown;
  try {
    payload = JSON.parse(Buffer.concat(pieces).toString("utf8"));
  } catch {
    return { status: 400, body: "the body is not JSON" };
  }
  try {
    await within(RECEIVE_DEADLINE_MS, ports.receive({ id, name, payload }));
    return { status: 202, body: "accepted" };
  } catch {
    return { status: 503, body: "it could not be stored: send it again later" };
  }
}

/** Headers end up in logs: only what GitHub sends in them is let through. */
function headerOf(request: IncomingMessage, header: string): string | null {
  const value = request.headers[header];
  return typeof value === "string" && /^[A-Za-z0-9_-]{1,100}$/.test(value) ? value : null;
}

/**
 * Throws away what still arrives of a refused body, for a moment: a sender whose connection is cut
 * while it sends would see a reset instead of the answer.
 */
function linger(request: IncomingMessage): void {
  const timer = setTimeout(() => request.destroy(), LINGER_MS);
  request.once("close", () => clearTimeout(timer));
}

function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("it took too long")), milliseconds);
  });
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer));
}

function send(response: ServerResponse, request: IncomingMessage, { status, body, contentType = TEXT }: Answer): void {
  if (status === 413 || status === 408) response.once("finish", () => linger(request));
  response.writeHead(status, { "content-type": contentType, "x-content-type-options": "nosniff" });
  response.end(request.method === "HEAD" ? undefined : `${body}\n`);
}
