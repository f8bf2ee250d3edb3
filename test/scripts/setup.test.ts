import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pyready-setup-"));
  for (const name of ["scripts", "src", "app.yml", "package.json"])
    cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A GitHub that answers one conversion of a manifest's code. */
async function startGitHub() {
  const server = createServer((request, response) => {
    const isRight = request.method === "POST" && request.url === "/api/v3/app-manifests/c0de/conversions";
    response.writeHead(isRight ? 201 : 404, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        id: 7,
        slug: "pyready-acme",
        html_url: "http://x/apps/pyready-acme",
        pem: "-----BEGIN KEY-----\nabc\n",
        webhook_secret: "shh",
      }),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

/** Starts the set-up; gives its page's address once it is printed. */
function startSetup(host: string, ...args: string[]) {
  const child = spawn(process.execPath, ["scripts/setup.ts", ...args], {
    cwd: folder,
    env: { ...process.env, GHE_HOST: host, GHE_PROTOCOL: "http" },
  });
  let output = "";
  const page = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk) => {
      output += chunk;
      const url = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(output)?.[0];
      if (url) resolve(url);
    });
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  const exit = new Promise<number | null>((resolve) => {
    child.on("exit", resolve);
  });
  return { page, exit, output: () => output };
}

describe("npm run setup", () => {
  test("hands the manifest over and writes .env for its owner alone", async () => {
    const github = await startGitHub();
    const setup = startSetup(github.host, "--org", "acme", "--url", "https://pyready.acme.example/");
    const page = await setup.page;
    const html = await (await fetch(page)).text();
    expect(html).toContain(`http://${github.host}/organizations/acme/settings/apps/new?state=`);
    const manifest = JSON.parse(
      (/name="manifest" value="([^"]+)"/.exec(html)?.[1] ?? "").replace(/&#(\d+);/g, (_, code) =>
        String.fromCharCode(code),
      ),
    );
    expect(manifest).toMatchObject({
      hook_attributes: { url: "https://pyready.acme.example/api/github/webhooks" },
    });
    expect(manifest.default_permissions).toEqual({
      checks: "write",
      contents: "read",
      merge_queues: "read",
      metadata: "read",
      pull_requests: "write",
    });
    const state = /state=([\w-]+)/.exec(html)?.[1];
    expect((await fetch(`${page}/done?code=c0de&state=another`)).status).toBe(404);
    expect((await fetch(page.replace(/\/[^/]+$/, "/guessed"))).status).toBe(404);
    expect((await fetch(`${page}/done?code=c0de&state=${state}`)).status).toBe(200);
    expect(await setup.exit).toBe(0);
    github.close();
    const env = readFileSync(join(folder, ".env"), "utf8");
    expect(env).toContain("APP_ID=7\n");
    expect(env).toContain(`PRIVATE_KEY=${Buffer.from("-----BEGIN KEY-----\nabc\n").toString("base64")}`);
    expect(statSync(join(folder, ".env")).mode & 0o777).toBe(0o600);
    expect(setup.output()).not.toContain("shh");
  }, 20_000);

  test("does not replace a .env, and asks for the address", async () => {
    writeFileSync(join(folder, ".env"), "APP_ID=1\n");
    const kept = startSetup("127.0.0.1:1", "--url", "https://x.example");
    expect(await kept.exit).toBe(2);
    expect(kept.output()).toContain("--force");
    expect(readFileSync(join(folder, ".env"), "utf8")).toBe("APP_ID=1\n");
    const wrong = startSetup("127.0.0.1:1", "--force", "--with", "fix,everything", "--url", "https://x.example");
    expect(await wrong.exit).toBe(2);
    expect(wrong.output()).toContain("--with takes fix, settings, sarif, and not everything.");
    const unaddressed = startSetup("127.0.0.1:1");
    expect(await unaddressed.exit).toBe(2);
  }, 20_000);
});
