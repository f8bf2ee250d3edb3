import { sign } from "node:crypto";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { Repository } from "../sandbox/state.ts";

/** A client of the sandbox without any manners: it asks what it is told, and nothing twice. */
export function sandboxClient(sandbox: Sandbox) {
  const api = `${sandbox.url}/api/v3`;

  function ask(secret: string, method: string, path: string, body?: object): Promise<Response> {
    return fetch(api + path, {
      method,
      headers: { authorization: `Bearer ${secret}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  /** The App's own token, by a clock that may go wrong. */
  function appToken(skewSeconds = 0): string {
    const now = Math.floor(Date.now() / 1000) + skewSeconds;
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iss: sandbox.app.id, iat: now - 30, exp: now + 570 })}`;
    return `${claims}.${sign("RSA-SHA256", Buffer.from(claims), sandbox.app.privateKey).toString("base64url")}`;
  }

  async function tokenFor({ installationId }: Repository, narrowed: object = {}): Promise<string> {
    const response = await ask(appToken(), "POST", `/app/installations/${installationId}/access_tokens`, narrowed);
    if (response.status !== 201) throw new Error(`no token: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { token: string }).token;
  }

  return {
    ask,
    appToken,
    tokenFor,
    askAsApp: (method: string, path: string) => ask(appToken(), method, path),
    async graphql(secret: string, query: string, variables: object = {}) {
      const response = await fetch(`${sandbox.url}/api/graphql`, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}` },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as GraphqlAnswer };
    },
  };
}

interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly type?: string; readonly message: string }[];
}
