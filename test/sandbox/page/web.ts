import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Sandbox } from "../sandbox.ts";
import type { PullRequest, Repository } from "../state.ts";
import { filePage } from "./file-page.ts";
import { pullRequestPage } from "./pull-request-page.ts";

/** Comments of the box are short. */
const MAX_BODY = 20_000;

/**
 * What people see of the sandbox, as `viewer`: `/OWNER/REPO/pull/N` with its changes as they happen and
 * the comments of its box and the buttons of its checks, `/OWNER/REPO/blob/COMMIT/PATH`, and `/OWNER/REPO/runs/ID`.
 */
export function webOf(sandbox: Sandbox, viewer: string): RequestListener {
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const [, owner = "", name = "", kind, rest = ""] =
      /^\/([\w.-]+)\/([\w.-]+)\/(pull|blob|runs)\/(.+)$/.exec(pathname) ?? [];
    const repository = sandbox.state.repository(owner, name);
    if (repository && kind === "blob") return showFile(response, repository, decodeURIComponent(rest));
    if (repository && kind === "runs") return leadToRun(response, repository, Number(rest));
    const [, number, events] = /^(\d+)(\/events)?$/.exec(rest) ?? [];
    const pull = repository?.pulls.get(Number(number));
    if (!repository || !pull) return notThere(response);
    if (events) return follow(sandbox, request, response);
    if (request.method === "POST") {
      const form = new URLSearchParams(await bodyOf(request));
      const body = form.get("body")?.trim();
      if (body) await sandbox.comment(repository, pull.number, viewer, body);
      await press(sandbox, repository, form.get("press") ?? "");
      response.writeHead(303, { location: addressOf(repository, pull) }).end();
      return;
    }
    show(response, pullRequestPage(repository, pull, viewer));
  };
}

function showFile(response: ServerResponse, { owner, name, git }: Repository, place: string): void {
  const [commit = "", ...segments] = place.split("/");
  const path = segments.join("/");
  const file = git.filesOf(commit).get(path);
  const bytes = file && git.blobs.get(file.sha);
  if (bytes) show(response, filePage(`${owner.login}/${name}`, commit, path, bytes.toString("utf8")));
  else notThere(response);
}

async function press(sandbox: Sandbox, repository: Repository, button: string): Promise<void> {
  const [id, identifier = ""] = button.split("/");
  const run = repository.checkRuns.find((one) => one.id === Number(id));
  if (run) await sandbox.press(repository, run, identifier);
}

/** A run is shown on the page of its pull request. */
function leadToRun(response: ServerResponse, repository: Repository, id: number): void {
  const run = repository.checkRuns.find((one) => one.id === id);
  const pull = [...repository.pulls.values()].find(({ headSha }) => headSha === run?.headSha);
  if (pull) response.writeHead(302, { location: `${addressOf(repository, pull)}#run-${id}` }).end();
  else notThere(response);
}

function follow(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const tell = (): boolean => response.write("data: changed\n\n");
  const stop = sandbox.state.onChange(tell);
  tell(); // what happened between the page and this stream is not missed
  request.on("close", stop);
}

function addressOf({ owner, name }: Repository, { number }: PullRequest): string {
  return `/${owner.login}/${name}/pull/${number}`;
}

function show(response: ServerResponse, page: string): void {
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; form-action 'self'",
  });
  response.end(page);
}

function notThere(response: ServerResponse): void {
  response.writeHead(404, { "content-type": "text/plain" }).end("There is no such page.\n");
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) if (text.length < MAX_BODY) text += chunk;
  return text;
}
