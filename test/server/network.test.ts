import { execFile, execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { temporaryFolders } from "../support/folders.ts";
import { useServerProcesses } from "../support/process-scene.ts";
import { environmentFor } from "../support/server-process.ts";

const processes = useServerProcesses();
const folders = temporaryFolders();
const servers: Server[] = [];
let authority: string;
let host: string;

beforeAll(async () => {
  const certificate = makeCertificate();
  authority = certificate.authority;
  host = `localhost:${await listen(tlsInFrontOf(processes.sandbox, certificate))}`;
}, 60_000);

afterAll(async () => {
  for (const server of servers) server.close().closeAllConnections();
  folders.clear();
});

/** A certificate of `localhost`, and that of the authority that made it. */
function makeCertificate() {
  const folder = folders.create();
  const openssl = (...args: readonly string[]) => execFileSync("openssl", [...args], { cwd: folder, stdio: "ignore" });
  const newKey = (name: string, subject: string, ...more: readonly string[]) =>
    openssl(...["req", "-newkey", "rsa:2048", "-nodes", "-keyout", `${name}.key`, "-subj", `/CN=${subject}`], ...more);
  newKey("ca", "Acme", "-x509", "-out", "ca.pem", "-days", "2");
  newKey("host", "localhost", "-out", "host.csr", "-addext", "subjectAltName=DNS:localhost");
  openssl(..."x509 -req -in host.csr -CA ca.pem -CAkey ca.key -copy_extensions copy -days 2 -out host.pem".split(" "));
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  return { authority: join(folder, "ca.pem"), key: read("host.key"), cert: read("host.pem") };
}

function tlsInFrontOf({ url }: Sandbox, certificate: { readonly key: string; readonly cert: string }): Server {
  return createTlsServer(certificate, (incoming, outgoing) => {
    const { method, headers } = incoming;
    const onward = request(url + incoming.url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
}

/** A proxy that tunnels, and what it was asked to reach. */
async function startProxy(isOpen = true) {
  const reached: string[] = [];
  const proxy = createServer((_, response) => response.writeHead(405).end());
  proxy.on("connect", ({ url = "", headers }, socket) => {
    reached.push(`${url} ${headers["proxy-authorization"] ?? ""}`.trim());
    if (!isOpen) return socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    const target = connect(Number(url.split(":")[1]), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
    for (const one of [socket, target]) one.on("error", () => one.destroy());
  });
  return { port: await listen(proxy), reached };
}

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, "localhost");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** What a server says of GitHub, first thing. */
async function greeting(environment: Readonly<Record<string, string>>): Promise<string> {
  const { child, ended } = processes.start({
    ...environmentFor(processes.sandbox),
    GHE_PROTOCOL: "https",
    GHE_HOST: host,
    RECONCILE_SECONDS: "0",
    ...environment,
  });
  const told = new Promise<string>((resolve) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      const found = /GitHub (knows|does not accept)/.exec(chunk.toString());
      if (found) resolve(found[0]);
    });
  });
  const greeted = await Promise.race([told, ended.then(({ error }) => error)]);
  child.kill("SIGKILL");
  return greeted;
}

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

(hasOpenssl ? describe : describe.skip)("a server in a company's network", () => {
  test("trusts the company's own authority, and nobody who is not known", async () => {
    expect(await greeting({ NODE_EXTRA_CA_CERTS: authority })).toBe("GitHub knows");
    expect(await greeting({})).toBe("GitHub does not accept");
  }, 60_000);

  test("trusts it as well where .env names it", async () => {
    // Which is read when Node has long started.
    const code = `import { useNetworkOf } from ${JSON.stringify(resolve("src/network.ts"))};
      useNetworkOf({ NODE_EXTRA_CA_CERTS: ${JSON.stringify(authority)} });
      console.log((await fetch("https://${host}/api/v3/nothing")).status);`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code]);
    expect(stdout.trim()).toBe("404");
  }, 60_000);

  test("reaches GitHub through the proxy, with its password", async () => {
    const { port, reached } = await startProxy();
    const proxy = { HTTPS_PROXY: `http://me:word@localhost:${port}`, NODE_EXTRA_CA_CERTS: authority };
    expect(await greeting(proxy)).toBe("GitHub knows");
    expect(reached).toEqual([`${host} Basic ${Buffer.from("me:word").toString("base64")}`]);
    expect(await greeting({ ...proxy, NO_PROXY: "localhost" })).toBe("GitHub knows");
    expect(reached).toHaveLength(1);
  }, 60_000);

  test("goes on when the proxy refuses it", async () => {
    const { port, reached } = await startProxy(false);
    expect(await greeting({ HTTPS_PROXY: `http://localhost:${port}`, NODE_EXTRA_CA_CERTS: authority })).toBe(
      "GitHub does not accept",
    );
    expect(reached.length).toBeGreaterThan(0);
  }, 60_000);

  test.each([
    ["the authority's file is not there", { NODE_EXTRA_CA_CERTS: "/gone.pem" }, "/gone.pem, which cannot be read"],
    ["the proxy's address is none", { HTTPS_PROXY: "http://me:word@" }, "HTTPS_PROXY or HTTP_PROXY is no address"],
  ])("does not start where %s, and says why", async (_, environment, says) => {
    const said = await greeting(environment);
    expect(said).toContain(says);
    expect(said).not.toContain("word");
  });
});
