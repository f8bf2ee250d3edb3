import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How one request is answered: a status with a body as JSON, or by hand. */
export type ScriptedAnswer =
  | number
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** As it is sent; JSON where it is an object. */
      readonly body?: string | object;
    }
  | ((response: ServerResponse, request: IncomingMessage) => void);

/** A request as it came. */
export interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  readonly token: string;
  readonly body: string;
}

/** A server that gives these answers in turn, then the last one again. */
export async function startScriptedServer(answers: readonly ScriptedAnswer[]) {
  const requests: ScriptedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const token = (headers.authorization ?? "").replace(/^\w+ /, "");
      const answer = answers[Math.min(requests.length, answers.length - 1)] ?? 200;
      requests.push({ method, path: url, token, body: Buffer.concat(chunks).toString() });
      if (typeof answer === "function") return answer(response, request);
      const { status = 200, headers: more = {}, body = {} } = typeof answer === "number" ? { status: answer } : answer;
      response.writeHead(status, { "content-type": "application/json", ...more });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Runs with such a server, and closes it. */
export async function withScriptedServer<Result>(
  answers: readonly ScriptedAnswer[],
  run: (server: Awaited<ReturnType<typeof startScriptedServer>>) => Promise<Result>,
): Promise<Result> {
  const server = await startScriptedServer(answers);
  return run(server).finally(() => server.close());
}
