import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";

/** The server's settings, checked. */
export interface Settings {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** The one before, while it is replaced; deliveries that are signed with it are still taken. */
  readonly previousWebhookSecrets: readonly string[];
  readonly webhookPath: string;
  readonly host: string;
  readonly port: number;
  /** Where metrics are told; null for the port of everything else. */
  readonly metricsPort: number | null;
  readonly apiUrl: string;
  /** Where people see GitHub's pages. */
  readonly webUrl: string;
  /** Null for the embedded database. */
  readonly databaseUrl: string | null;
  /** The embedded database's folder; null keeps it in memory, which only tests want. */
  readonly dataDir: string | null;
  /** Days for which check runs and commands are remembered. */
  readonly retentionDays: number;
  /** Days for which packs of evidence are kept. */
  readonly evidenceDays: number;
  readonly role: "all" | "web" | "worker";
  readonly logLevel: string;
  readonly docsUrl: string;
  /** Seconds from one reconciliation with GitHub to the next; 0 for none. */
  readonly reconcileSeconds: number;
}

/** What is wrong with the environment, a sentence each. */
export class SettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the rules' pages of this project are. */
export const DOCS_URL = "https://github.com/pyready/pyready/blob/main/docs/rules";
const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/**
 * Reads the settings from the environment.
 * @throws SettingsError with every problem at once.
 */
export function readSettings(environment: Environment): Settings {
  const problems: string[] = [];
  const value = (name: string): string => environment[name]?.trim() ?? "";
  const oneOf = <Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice => {
    const given = value(name) || fallback;
    if ((choices as readonly string[]).includes(given)) return given as Choice;
    problems.push(`${name} is "${given}": it must be one of ${choices.join(", ")}.`);
    return fallback;
  };
  const appId = Number(value("APP_ID"));
  if (!value("APP_ID")) problems.push("APP_ID is missing: the id on the App's settings page.");
  else if (!Number.isInteger(appId) || appId <= 0) problems.push("APP_ID is not a number.");
  const privateKey = readPrivateKey(value("PRIVATE_KEY"), value("PRIVATE_KEY_PATH"), problems);
  const webhookSecret = value("WEBHOOK_SECRET");
  const previousWebhookSecrets = [value("WEBHOOK_SECRET_PREVIOUS")].filter((secret) => secret !== "");
  if (!webhookSecret) problems.push("WEBHOOK_SECRET is missing: the secret on the App's settings page.");
  for (const [name, secret] of Object.entries({
    WEBHOOK_SECRET: webhookSecret,
    WEBHOOK_SECRET_PREVIOUS: previousWebhookSecrets[0],
  }))
    if (secret === "development") problems.push(`${name} is "development", which everybody knows.`);
  const portOf = (name: string, fallback: number): number => {
    const given = Number(value(name) || fallback);
    if (!Number.isInteger(given) || given < 0 || given > 65_535) problems.push(`${name} is not a port.`);
    return given;
  };
  const role = oneOf("PYREADY_ROLE", ["all", "web", "worker"], "all");
  if (role !== "all" && !value("DATABASE_URL")) {
    problems.push(`PYREADY_ROLE is "${role}", which needs DATABASE_URL: the embedded database serves one process.`);
  }
  const protocol = oneOf("GHE_PROTOCOL", ["https", "http"], "https");
  const settings: Settings = {
    appId,
    privateKey,
    webhookSecret,
    previousWebhookSecrets,
    webhookPath: value("WEBHOOK_PATH") || "/api/github/webhooks",
    host: value("HOST") || "localhost",
    port: portOf("PORT", 3000),
    metricsPort: value("METRICS_PORT") ? portOf("METRICS_PORT", 0) : null,
    apiUrl: apiUrlOf(value("GHE_HOST"), protocol),
    webUrl: `${protocol}://${value("GHE_HOST") || "github.com"}`,
    databaseUrl: value("DATABASE_URL") || null,
    dataDir: value("DATA_DIR") || "data",
    retentionDays: daysOf("RETENTION_DAYS", value("RETENTION_DAYS"), 400, problems),
    evidenceDays: daysOf("EVIDENCE_DAYS", value("EVIDENCE_DAYS"), 2200, problems),
    role,
    logLevel: oneOf("LOG_LEVEL", LEVELS, "info"),
    reconcileSeconds: wholeNumber(value("RECONCILE_SECONDS"), "RECONCILE_SECONDS", 300, problems),
    docsUrl: (value("PYREADY_DOCS_URL") || DOCS_URL).replace(/\/+$/, ""),
  };
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}

/** By default check runs are known as long as GitHub keeps them itself, and evidence for six years. */
function daysOf(name: string, given: string, fallback: number, problems: string[]): number {
  const days = Number(given || fallback);
  if (!Number.isInteger(days) || days < 7 || days > 4000) problems.push(`${name} is no number of days from 7 to 4000.`);
  return days;
}

/** The API's address: of github.com, of its tenants under `ghe.com`, or of a GitHub Enterprise Server. */
export function apiUrlOf(host: string, protocol = "https"): string {
  if (!host) return "https://api.github.com";
  return host.endsWith(".ghe.com") ? `${protocol}://api.${host}` : `${protocol}://${host}/api/v3`;
}

function wholeNumber(text: string, name: string, fallback: number, problems: string[]): number {
  const number = text === "" ? fallback : Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  problems.push(`${name} is "${text}": it must be a whole number, 0 or more.`);
  return fallback;
}

function readPrivateKey(key: string, path: string, problems: string[]): string {
  if (!key && !path) {
    problems.push("PRIVATE_KEY or PRIVATE_KEY_PATH is missing: a key made on the App's settings page.");
    return "";
  }
  let text = key;
  if (!key) {
    try {
      text = readFileSync(path, "utf8");
    } catch {
      problems.push(`PRIVATE_KEY_PATH names ${path}, which cannot be read.`);
      return "";
    }
  }
  const pem = text.includes("-----BEGIN") ? text.replace(/\\n/g, "\n") : Buffer.from(text, "base64").toString("utf8");
  try {
    createPrivateKey(pem);
  } catch {
    problems.push(`${key ? "PRIVATE_KEY" : path} is no private key: it takes a PEM file's text, or that in base64.`);
  }
  return pem;
}
