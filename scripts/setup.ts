import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { load } from "js-yaml";
import { useNetworkOf } from "../src/network.ts";
import { apiUrlOf } from "../src/settings.ts";
import { permissionsWith } from "../src/setup/features.ts";
import { environmentOf, manifestFor, type Registration } from "../src/setup/manifest.ts";
import { createSetupPage } from "../src/setup/page.ts";

/** Registers the App by GitHub's manifest flow: `npm run setup -- [--org NAME] [--with fix,settings,sarif] --url https://…`. */
const { values: options } = parseArgs({
  options: {
    org: { type: "string" },
    url: { type: "string" },
    name: { type: "string" },
    with: { type: "string", default: "" },
    force: { type: "boolean", default: false },
    port: { type: "string", default: "0" },
  },
});
const FILE = ".env";
const WEBHOOK_PATH = process.env.WEBHOOK_PATH || "/api/github/webhooks";
useNetworkOf(process.env);
const host = process.env.GHE_HOST;
const protocol = process.env.GHE_PROTOCOL || "https";
const web = `${protocol}://${host || "github.com"}`;

if (!options.url || !/^https?:\/\/\S+$/.test(options.url)) {
  stop("Name the address that GitHub will reach the server at: npm run setup -- --url https://pyready.example.com");
}
if (options.org !== undefined && !/^[A-Za-z0-9-]+$/.test(options.org)) stop("--org takes the name of an organisation.");
if (existsSync(FILE) && !options.force) stop(`${FILE} exists already; --force replaces it.`);

const path = `/${randomBytes(24).toString("base64url")}`;
const state = randomBytes(24).toString("base64url");
const app = appWith(options.with.split(",").flatMap((name) => name.trim() || []));
const webhookUrl = options.url.replace(/\/+$/, "") + WEBHOOK_PATH;
const server = createSetupPage({
  path,
  state,
  action: options.org ? `${web}/organizations/${options.org}/settings/apps/new` : `${web}/settings/apps/new`,
  manifest: (origin) =>
    manifestFor(app, { name: options.name ?? nameOf(options.org), webhookUrl, redirectUrl: `${origin}${path}/done` }),
  async finish(code) {
    const registration = await convert(code);
    writeFileSync(FILE, environmentOf(registration, host), { mode: 0o600, flag: options.force ? "w" : "wx" });
    console.log(`Wrote ${FILE}, readable by you alone. Start the server with: npm start`);
    console.log(`Then install the App: ${registration.html_url}/installations/new`);
    setImmediate(() => server.close());
    return "<h1>Done</h1><p>The App is registered; go back to the terminal.</p>";
  },
});
server.listen(Number(options.port), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Open this page; it is good for one registration:\n\n  http://127.0.0.1:${port}${path}\n`);
});

/** What app.yml says, and what these features need. */
function appWith(names: readonly string[]): Readonly<Record<string, unknown>> {
  const app = load(readFileSync("app.yml", "utf8")) as Record<string, unknown>;
  const base = app.default_permissions as Parameters<typeof permissionsWith>[0];
  try {
    return { ...app, default_permissions: permissionsWith(base, names) };
  } catch (error) {
    return stop((error as Error).message);
  }
}

async function convert(code: string): Promise<Registration> {
  if (!/^[A-Za-z0-9]+$/.test(code)) throw new Error("it returned without a code");
  const response = await fetch(`${apiUrlOf(host ?? "", protocol)}/app-manifests/${code}/conversions`, {
    method: "POST",
    headers: { accept: "application/vnd.github+json" },
    signal: AbortSignal.timeout(30_000),
  });
  if (response.status !== 201) throw new Error(`it answered ${response.status}`);
  return (await response.json()) as Registration;
}

/** Names of Apps are unique on GitHub. */
function nameOf(organisation: string | undefined): string {
  return `pyready-${organisation ?? randomBytes(3).toString("hex")}`.slice(0, 34);
}

function stop(reason: string): never {
  console.error(reason);
  process.exit(2);
}
