import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { repositoriesOfOrganisation } from "../../src/cli/targets.ts";
import type { Answer } from "../sandbox/faults.ts";
import { type Sandbox, startSandbox } from "../sandbox/sandbox.ts";

let sandbox: Sandbox;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  sandbox = await startSandbox();
  environment = { GITHUB_TOKEN: sandbox.personalToken("ada"), GHE_HOST: sandbox.host, GHE_PROTOCOL: "http" };
});
afterAll(() => sandbox.close());

const limited = {
  "x-ratelimit-remaining": "0",
  "x-ratelimit-reset": String(Date.parse("2100-01-01T12:30:00Z") / 1000),
};
const json = { "content-type": "application/json" };

describe("an organisation whose repositories GitHub does not list is told", () => {
  test.each<[string, Answer, RegExp]>([
    [
      "for the limit of the token",
      { status: 403, headers: { ...json, ...limited }, body: '{"message":"API rate limit exceeded"}' },
      /^GitHub takes no more requests with this token until \d{4}-\d\d-\d\d \d\d:\d\d UTC: try again then$/,
    ],
    [
      "for a missing permission",
      { status: 403, headers: json, body: '{"message":"Resource protected by organization SAML enforcement"}' },
      /^GitHub does not let this token read that: it may lack a permission, or the organisation may ask for single sign-on$/,
    ],
    ["for a failure", { status: 418, headers: json, body: '{"message":"no"}' }, /^GitHub could not be read: 418$/],
  ])("%s", async (_, answer, says) => {
    sandbox.fault({ method: "POST", path: /\/graphql$/, effect: answer });
    await expect(repositoriesOfOrganisation("acme", environment)).rejects.toThrow(says);
  });
});
