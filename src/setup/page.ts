import { createServer, type Server } from "node:http";
import type { AppManifest } from "./manifest.ts";

export interface SetupPageOptions {
  /** Known only to whoever started the set-up: the page answers nowhere else. */
  readonly path: string;
  /** Sent to GitHub and expected back, so that no other page can finish this set-up. */
  readonly state: string;
  /** Where the form is sent: GitHub's page for new Apps. */
  readonly action: string;
  manifest(origin: string): AppManifest;
  /** Called once with GitHub's code. @returns what the page says then. */
  finish(code: string): Promise<string>;
}

/** A page on this machine that hands the manifest to GitHub and takes the code that comes back. */
export function createSetupPage({ path, state, action, manifest, finish }: SetupPageOptions): Server {
  let finished = false;
  return createServer((request, response) => {
    const host = request.headers.host ?? "";
    const url = new URL(request.url ?? "/", `http://${host}`);
    const send = (status: number, body: string): void => {
      response.writeHead(status, {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; form-action ${new URL(action).origin}`,
      });
      response.end(page(body));
    };
    // Another name for this machine would let a web page reach it.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host) || request.method !== "GET") {
      send(404, "Nothing is here.");
    } else if (url.pathname === path) {
      send(200, form(action, state, manifest(url.origin)));
    } else if (url.pathname === `${path}/done` && url.searchParams.get("state") === state && !finished) {
      finished = true;
      finish(url.searchParams.get("code") ?? "").then(
        (said) => send(200, said),
        (error: Error) => {
          finished = false;
          send(502, `GitHub did not hand over the App: ${escaped(error.message)}. Go back and try again.`);
        },
      );
    } else {
      send(404, "Nothing is here.");
    }
  });
}

function form(action: string, state: string, manifest: AppManifest): string {
  const permissions = Object.entries(manifest.default_permissions).map(
    ([name, level]) => `<li>${escaped(name)}: ${escaped(level)}</li>`,
  );
  return `<h1>Register pyready</h1>
<p>GitHub will ask you to confirm the App <b>${escaped(manifest.name)}</b>, which sends its events to <code>${escaped(manifest.hook_attributes.url)}</code> and may do this:</p>
<ul>${permissions.join("")}</ul>
<form method="post" action="${escaped(action)}?state=${escaped(state)}">
<input type="hidden" name="manifest" value="${escaped(JSON.stringify(manifest))}">
<button>Continue on GitHub</button></form>`;
}

function page(body: string): string {
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>pyready</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}</style>
${body}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
