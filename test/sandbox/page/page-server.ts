import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Sandbox } from "../sandbox.ts";
import { pullRequestPage } from "./pull-request-page.ts";

/** Comments of the box are short. */
const MAX_BODY = 20_000;

/** Serves `/OWNER/REPO/pull/N`: the page, its changes as they happen, and the comments of its box. */
export function createPageServer(sandbox: Sandbox, viewer: string): Server {
  return createServer(async (request, response) => {
    const [, owner = "", name = "", number = "", rest] =
      /^\/([\w.-]+)\/([\w.-]+)\/pull\/(\d+)(\/events)?$/.exec(request.url ?? "") ?? [];
    const repository = sandbox.state.repository(owner, name);
    const pull = repository?.pulls.get(Number(number));
    if (!repository || !pull) {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is no such pull request.\n");
      return;
    }
    if (rest) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      const tell = (): boolean => response.write("data: changed\n\n");
      const stop = sandbox.state.onChange(tell);
      tell(); // what happened between the page and this stream is not missed
      request.on("close", stop);
      return;
    }
    if (request.method === "POST") {
      const body = new URLSearchParams(await bodyOf(request)).get("body")?.trim();
      if (body) await sandbox.comment(repository, pull.number, viewer, body);
      response.writeHead(303, { location: request.url }).end();
      return;
    }
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; form-action 'self'",
    });
    response.end(pullRequestPage(repository, pull, viewer));
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) if (text.length < MAX_BODY) text += chunk;
  return text;
}
