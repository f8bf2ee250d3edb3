import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "@jest/globals";
import { apiUrlOf, readSettings } from "../src/settings.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const REQUIRED = { APP_ID: "7", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: "a long and secret word" };

test.each([
  ["", "https://api.github.com"],
  ["github.example.com", "https://github.example.com/api/v3"],
  ["acme.ghe.com", "https://api.acme.ghe.com"],
])("the API of the host %j is at %s", (host, url) => {
  expect(apiUrlOf(host)).toBe(url);
});

test("a secret that is being replaced is taken beside the new one", () => {
  expect(readSettings(REQUIRED).previousWebhookSecrets).toEqual([]);
  expect(readSettings({ ...REQUIRED, WEBHOOK_SECRET_PREVIOUS: "before" }).previousWebhookSecrets).toEqual(["before"]);
  expect(() => readSettings({ ...REQUIRED, WEBHOOK_SECRET_PREVIOUS: "development" })).toThrow(
    'WEBHOOK_SECRET_PREVIOUS is "development"',
  );
});
